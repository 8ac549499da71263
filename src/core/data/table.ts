/** Tables: columns of numbers and words to rows of inputs and targets. */
import { readCsv, type Table } from '../io/csv.ts'
import {
  type CellEdit,
  type ColumnPreview,
  type CsvData,
  excerpt,
  Fault,
  type FaultRecord,
  type MissingRule,
  type TableData,
  type TableReading,
} from '../spec/index.ts'
import {
  columnOf,
  type Encoding,
  encode,
  encodeOther,
  inputNames,
  namedColumns,
  type Scale,
  type TableCoding,
  widthOf,
} from './coding.ts'
import { type Column, columnNumbers, columnWords, isGap, isNumeric, lookAtAll, missingCount } from './column.ts'
import type { Dataset } from './dataset.ts'
import { alikeInBoth, firstAlike } from './duplicates.ts'
import { filledCells, oddities } from './oddities.ts'
import { previewColumns } from './preview.ts'
import { takeRows, testRows, testRowsTogether } from './split.ts'
import { spreadOf } from './spread.ts'
import { keptRows, only, type RowRules } from './table-rows.ts'
import { encodeTargets, sortedWords } from './table-target.ts'

/** Different words of an input column; each becomes an input of its own. */
const mostCategories = 256
/** Inputs of all rows together: 256 MiB of float32. */
const mostInputs = 2 ** 26

/** What a recipe asks of a table. */
interface Wish {
  readonly targets: readonly string[]
  readonly targetsAt: string
  readonly inputs: readonly string[]
  readonly rules: RowRules
  readonly reading: TableReading
  readonly cells: readonly CellEdit[]
}

function wishOf(data: CsvData | TableData): Wish {
  if (data.source === 'csv') {
    const rules = { missing: null, duplicates: 'keep', skip: false } as const
    return { targets: [data.target], targetsAt: 'data.target', inputs: data.inputs, rules, reading: {}, cells: [] }
  }
  const { missing, duplicates, reading = {} } = data
  return { ...data, targetsAt: 'data.targets.0', rules: { missing, duplicates, skip: reading.skip === true }, reading }
}

/** Reads a recipe's table. Throws a `Fault` with row and column for what cannot be learned from. */
export function tableDataset(data: CsvData | TableData, seed: number, csv: string): Dataset {
  const wish = wishOf(data)
  const table = overwritten(readCsv(csv, wish.reading), wish.cells)
  const warnings: FaultRecord[] = []
  const named = namedColumns(table, warnings)
  const targetsWhole = targetsOf(named, wish)
  const inputsWhole = inputColumns(named, targetsWhole, wish)
  lookAtAll([...inputsWhole, ...targetsWhole])
  const kept = keptRows(targetsWhole, inputsWhole, wish.rules, table, warnings)
  const count = kept.length
  if (count < 2) throw new Fault('CSV-026', { count })
  const inputs = only(inputsWhole, kept)
  const targets = only(targetsWhole, kept)
  lookAtAll([...inputs, ...targets])
  const target = encodeTargets(targets)
  const alike = firstAlike([...inputs, ...targets])
  const { train, test } =
    wish.rules.duplicates === 'together'
      ? testRowsTogether(alike, data.testShare, seed)
      : testRows(count, data.testShare, seed)
  const plain = inputs.map((column) => encodingOf(column, wish.rules.missing, train))
  const width = plain.reduce((sum, encoding) => sum + widthOf(encoding), 0)
  if (count * width > mostInputs) throw new Fault('DATA-004', { count: count * width, max: mostInputs })
  warnings.push(...oddities(inputs, target, alikeInBoth(alike, train, test)))
  warnings.push(...filledCells(inputs, wish.rules.missing))
  const encodings = data.standardize ? standardized(plain, inputs, train) : plain
  const outputs = target.names.length
  const scales =
    data.standardize && target.task === 'number'
      ? target.names.map((_, i) => scaleOf(target.values, train, outputs, i))
      : undefined
  const rows = { count, inputs: encode(inputs, encodings), targets: scaled(target.values, scales) }
  const none = new Float32Array(0)
  const coding = {
    task: target.task,
    inputs: encodings,
    outputs: target.names,
    ...(scales !== undefined && { targets: scales }),
  }
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
    coding,
    sheet: {
      header: named.map(({ name }) => name),
      cells: table.cells,
      parts: partsOf(table.cells.count, kept, test),
      columns: once(() => usedColumns(named, trainRows(kept, train), coding, data.standardize)),
    },
    warnings,
  }
}

/** Makes something when it is first asked for. */
function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null
  return () => (made ??= make())
}

/** Rows of the whole table that are learned from. */
const trainRows = (kept: Uint32Array, train: Uint32Array): Uint32Array => train.map((place) => kept[place] ?? 0)

/** What is in the columns, in rows that are learned from; where they are standardised, by which numbers. */
function usedColumns(
  columns: readonly Column[],
  used: Uint32Array,
  coding: TableCoding,
  isStandardized: boolean,
): ColumnPreview[] {
  const scales = new Map<string, Scale>()
  for (const encoding of coding.inputs) if (encoding.kind === 'number') scales.set(encoding.name, encoding)
  coding.outputs.forEach((name, i) => {
    const scale = coding.targets?.[i]
    if (scale !== undefined) scales.set(name, scale)
  })
  return previewColumns(columns, used).map((shown) => {
    const scale = isStandardized && shown.kind === 'number' ? scales.get(shown.name) : undefined
    return scale === undefined ? shown : { ...shown, mean: scale.mean, deviation: scale.deviation }
  })
}

/** The table with some cells written over. Throws `CSV-029` for a cell that it does not have. */
function overwritten(table: Table, edits: readonly CellEdit[]): Table {
  const { cells } = table
  for (const [row, column] of edits) {
    if (row >= cells.count || column >= cells.width)
      throw new Fault('CSV-029', { row: row + 1, column: column + 1 }, 'data.cells')
  }
  return { ...table, cells: cells.overwritten(edits) }
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

/** What each row of the table is for: 0 left out, 1 to learn from, 2 to test with. */
function partsOf(count: number, kept: Uint32Array, test: Uint32Array): Uint8Array {
  const parts = new Uint8Array(count)
  for (const row of kept) parts[row] = 1
  for (const place of test) parts[kept[place] ?? 0] = 2
  return parts
}

function encodingOf(column: Column, rule: MissingRule | null, train: Uint32Array): Encoding {
  const { name } = column
  const hasGaps = rule !== null && rule !== 'drop' && missingCount(column) > 0
  if (isNumeric(column)) {
    const plain = { kind: 'number', name, mean: 0, deviation: 1 } as const
    if (!hasGaps) return plain
    const there = Uint32Array.from(train.filter((row) => !isGap(column, row)))
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
  const { mean, deviation } = spreadOf(values, train, width, place)
  return { mean, deviation: deviation > 0 ? deviation : 1 }
}

function scaled(values: Float64Array, scales: readonly Scale[] | undefined): Float32Array {
  if (scales === undefined) return Float32Array.from(values)
  return Float32Array.from(values, (value, i) => {
    const { mean, deviation } = scales[i % scales.length] ?? { mean: 0, deviation: 1 }
    return (value - mean) / deviation
  })
}
