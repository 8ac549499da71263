/** The entries of the page of hyperparameters: which a search finds, and what the present run has there. */

import { type Group, type Hyperparameter, hyperparameters, type Recipe, recipeValue } from '../../../core/spec/index.ts'
import { finds } from '../../app/palette-search.ts'
import { textsOf } from '../../controls/hyperparameter-words.ts'
import { applies } from '../../controls/recipe-value.ts'

export const groups: readonly Group[] = ['training', 'network', 'data']

/** Entries whose names, explanations (in either language), symbol, path or choices hold every word of the query. */
export function entriesFor(query: string): readonly Hyperparameter[] {
  return hyperparameters.filter((entry) => finds(query, [...textsOf(entry), entry.ko.about, entry.en.about]))
}

/** What the present run has there; undefined where the entry means nothing in it. Of layers, the first that has it. */
export function presentValue(entry: Hyperparameter, recipe: Recipe): unknown {
  if (!entry.path.includes('*')) return applies(entry, recipe) ? recipeValue(recipe, entry.path) : undefined
  const index = recipe.network.findIndex((_, layer) => layerValue(entry, recipe, layer) !== undefined)
  return index < 0 ? undefined : layerValue(entry, recipe, index)
}
const layerValue = ({ path }: Hyperparameter, recipe: Recipe, layer: number): unknown =>
  recipeValue(recipe, path.replace('*', String(layer)))
