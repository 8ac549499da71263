/** `paramap predict`: a line for each row of inputs. */
import { columnOf, namedColumns, numbersOfTable } from '../core/data/coding.ts'
import { columnNumbers, textsOf } from '../core/data/column.ts'
import type { Dataset } from '../core/data/dataset.ts'
import { readCsv } from '../core/io/csv.ts'
import { parseJson } from '../core/io/json.ts'
import type { ModelFile } from '../core/io/model.ts'
import { Fault } from '../core/spec/index.ts'
import { Session } from '../core/train/session.ts'
import { exclude, type Given, type Option } from './arguments.ts'
import { datasetOfModel, readKernels, readModelFile, readTextFile } from './files.ts'
import { exitCodes, type Output, within } from './output.ts'
import { promptTokens, rowOfTokens } from './writer.ts'

/** Options of `predict`. */
export const predictOptions: readonly Option[] = [
  { kind: 'text', name: '--data' },
  { kind: 'text', name: '--input' },
]

/** Rows as people wrote them, and as the network takes them: [rows, inputWidth]. */
interface Prepared {
  readonly shown: readonly unknown[]
  readonly inputs: Float32Array
  /** Texts: the step of each row that tells the next token. */
  readonly steps?: readonly number[]
}

const pointNames = ['x', 'y']

/** Predicts rows of a file or of `--input`. */
export async function predict(given: Given, out: Output): Promise<number> {
  exclude(given, '--data', '--input')
  const [modelPath = ''] = given.positionals
  const file = given.text('--data')
  const input = given.text('--input')
  if (file === undefined && input === undefined) throw new Fault('USAGE-009', { name: '--data', other: '--input' })
  const model = await readModelFile(modelPath)
  const dataset = await within(modelPath, () => datasetOfModel(model))
  const text = file === undefined ? '' : await readTextFile(file, out)
  const prepared = await within(file ?? '--input', () =>
    prepare(model, dataset, file === undefined ? textOfJson(parseJson(input ?? ''), model, dataset) : text),
  )
  const kernels = readKernels('plain')
  const session = await within(modelPath, () => Session.restore(model, dataset, kernels))
  const outputs = session.predict(prepared.inputs)
  session.dispose()
  const { outputWidth, positions = 1 } = dataset
  prepared.shown.forEach((inputs, row) => {
    const step = row * positions + (prepared.steps?.[row] ?? 0)
    const values = Array.from(outputs.subarray(step * outputWidth, (step + 1) * outputWidth))
    tell(inputs, numbersOfTable(values, dataset.coding), dataset, out)
  })
  return exitCodes.done
}

function tell(inputs: unknown, outputs: readonly number[], dataset: Dataset, out: Output): void {
  const best = outputs.indexOf(Math.max(...outputs))
  const label = dataset.task === 'classes' ? (dataset.outputNames[best] ?? null) : null
  out.event({ inputs, outputs, label })
  const value = outputs[best] ?? 0
  if (label === null) out.print(out.say('CLI-value', { inputs: shown(inputs), value }))
  else out.print(out.say('CLI-label', { inputs: shown(inputs), label, percent: Math.round(value * 1000) / 10 }))
}

function shown(inputs: unknown): string {
  if (typeof inputs !== 'object' || inputs === null) return String(inputs)
  return Object.entries(inputs)
    .map(([name, value]) => (Array.isArray(inputs) ? String(value) : `${name}=${value}`))
    .join(', ')
}

/** Text of a data file to rows: one context a line for sentences and texts, CSV with a header for all else. */
function prepare(model: ModelFile, dataset: Dataset, text: string): Prepared {
  const { source } = model.recipe.data
  if (source === 'points') return preparePoints(dataset, text)
  if (dataset.coding !== undefined) return prepareTable(dataset, text)
  const contexts = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  if (contexts.length === 0) throw new Fault('CSV-001')
  if (source === 'text') return prepareContexts(dataset, contexts)
  const rows = contexts.map((context) => dataset.inputsOf?.(context) ?? new Float32Array(dataset.inputWidth))
  const inputs = new Float32Array(rows.length * dataset.inputWidth)
  rows.forEach((row, i) => {
    inputs.set(row, i * dataset.inputWidth)
  })
  return { shown: contexts, inputs }
}

