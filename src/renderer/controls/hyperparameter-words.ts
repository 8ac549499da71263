/** How the table's entries are written: range, unit, values, who sets them and when; where they stand in the network. */
import {
  defaultOf,
  groupOf,
  type Hyperparameter,
  hyperparameterAt,
  type Recipe,
  recipeValue,
  type Topic,
} from '../../core/spec/index.ts'
import { plain } from '../i18n/format.ts'
import { type MessageKey, shownLanguage, t } from '../i18n/index.ts'
import { choiceName } from './choice-name.ts'

/** What an entry is found by: its names in both languages, symbol, path, choices. */
export function textsOf(entry: Hyperparameter): readonly string[] {
  const { ko, en, path, symbol = '' } = entry
  const choices = 'choices' in entry ? entry.choices.flatMap((choice) => [choice, choiceName(choice)]) : []
  return [ko.name, en.name, symbol, path, ...choices]
}

/** Each unit in words, and as it stands behind a number. */
const units: Readonly<Record<string, readonly [MessageKey, MessageKey]>> = {
  s: ['hyper.unitSeconds', 'unit.seconds'],
  steps: ['hyper.unitSteps', 'unit.steps'],
  rows: ['hyper.unitRows', 'unit.rows'],
  epochs: ['hyper.unitEpochs', 'unit.epochs'],
  nodes: ['hyper.unitNodes', 'unit.nodes'],
  tokens: ['hyper.unitTokens', 'unit.tokens'],
  channels: ['hyper.unitChannels', 'unit.channels'],
  pixels: ['hyper.unitPixels', 'unit.pixels'],
}

/** The unit in words; of numbers without one, that they have none. */
export function unitWords({ unit = '', kind }: Hyperparameter): string {
  const isNumber = kind === 'number' || kind === 'integer'
  return t(units[unit]?.[0] ?? (isNumber ? 'hyper.unitNone' : 'hyper.unitChoice'))
}

/** The unit as it stands behind a number; empty where there is none. */
export function shortUnit({ unit = '' }: Hyperparameter): string {
  const names = units[unit]
  return names === undefined ? '' : t(names[1])
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
export function setterKey(entry: Hyperparameter): MessageKey {
  if (entry.path === 'seed') return 'hyper.byChance'
  const keys = { data: 'hyper.byData', network: 'hyper.byNetwork', training: 'hyper.byTraining' } as const
  return keys[groupOf(entry)]
}

/** When it may change, by what a change does. */
export function whenKey(entry: Hyperparameter): MessageKey {
  if (entry.effect === 'live') return 'hyper.whenLive'
  if (entry.effect === 'data') return 'hyper.whenData'
  return groupOf(entry) === 'training' ? 'hyper.whenStart' : 'hyper.whenShape'
}

/** What a topic is called. */
export const topicNames: Readonly<Record<Topic, MessageKey>> = {
  data: 'data.title',
  layer: 'network.title',
  optimizer: 'topic.optimizer',
  schedule: 'topic.schedule',
  batch: 'topic.batch',
  regularisation: 'topic.regularisation',
  clipping: 'topic.clipping',
  initialisation: 'topic.initialisation',
  loss: 'topic.loss',
  teaching: 'topic.teaching',
  stop: 'topic.stop',
}

/** The layer that a path is about: `Hidden 2`, within a block `Hidden 2 · 1`; empty for other paths. */
export function layerOf(path: string): string {
  if (!path.startsWith('network.')) return ''
  const [first, ...inner] = [...path.matchAll(/(?:network|layers)\.(\d+)/g)].map(([, at]) => Number(at) + 1)
  return first === undefined ? '' : [t('network.hidden', { number: first }), ...inner].join(' · ')
}

/** Value with symbol, or with name where there is neither symbol nor unit: `η 0.03`, `10 rows`, `Seed 1`. */
function shortValue(entry: Hyperparameter, value: unknown): string {
  if (entry.kind === 'choice') return valueWords(value)
  const unit = shortUnit(entry)
  if (entry.symbol === undefined && unit !== '') return `${valueWords(value)} ${unit}`
  return `${entry.symbol ?? entry[shownLanguage()].name} ${valueWords(value)}`
}

/** A folded topic in a few words: what is chosen, its first number, and what is not as it would be by default. */
export function summaryOf(paths: readonly string[], recipe: Recipe): string {
  const entries = paths.flatMap((path) => hyperparameterAt(path) ?? [])
  const first = entries.find(({ kind }) => kind === 'number' || kind === 'integer')
  const isChoice = ({ kind }: Hyperparameter): boolean => kind === 'choice'
  const told = [...entries.filter(isChoice), ...entries.filter((entry) => !isChoice(entry))].filter((entry) => {
    const value = recipeValue(recipe, entry.path)
    if (isChoice(entry)) return true
    return value !== 0 && (entry === first || value !== defaultOf<unknown>(entry, recipe.data.source))
  })
  if (told.length === 0) return t('hyper.off')
  return told.map((entry) => shortValue(entry, recipeValue(recipe, entry.path))).join(' · ')
}
