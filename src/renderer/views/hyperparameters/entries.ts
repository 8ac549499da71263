/** The entries of the page of hyperparameters: which a search finds, and how their range, unit and rules are written. */
import { type Hyperparameter, hyperparameters, type Recipe, recipeValue } from '../../../core/spec/index.ts'
import { choiceName } from '../../controls/choice-name.ts'
import { applies } from '../../controls/recipe-value.ts'
import { plain } from '../../i18n/format.ts'
import { type MessageKey, t } from '../../i18n/index.ts'

export const groups: readonly Hyperparameter['group'][] = ['training', 'network', 'data']

const folded = (text: string): string => text.normalize('NFC').toLocaleLowerCase()

/** Entries whose names, explanations (in either language), symbol, path or choices hold every word of the query. */
export function entriesFor(query: string): readonly Hyperparameter[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean)
  return hyperparameters.filter((entry) => {
    const choices = 'choices' in entry ? entry.choices.flatMap((choice) => [choice, choiceName(choice)]) : []
    const { ko, en, path, symbol = '' } = entry
    const text = folded([path, symbol, ko.name, ko.about, en.name, en.about, ...choices].join(' '))
    return wanted.every((word) => text.includes(word))
  })
}

const units: Readonly<Record<string, MessageKey>> = {
  steps: 'hyper.unitSteps',
  rows: 'hyper.unitRows',
  epochs: 'hyper.unitEpochs',
  nodes: 'hyper.unitNodes',
  tokens: 'hyper.unitTokens',
  channels: 'hyper.unitChannels',
  pixels: 'hyper.unitPixels',
}

/** The unit in words; of numbers without one, that they have none. */
export function unitWords({ unit, kind }: Hyperparameter): string {
  if (unit !== undefined) return t(units[unit] ?? 'hyper.unitNone')
  return kind === 'number' || kind === 'integer' ? t('hyper.unitNone') : t('hyper.unitChoice')
}

/** What may be chosen. */
export function rangeWords(entry: Hyperparameter): string {
  if (entry.kind === 'switch') return t('hyper.switch')
  if ('choices' in entry) return entry.choices.map(choiceName).join(', ')
  return t(entry.exclusiveMin === true ? 'hyper.above' : 'hyper.range', {
    min: plain(entry.min),
    max: plain(entry.max),
  })
}

/** The default as a person would write it. */
export function valueWords(value: unknown): string {
  if (typeof value === 'number') return plain(value)
  if (typeof value === 'boolean') return t(value ? 'hyper.on' : 'hyper.off')
  if (Array.isArray(value)) return value.map((one) => choiceName(String(one))).join(', ')
  return choiceName(String(value))
}

/** Who chooses it, by what it is about. */
export function setterKey({ group, path }: Hyperparameter): MessageKey {
  if (path === 'seed') return 'hyper.byChance'
  const keys = { data: 'hyper.byData', network: 'hyper.byNetwork', training: 'hyper.byTraining' } as const
  return keys[group]
}

/** When it may change, by what a change does. */
export function whenKey({ effect, group }: Hyperparameter): MessageKey {
  if (effect === 'live') return 'hyper.whenLive'
  if (effect === 'data') return 'hyper.whenData'
  return group === 'training' ? 'hyper.whenStart' : 'hyper.whenShape'
}

/** What the present run has there; undefined where the entry means nothing in it. Of layers, the first that has it. */
export function presentValue(entry: Hyperparameter, recipe: Recipe): unknown {
  if (!entry.path.includes('*')) return applies(entry, recipe) ? recipeValue(recipe, entry.path) : undefined
  const index = recipe.network.findIndex((_, layer) => layerValue(entry, recipe, layer) !== undefined)
  return index < 0 ? undefined : layerValue(entry, recipe, index)
}
const layerValue = ({ path }: Hyperparameter, recipe: Recipe, layer: number): unknown =>
  recipeValue(recipe, path.replace('*', String(layer)))
