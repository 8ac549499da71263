/** Reads a recipe by the paths of the hyperparameter table. */
import type { Hyperparameter, Recipe } from '../../core/spec/index.ts'

/** The value at a path such as `training.optimizer.learningRate` or `network.0.units`; undefined where there is none. */
export function recipeValue(recipe: Recipe, path: string): unknown {
  let node: unknown = recipe
  for (const key of path.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined
    node = Object.getOwnPropertyDescriptor(node, key)?.value
  }
  return node
}

/** Whether an entry of the table means anything in this recipe: its data source, its optimizer. */
export function applies(entry: Hyperparameter, recipe: Recipe): boolean {
  const { source, optimizer } = entry.only ?? {}
  if (source !== undefined && !source.includes(recipe.data.source)) return false
  return optimizer === undefined || optimizer.includes(recipe.training.optimizer.name)
}
