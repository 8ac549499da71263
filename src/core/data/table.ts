/** Tables: columns of numbers and words to rows of inputs and targets. */
import { readCsv, type Table } from '../io/csv.ts'
import {
  type CellEdit,
  type CsvData,
  excerpt,
  Fault,
  type FaultRecord,
  type MissingRule,
  type TableData,
} from '../spec/index.ts'
import {
  columnOf,
  type Encoding,
  encode,
  encodeOther,
  inputNames,
  namedColumns,
  type Scale,
  widthOf,
} from './coding.ts'
import { type Column, columnNumbers, columnWords, isMissing, isNumeric } from './column.ts'
import type { Dataset } from './dataset.ts'
import { oddities } from './oddities.ts'
import { takeRows, testRows } from './split.ts'

/** Whole numbers with at most so many different values are classes, not quantities. */
const mostNumberClasses = 20
/** More classes than this, or than half of the rows, are hardly classes: names, ids. */
const mostClasses = 1000
const fewClasses = 10
/** Different words of an input column; each becomes an input of its own. */
const mostCategories = 256
/** Inputs of all rows together: 256 MiB of float32. */
const mostInputs = 2 ** 26

/** What is to be predicted. */
export interface Target {
  readonly task: Dataset['task']
  readonly names: readonly string[]
  /** As in `Rows`. */
  readonly values: Float64Array
}

/** What a recipe asks of a table. */
interface Wish {
  readonly targets: readonly string[]
  readonly targetsAt: string
  readonly inputs: readonly string[]
  /** Null refuses empty cells. */
  readonly missing: MissingRule | null
  readonly cells: readonly CellEdit[]
}

function wishOf(data: CsvData | TableData): Wish {
  if (data.source === 'table') return { ...data, targetsAt: 'data.targets.0' }
  return { targets: [data.target], targetsAt: 'data.target', inputs: data.inputs, missing: null, cells: [] }
}

/** Reads a recipe's table. Throws a `Fault` with row and column for what cannot be learned from. */
export function tableDataset(data: CsvData | TableData, seed: number, csv: string): Dataset {
  const wish = wishOf(data)
  const table = overwritten(readCsv(csv), wish.cells)
  const warnings: FaultRecord[] = []
  const named = namedColumns(table, warnings)
  const targetColumns = targetsOf(named, wish)
  const inputsWhole = inputColumns(named, targetColumns, wish)
  const kept = keptRows(targetColumns, inputsWhole, wish.missing, warnings)
  const count = kept.length
  if (count < 2) throw new Fault('CSV-026', { count })
  const inputs = inputsWhole.map((column) => only(column, kept))
  const target = encodeTargets(targetColumns.map((column) => only(column, kept)))
  const { train, test } = testRows(count, data.testShare, seed)
  const plain = inputs.map((column) => encodingOf(column, wish.missing, train))
  const width = plain.reduce((sum, encoding) => sum + widthOf(encoding), 0)
  if (count * width > mostInputs) throw new Fault('DATA-004', { count: count * width, max: mostInputs })
  warnings.push(
    ...oddities(
      inputs,
      targetColumns.map((column) => only(column, kept)),
      target,
      test,
    ),
  )
  const encodings = data.standardize ? standardized(plain, inputs, train) : plain
  const all = encode(inputs, encodings)
  const outputs = target.names.length
  const scales =
    data.standardize && target.task === 'number'
      ? target.names.map((_, i) => scaleOf(target.values, train, outputs, i))
      : undefined
  const rows = { count, inputs: all, targets: scaled(target.values, scales) }
  const none = new Float32Array(0)
  return {
    task: target.task,
    inputWidth: width,
    outputWidth: outputs,
    inputNames: encodings.flatMap(inputNames),
    outputNames: target.names,
    train: takeRows(rows, train),
    test: takeRows(rows, test),
    trainPoints: none,
    testPoints: none,
    contexts: [],
    contextInputs: none,
    inputsOf: (text) => encodeOther(text, encodings),
    coding: {
      task: target.task,
      inputs: encodings,
      outputs: target.names,
      ...(scales !== undefined && { targets: scales }),
    },
    sheet: { header: named.map(({ name }) => name), rows: table.rows, parts: partsOf(table.rows.length, kept, test) },
    warnings,
  }
}

/** The table with some cells written over. Throws `CSV-029` for a cell that it does not have. */
function overwritten(table: Table, cells: readonly CellEdit[]): Table {
  if (cells.length === 0) return table
  const rows = [...table.rows]
  for (const [row, column, text] of cells) {
    const before = rows[row]
    if (before === undefined || column >= before.length)
      throw new Fault('CSV-029', { row: row + 1, column: column + 1 }, 'data.cells')
    rows[row] = before.with(column, text)
  }
  return { ...table, rows }
}

function targetsOf(columns: readonly Column[], { targets, targetsAt }: Wish): Column[] {
  const names = targets.length > 0 ? targets : columns.slice(-1).map(({ name }) => name)
  return names.map((name, i) => columnOf(columns, name, 'CSV-014', targetsAt.replace(/0$/, String(i))))
}

function inputColumns(columns: readonly Column[], targets: readonly Column[], wish: Wish): Column[] {
  const inputs =
    wish.inputs.length === 0
      ? columns.filter((column) => !targets.includes(column))
      : wish.inputs.map((name, i) => columnOf(columns, name, 'CSV-017', `data.inputs.${i}`))
  const both = inputs.find((column) => targets.includes(column))
  if (both !== undefined) throw new Fault('CSV-018', { column: excerpt(both.name) }, 'data.inputs')
  if (inputs.length === 0) throw new Fault('CSV-019', {}, 'data.inputs')
  return inputs
}