function prepareContexts(dataset: Dataset, contexts: readonly string[]): Prepared {
  const rows = contexts.map((context) => rowOfTokens(promptTokens(dataset, context), dataset.inputWidth))
  const inputs = new Float32Array(rows.length * dataset.inputWidth)
  rows.forEach(({ row }, i) => {
    inputs.set(row, i * dataset.inputWidth)
  })
  return { shown: contexts, inputs, steps: rows.map(({ last }) => last) }
}

function preparePoints(dataset: Dataset, text: string): Prepared {
  const columns = namedColumns(readCsv(text), [])
  const [xs, ys] = pointNames.map((name) => columnNumbers(columnOf(columns, name, 'CSV-017', 'row 1')))
  const points = Float32Array.from(
    { length: 2 * (xs?.length ?? 0) },
    (_, i) => (i % 2 === 0 ? xs : ys)?.[Math.floor(i / 2)] ?? 0,
  )
  const rows = Array.from(xs ?? [], (x, row) => [x, ys?.[row] ?? 0])
  return { shown: rows, inputs: dataset.featuresOf?.(points) ?? points }
}

function prepareTable(dataset: Dataset, text: string): Prepared {
  const inputs = dataset.inputsOf?.(text) ?? new Float32Array()
  const columns = namedColumns(readCsv(text), [])
  const used = (dataset.coding?.inputs ?? []).map(({ kind, name }) => {
    const texts = textsOf(columnOf(columns, name, 'CSV-017', 'row 1'))
    return { name, values: kind === 'number' ? texts.map(Number) : texts }
  })
  const count = used[0]?.values.length ?? 0
  const rows = Array.from({ length: count }, (_, row) =>
    Object.fromEntries(used.map(({ name, values }) => [name, values[row]])),
  )
  return { shown: rows, inputs }
}

/** `--input` as the text of a data file, so that both are read by the same rules. */
function textOfJson(value: unknown, model: ModelFile, dataset: Dataset): string {
  const { source } = model.recipe.data
  if (source === 'sentences' || source === 'text') return contextsOfJson(value).join('\n')
  const names = source === 'points' ? pointNames : (dataset.coding?.inputs ?? []).map(({ name }) => name)
  const isList = Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null)
  const records = (isList ? value : [value]).map((row: unknown) => recordOf(row, names))
  const header = Object.keys(records[0] ?? {})
  if (header.length === 0) throw wrongInput(names)
  const line = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
  return [line(header), ...records.map((record) => line(header.map((name) => record[name] ?? '')))].join('\n')
}

function contextsOfJson(value: unknown): readonly string[] {
  const contexts: readonly unknown[] = Array.isArray(value) ? value : [value]
  return contexts.map((context) => {
    if (typeof context !== 'string' || context.trim() === '') throw new Fault('INPUT-001')
    return context.replace(/\s+/g, ' ')
  })
}

/** One row: an object by the names of the inputs, or their values in order. */
function recordOf(row: unknown, names: readonly string[]): Record<string, string> {
  if (typeof row !== 'object' || row === null) throw wrongInput(names)
  if (Array.isArray(row) && row.length !== names.length) throw wrongInput(names)
  const entries: [string, unknown][] = Array.isArray(row)
    ? names.map((name, i): [string, unknown] => [name, row[i]])
    : Object.entries(row)
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (value !== null && typeof value !== 'number' && typeof value !== 'string') throw wrongInput(names)
      return [name, value === null ? '' : String(value)]
    }),
  )
}

function wrongInput(names: readonly string[]): Fault {
  return new Fault('INPUT-002', { names: names.slice(0, mostNames).join(', '), count: names.length })
}

/** Names that a message lists. */
const mostNames = 8
