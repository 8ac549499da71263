/**
 * How the columns of a table become inputs and outputs. Learned from the training table, kept in the model file, and
 * used for every table that the model meets later: the same words, means and deviations.
 */
import { readCsv, type Table } from '../io/csv.ts'
import { excerpt, Fault, type FaultRecord, nearest, type Task } from '../spec/index.ts'
import { type Column, columnNumbers, columnWords, isGap } from './column.ts'
import type { Dataset } from './dataset.ts'

/** A number enters as `(value - mean) / deviation`. */
interface NumberEncoding extends Scale {
  readonly kind: 'number'
  readonly name: string
  /** What stands for an empty cell; without it there may be none. */
  readonly fill?: number
  /** One more input tells whether the cell is empty. */
  readonly flag?: true
}

/** How one column enters the network: as a number, or one input for each word; the word `''` is an empty cell. */
export type Encoding =
  | NumberEncoding
  | { readonly kind: 'words'; readonly name: string; readonly categories: readonly string[] }

/** How a number enters or leaves the network: `(value - mean) / deviation`. */
export interface Scale {
  readonly mean: number
  readonly deviation: number
}

/** All that is needed to read a table without the training table. Plain JSON. */
export interface TableCoding {
  readonly task: Task
  readonly inputs: readonly Encoding[]
  /** Names of the classes, or of the target column. */
  readonly outputs: readonly string[]
  /** Standardised numbers to predict, one an output; absent where the network predicts the numbers themselves. */
  readonly targets?: readonly Scale[]
}

/** What the network puts out, in the numbers of the table. */
export function numbersOfTable(outputs: readonly number[], coding: TableCoding | undefined): readonly number[] {
  const scales = coding?.targets
  if (scales === undefined) return outputs
  return outputs.map((value, i) => value * (scales[i]?.deviation ?? 1) + (scales[i]?.mean ?? 0))
}

/** Columns by name; the second `x` is called `x (2)`, with a warning. */
export function namedColumns({ header, cells }: Table, warnings: FaultRecord[]): Column[] {
  const taken = new Set(header)
  const seen = new Set<string>()
  return header.map((title, i) => {
    let name = title
    if (seen.has(title)) {
      for (let n = 2; taken.has(name); n++) name = `${title} (${n})`
      warnings.push({
        code: 'CSV-013',
        at: `column ${i + 1}`,
        values: { column: excerpt(title), renamed: excerpt(name) },
      })
    }
    taken.add(name)
    seen.add(name)
    return { name, cells, place: i }
  })
}

/** The column of a name; throws a fault of `code` that names the nearest one. */
export function columnOf(columns: readonly Column[], name: string, code: string, at: string): Column {
  const wanted = name.trim().normalize('NFC')
  const found = columns.find((column) => column.name === wanted)
  if (found !== undefined) return found
  const names = columns.map((column) => column.name)
  throw new Fault(code, { column: excerpt(name), nearest: excerpt(nearest(wanted, names)) }, at)
}

/** How many inputs a column becomes. */
export function widthOf(encoding: Encoding): number {
  if (encoding.kind === 'words') return encoding.categories.length
  return encoding.flag === true ? 2 : 1
}

/** Names of the inputs that a column becomes. */
export function inputNames(encoding: Encoding): string[] {
  const empty = `${encoding.name}=?`
  if (encoding.kind === 'number') return encoding.flag === true ? [encoding.name, empty] : [encoding.name]
  return encoding.categories.map((category) => (category === '' ? empty : `${encoding.name}=${category}`))
}

/** Columns to rows of inputs [rows, width]; a word that the training table did not have is all zeros. */
export function encode(columns: readonly Column[], encodings: readonly Encoding[]): Float32Array {
  const count = columns[0]?.cells.count ?? 0
  const width = encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0)
  const inputs = new Float32Array(count * width)
  let place = 0
  encodings.forEach((encoding, i) => {
    const column = columns[i]
    if (column === undefined) return
    if (encoding.kind === 'number') {
      columnNumbers(column, encoding.fill).forEach((value, row) => {
        inputs[row * width + place] = (value - encoding.mean) / encoding.deviation
        if (encoding.flag === true && isGap(column, row)) inputs[row * width + place + 1] = 1
      })
    } else {
      const places = new Map(encoding.categories.map((category, n) => [category, n]))
      columnWords(column, places.has('')).forEach((word, row) => {
        const n = places.get(word)
        if (n !== undefined) inputs[row * width + place + n] = 1
      })
    }
    place += widthOf(encoding)
  })
  return inputs
}

/** Rows of inputs from another table: the columns are found by name, the target need not be there. */
export function encodeOther(csv: string, encodings: readonly Encoding[]): Float32Array {
  const columns = namedColumns(readCsv(csv), [])
  return encode(
    encodings.map((encoding) => columnOf(columns, encoding.name, 'CSV-017', 'header')),
    encodings,
  )
}

/** A dataset without rows, for a model whose training table is elsewhere: it can read other tables. */
export function codedDataset(coding: TableCoding): Dataset {
  const none = new Float32Array(0)
  const nothing = { count: 0, inputs: none, targets: none }
  return {
    task: coding.task,
    inputWidth: coding.inputs.reduce((sum, encoding) => sum + widthOf(encoding), 0),
    outputWidth: coding.outputs.length,
    inputNames: coding.inputs.flatMap(inputNames),
    outputNames: coding.outputs,
    train: nothing,
    test: nothing,
    trainPoints: none,
    testPoints: none,
    contexts: [],
    contextInputs: none,
    inputsOf: (text) => encodeOther(text, coding.inputs),
    coding,
  }
}

/** Checks what a model file says about its table. Throws `MODEL-009` for what no table can have. */
export function acceptCoding(value: unknown): TableCoding {
  const { task, inputs, outputs, targets } = fieldsOf(value)
  if (task !== 'classes' && task !== 'number') throw wrongCoding()
  if (!Array.isArray(inputs) || inputs.length === 0 || !isNames(outputs) || outputs.length === 0) throw wrongCoding()
  if (targets !== undefined && (task !== 'number' || !Array.isArray(targets) || targets.length !== outputs.length)) {
    throw wrongCoding()
  }
  const scaled = Array.isArray(targets) ? { targets: targets.map((target) => acceptScale(fieldsOf(target))) } : {}
  return { task, inputs: inputs.map(acceptEncoding), outputs, ...scaled }
}

function acceptScale({ mean, deviation }: Readonly<Record<string, unknown>>): Scale {
  if (typeof mean !== 'number' || typeof deviation !== 'number') throw wrongCoding()
  if (!Number.isFinite(mean) || !Number.isFinite(deviation) || !(deviation > 0)) throw wrongCoding()
  return { mean, deviation }
}

function acceptEncoding(value: unknown): Encoding {
  const { kind, name, categories, fill, flag, ...scale } = fieldsOf(value)
  if (typeof name !== 'string') throw wrongCoding()
  if (kind === 'words' && isNames(categories)) return { kind, name, categories }
  if (kind !== 'number') throw wrongCoding()
  if (fill !== undefined && !(typeof fill === 'number' && Number.isFinite(fill))) throw wrongCoding()
  return {
    kind,
    name,
    ...acceptScale(scale),
    ...(typeof fill === 'number' && { fill }),
    ...(flag === true && { flag }),
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw wrongCoding()
  return Object.fromEntries(Object.entries(value))
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')

const wrongCoding = (): Fault => new Fault('MODEL-009', { field: 'paramap.coding' })