/** Rows that can be learned from: those without a target never, those with other empty cells as the rule says. */
function keptRows(
  targets: readonly Column[],
  inputs: readonly Column[],
  rule: MissingRule | null,
  warnings: FaultRecord[],
): Uint32Array {
  const count = targets[0]?.values.length ?? 0
  const all = Uint32Array.from({ length: count }, (_, row) => row)
  if (rule === null) return all
  const needed = rule === 'drop' ? [...targets, ...inputs] : targets
  const kept = all.filter((row) => !needed.some(({ values }) => isMissing(values[row] ?? '')))
  if (kept.length < count) warnings.push({ code: 'CSV-028', values: { count: count - kept.length } })
  return kept
}

function only(column: Column, rows: Uint32Array): Column {
  if (rows.length === column.values.length) return column
  const { name, values, rowNumbers } = column
  return {
    name,
    values: Array.from(rows, (row) => values[row] ?? ''),
    rowNumbers: Array.from(rows, (row) => rowNumbers[row] ?? 0),
  }
}

/** What each row of the table is for: 0 left out, 1 to learn from, 2 to test with. */
function partsOf(count: number, kept: Uint32Array, test: Uint32Array): Uint8Array {
  const parts = new Uint8Array(count)
  for (const row of kept) parts[row] = 1
  for (const place of test) parts[kept[place] ?? 0] = 2
  return parts
}

/** Distinct words in an order that depends on neither language nor file. */
function sortedWords(words: readonly string[]): string[] {
  return [...new Set(words)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function encodeTargets(columns: readonly Column[]): Target {
  const [first] = columns
  if (first === undefined) throw new Error('internal: a table has a target')
  if (columns.length === 1) return encodeTarget(first)
  const lists = columns.map((column) => {
    if (!isNumeric(column)) throw new Fault('CSV-030', { column: excerpt(column.name) }, 'data.targets')
    return columnNumbers(column)
  })
  const values = new Float64Array(lists.length * first.values.length)
  lists.forEach((list, i) => {
    list.forEach((value, row) => {
      values[row * lists.length + i] = value
    })
  })
  return { task: 'number', names: columns.map(({ name }) => name), values }
}

function encodeTarget(column: Column): Target {
  if (!isNumeric(column)) return classes(columnWords(column), column.name)
  const numbers = columnNumbers(column)
  const distinct = [...new Set(numbers)].sort((a, b) => a - b)
  if (distinct.length > mostNumberClasses || !distinct.every(Number.isInteger)) {
    return { task: 'number', names: [column.name], values: numbers }
  }
  return classes([...numbers].map(String), column.name, distinct.map(String))
}

function classes(labels: readonly string[], column: string, names = sortedWords(labels)): Target {
  const [only] = names
  if (names.length < 2) throw new Fault('CSV-015', { column: excerpt(column), given: excerpt(only ?? '') })
  if (names.length > mostClasses || (names.length > fewClasses && names.length > labels.length / 2)) {
    throw new Fault('CSV-016', { column: excerpt(column), count: names.length })
  }
  const places = new Map(names.map((name, i) => [name, i]))
  return { task: 'classes', names, values: Float64Array.from(labels.flatMap((label) => [places.get(label) ?? 0, 1])) }
}

function encodingOf(column: Column, rule: MissingRule | null, train: Uint32Array): Encoding {
  const { name, values } = column
  const hasGaps = rule !== null && rule !== 'drop' && values.some(isMissing)
  if (isNumeric(column)) {
    const plain = { kind: 'number', name, mean: 0, deviation: 1 } as const
    if (!hasGaps) return plain
    const there = Uint32Array.from(train.filter((row) => !isMissing(values[row] ?? '')))
    const fill = there.length === 0 ? 0 : scaleOf(columnNumbers(column, 0), there).mean
    return rule === 'category' ? { ...plain, fill, flag: true } : { ...plain, fill }
  }
  const categories = sortedWords(columnWords(column, hasGaps))
  if (categories.length > mostCategories) {
    throw new Fault('CSV-027', { column: excerpt(name), count: categories.length, max: mostCategories })
  }
  return { kind: 'words', name, categories }
}

/** Takes mean and deviation from the training rows alone. */
function standardized(
  encodings: readonly Encoding[],
  columns: readonly Column[],
  train: Uint32Array,
): readonly Encoding[] {
  return encodings.map((encoding, i) => {
    const column = columns[i]
    if (column === undefined || encoding.kind !== 'number') return encoding
    return { ...encoding, ...scaleOf(columnNumbers(column, encoding.fill), train) }
  })
}

/** Mean and deviation of the training rows of one of `width` columns; one that never changes becomes 0, not a division by 0. */
function scaleOf(values: Float64Array, train: Uint32Array, width = 1, place = 0): Scale {
  const { mean, deviation } = statistics(Float64Array.from(train, (row) => values[row * width + place] ?? 0))
  return { mean, deviation: deviation > 0 ? deviation : 1 }
}

const scaled = (values: Float64Array, scales: readonly Scale[] | undefined): Float32Array =>
  Float32Array.from(values, (value, i) => {
    const scale = scales?.[i % scales.length]
    return scale === undefined ? value : (value - scale.mean) / scale.deviation
  })

/** Mean and standard deviation (of the population) in two passes. */
function statistics(values: Float64Array): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}
