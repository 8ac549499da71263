/** Checks of single values of a recipe. Ranges, choices and defaults come from the hyperparameter table alone. */
import { Fault, type FaultValues } from './fault.ts'
import {
  type ChoiceHyperparameter,
  defaultOf,
  type Hyperparameter,
  type NumberHyperparameter,
  type SetHyperparameter,
} from './hyperparameter.ts'
import { hyperparameterAt } from './hyperparameters.ts'
import { excerpt, nearest } from './text.ts'

/** A JSON object whose keys are not known yet. */
export type Fields = Readonly<Record<string, unknown>>

/** Longest text of a recipe in UTF-16 units: a name, a path, a sentence. */
const longestText = 4096

/** A value as a sentence shows it: short whatever was given. */
export function show(value: unknown): string {
  if (typeof value === 'string') return excerpt(value)
  if (Array.isArray(value)) return '[…]'
  return typeof value === 'object' && value !== null ? '{…}' : String(value)
}

/** Name of a hyperparameter in both languages, with its layer counted from 1. */
function label(entry: Hyperparameter, path: string): FaultValues {
  const layer = /^network\.(\d+)\./.exec(path)?.[1]
  const place = layer === undefined ? undefined : Number(layer) + 1
  return {
    'label.en': place === undefined ? entry.en.name : `${entry.en.name} of layer ${place}`,
    'label.ko': place === undefined ? entry.ko.name : `${place}층 ${entry.ko.name}`,
  }
}

function entryAt(path: string): Hyperparameter {
  const entry = hyperparameterAt(path)
  if (entry === undefined) throw new Error(`internal: ${path} is not in the hyperparameter table`)
  return entry
}

function checkNumber(entry: NumberHyperparameter, path: string, value: unknown): number {
  const inRange =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value <= entry.max &&
    (entry.exclusiveMin === true ? value > entry.min : value >= entry.min)
  if (inRange && (entry.kind === 'number' || Number.isInteger(value))) return value === 0 ? 0 : value
  const code = entry.kind === 'integer' ? 'RECIPE-007' : entry.exclusiveMin === true ? 'RECIPE-006' : 'RECIPE-005'
  const { min, max, suggest } = entry
  throw new Fault(code, { ...label(entry, path), given: show(value), min, max, suggest }, path)
}

function checkChoice(entry: ChoiceHyperparameter, path: string, value: unknown): string {
  if (typeof value === 'string' && entry.choices.includes(value)) return value
  throw unknownChoice(path, value, entry.choices)
}

function checkSet(entry: SetHyperparameter, path: string, value: unknown): readonly string[] {
  const items = acceptList(value, path, entry.choices.length)
  items.forEach((item, i) => {
    if (typeof item !== 'string' || !entry.choices.includes(item)) {
      throw unknownChoice(`${path}.${i}`, item, entry.choices)
    }
    if (items.indexOf(item) !== i) throw new Fault('RECIPE-013', { given: item }, `${path}.${i}`)
  })
  if (items.length === 0) throw new Fault('RECIPE-014', label(entry, path), path)
  return entry.choices.filter((choice) => items.includes(choice))
}

function unknownChoice(path: string, value: unknown, choices: readonly string[]): Fault {
  return new Fault(
    'RECIPE-008',
    { given: show(value), nearest: nearest(show(value), choices), choices: choices.join(', ') },
    path,
  )
}

/** Checks a value against the table's entry; throws a `Fault`. Returns it in its accepted form. */
export function checkEntry(entry: Hyperparameter, path: string, value: unknown): unknown {
  switch (entry.kind) {
    case 'number':
    case 'integer':
      return checkNumber(entry, path, value)
    case 'choice':
      return checkChoice(entry, path, value)
    case 'set':
      return checkSet(entry, path, value)
    case 'switch':
      if (typeof value === 'boolean') return value
      throw new Fault('RECIPE-009', { ...label(entry, path), given: show(value) }, path)
  }
}

/** The number at a path of the table, where there is none its default for a source of data. */
export function acceptNumber(value: unknown, path: string, source = ''): number {
  const entry = entryAt(path)
  if (entry.kind !== 'number' && entry.kind !== 'integer') throw new Error(`internal: ${path} is no number`)
  return value === undefined ? defaultOf(entry, source) : checkNumber(entry, path, value)
}

/** The choice at a path of the table; `choices` is the typed list that the table names. */
export function acceptChoice<Choice extends string>(
  value: unknown,
  path: string,
  choices: readonly Choice[],
  source = '',
): Choice {
  const entry = entryAt(path)
  if (entry.kind !== 'choice') throw new Error(`internal: ${path} is no choice`)
  const accepted = value === undefined ? defaultOf(entry, source) : checkChoice(entry, path, value)
  return memberOf(accepted, path, choices)
}

/** The set at a path of the table, in the table's order. */
export function acceptSet<Choice extends string>(
  value: unknown,
  path: string,
  choices: readonly Choice[],
): readonly Choice[] {
  const entry = entryAt(path)
  if (entry.kind !== 'set') throw new Error(`internal: ${path} is no set`)
  const accepted = value === undefined ? entry.default : checkSet(entry, path, value)
  return accepted.map((item) => memberOf(item, path, choices))
}

/** A switch at a path of the table. */
export function acceptSwitch(value: unknown, path: string): boolean {
  const entry = entryAt(path)
  if (entry.kind !== 'switch') throw new Error(`internal: ${path} is no switch`)
  return value === undefined ? entry.default : checkEntry(entry, path, value) === true
}

/** One of a list that the table does not hold: a data source, the kind of a layer. */
export function memberOf<Choice extends string>(value: unknown, path: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw unknownChoice(path, value, choices)
  return found
}

/** An object that has no key but the known ones; an unknown key is named with the nearest known one. */
export function acceptFields(value: unknown, path: string, known: readonly string[]): Fields {
  if (!isFields(value)) throw new Fault('RECIPE-002', { given: show(value) }, path)
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw unknownKey(path === '' ? key : `${path}.${key}`, key, known)
  }
  return value
}

/** The fault of a key that nobody knows. */
export function unknownKey(path: string, key: string, known: readonly string[]): Fault {
  return new Fault('RECIPE-001', { key: excerpt(key), nearest: nearest(key, known) }, excerpt(path, 120))
}

/** A JSON object, neither null nor a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list of at most `longest` items. */
export function acceptList(value: unknown, path: string, longest: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new Fault('RECIPE-004', { given: show(value) }, path)
  if (value.length > longest) throw new Fault('RECIPE-017', { given: value.length, max: longest }, path)
  return value
}

/** A text; `filled` refuses one of nothing but white space. */
export function acceptText(value: unknown, path: string, filled: boolean): string {
  if (typeof value !== 'string') throw new Fault('RECIPE-003', { given: show(value) }, path)
  if (value.length > longestText) throw new Fault('RECIPE-018', { given: value.length, max: longestText }, path)
  if (filled && value.trim() === '') throw new Fault('RECIPE-016', {}, path)
  return value
}

/** A key without which there is no recipe. */
export function required(fields: Fields, key: string, path: string): unknown {
  if (Object.hasOwn(fields, key) && fields[key] !== undefined) return fields[key]
  throw new Fault('RECIPE-012', { key }, path)
}
