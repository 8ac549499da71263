/**
 * A model is one safetensors file: parameters under PyTorch-style names, the optimizer's state under `state.`, and in
 * the metadata all that is needed to go on bit for bit. It opens in any other reader as the parameters that it holds.
 */
import { acceptCoding } from '../data/coding.ts'
import { acceptTextCoding } from '../data/text-coding.ts'
import { acceptRecipe, excerpt, Fault, type Recipe } from '../spec/index.ts'
import type { SessionState, StateTensor } from '../train/state.ts'
import { contentHash, weightsHash } from './hash.ts'
import { parseJson } from './json.ts'
import { fileKind } from './kind.ts'
import { floatsOf, readSafetensors } from './safetensors.ts'
import { writeSafetensors } from './safetensors-write.ts'
import { sha256 } from './sha256.ts'

/** Layout of the metadata; a higher number is a newer one. */
const layout = 1
const statePrefix = 'state.'

/** What a file tells beside the session's state. */
export interface ModelFile extends SessionState {
  /** Hash of the parameters alone, as `paramap train` prints it. */
  readonly weightsHash: string
  /** Summary of the training, as it was given to `writeModel`; null where there is none. */
  readonly history: unknown
}

/** The bytes of a model file. `history` is any JSON value. */
export function writeModel(state: SessionState, extra: { readonly history?: unknown } = {}): Uint8Array {
  const tensors = [...state.tensors].map(([name, { shape, data }]) => ({ name, shape, data }))
  const metadata = {
    format: 'pt',
    'paramap.layout': String(layout),
    'paramap.recipe': JSON.stringify(state.recipe),
    'paramap.step': String(state.step),
    'paramap.counters': JSON.stringify(sortedCounters(state.counters)),
    'paramap.history': JSON.stringify(extra.history ?? null),
    ...(state.coding === undefined ? {} : { 'paramap.coding': JSON.stringify(state.coding) }),
    ...(state.table === undefined ? {} : { 'paramap.table': state.table }),
    ...(state.textCoding === undefined ? {} : { 'paramap.vocabulary': JSON.stringify(state.textCoding) }),
  }
  return writeSafetensors(tensors, {
    ...metadata,
    'paramap.weightsHash': hashOf(state.tensors, false),
    'paramap.checksum': checksum(metadata, state.tensors),
  })
}

function sortedCounters(counters: SessionState['counters']): Record<string, number> {
  return Object.fromEntries(Object.entries(counters).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function hashOf(tensors: SessionState['tensors'], isState: boolean): string {
  const list = [...tensors].filter(([name]) => name.startsWith(statePrefix) === isState)
  return weightsHash(list.map(([name, { shape, data }]) => ({ name, shape, data })))
}

/** Covers what `weightsHash` does not: a turned bit anywhere in the file is found when it is opened. */
function checksum(metadata: Readonly<Record<string, string>>, tensors: SessionState['tensors']): string {
  const lines = [...Object.entries(metadata).map(([key, value]) => `${key}=${value}`), hashOf(tensors, true)]
  return `sha256:${sha256(new TextEncoder().encode(lines.join('\n')))}`
}

/**
 * Reads a model file. Throws a `Fault`: `MODEL-…` for what is no model of ours (a pickle is never opened), `SAFE-…` for a
 * broken file, `RECIPE-…` for its recipe.
 */
export function readModel(bytes: Uint8Array): ModelFile {
  checkKind(bytes)
  const { metadata, tensors: found } = readSafetensors(bytes)
  if (!metadata.has('paramap.recipe')) throw new Fault('MODEL-001', { count: found.size })
  checkLayout(metadata.get('paramap.layout') ?? '')
  const recipe = acceptRecipe(parseJson(metadata.get('paramap.recipe') ?? ''))
  const tensors = new Map<string, StateTensor>()
  for (const tensor of found.values()) {
    const data = floatsOf(tensor)
    if (data === undefined) throw new Fault('MODEL-008', { name: excerpt(tensor.name), given: tensor.dtype })
    tensors.set(tensor.name, { shape: tensor.shape, data })
  }
  const hash = hashOf(tensors, false)
  if (metadata.get('paramap.weightsHash') !== hash) throw new Fault('MODEL-004')
  const known = [
    'format',
    'paramap.layout',
    'paramap.recipe',
    'paramap.step',
    'paramap.counters',
    'paramap.history',
    ...['paramap.coding', 'paramap.table', 'paramap.vocabulary'].filter((key) => metadata.has(key)),
  ].map((key): [string, string] => [key, metadata.get(key) ?? ''])
  if (metadata.get('paramap.checksum') !== checksum(Object.fromEntries(known), tensors)) throw new Fault('MODEL-005')
  const step = wholeNumber(parseJson(metadata.get('paramap.step') ?? ''), 'step')
  const counters = readCounters(parseJson(metadata.get('paramap.counters') ?? ''))
  const history = parseJson(metadata.get('paramap.history') ?? '')
  const coding = metadata.get('paramap.coding')
  const vocabulary = metadata.get('paramap.vocabulary')
  const table = metadata.get('paramap.table')
  const codings = {
    ...(coding !== undefined && { coding: acceptCoding(parseJson(coding)) }),
    ...(table !== undefined && { table: checkedTable(table, recipe) }),
    ...(vocabulary !== undefined && { textCoding: acceptTextCoding(parseJson(vocabulary), recipe.data) }),
  }
  return { recipe, step, tensors, counters, ...codings, weightsHash: hash, history }
}

/** The text of the table that the recipe means; another one would be trained on unnoticed. */
function checkedTable(text: string, { data }: Recipe): string {
  const content = data.source === 'table' ? data.content : undefined
  if (content !== undefined && contentHash(text) !== content) throw new Fault('MODEL-005')
  return text
}

/** Tells a file that is something else by its first bytes, so that the sentence can say what it is. */
export function checkKind(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new Fault('MODEL-007')
  // A header of 640 bytes begins as a pickle does; the brace behind the length settles it.
  if (bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0) return
  const kind = fileKind(bytes)
  if (kind === 'pickle' || kind === 'ZIP') throw new Fault('MODEL-002', { kind })
  if (kind !== undefined) throw new Fault('MODEL-006', { kind })
}

function checkLayout(text: string): void {
  const given = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (given > layout) throw new Fault('MODEL-003', { given, known: layout })
  if (given < layout) throw new Fault('MODEL-009', { field: 'paramap.layout' })
}

function wholeNumber(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new Fault('MODEL-009', { field: excerpt(field) })
}

function readCounters(value: unknown): Record<string, number> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Fault('MODEL-009', { field: 'counters' })
  const counters: Record<string, number> = {}
  for (const [key, count] of Object.entries(value)) {
    if (typeof count !== 'number' || !Number.isFinite(count)) throw new Fault('MODEL-009', { field: excerpt(key) })
    counters[key] = count
  }
  return counters
}
