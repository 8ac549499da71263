/** Tables: columns of numbers and words to rows of inputs and targets. */
import { readCsv } from '../io/csv.ts'
import { type CsvData, excerpt, Fault, type FaultRecord } from '../spec/index.ts'
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
import { type Column, columnNumbers, columnWords, isNumeric } from './column.ts'
import type { Dataset } from './dataset.ts'
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

interface Target {
  readonly task: Dataset['task']
  readonly names: readonly string[]
  /** As in `Rows`. */
  readonly values: Float64Array
}

/** Reads a recipe's table. Throws a `Fault` with row and column for what cannot be learned from. */
export function tableDataset(data: CsvData, seed: number, csv: string): Dataset {
  const table = readCsv(csv)
  const warnings: FaultRecord[] = []
  const columns = namedColumns(table, warnings)
  const target = encodeTarget(columnOf(columns, data.target, 'CSV-014', 'data.target'))
  const inputs = inputColumns(columns, data)
  const plain = inputs.map(encodingOf)
  const width = plain.reduce((sum, encoding) => sum + widthOf(encoding), 0)
  const count = table.rows.length
  if (count < 2) throw new Fault('CSV-026', { count })
  if (count * width > mostInputs) throw new Fault('DATA-004', { count: count * width, max: mostInputs })
  const { train, test } = testRows(count, data.testShare, seed)
  const learned = standardized(plain, inputs, train, warnings)
  const encodings = data.standardize ? learned : plain
  const all = encode(inputs, encodings)
  const scale = data.standardize && target.task === 'number' ? scaleOf(target.values, train) : undefined
  const rows = { count, inputs: all, targets: scaled(target.values, scale) }
  const none = new Float32Array(0)
  return {
    task: target.task,
    inputWidth: width,
    outputWidth: target.names.length,
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
      ...(scale !== undefined && { target: scale }),
    },
    warnings,
  }
}

function inputColumns(columns: readonly Column[], data: CsvData): Column[] {
  const target = data.target.trim().normalize('NFC')
  const inputs =
    data.inputs.length === 0
      ? columns.filter((column) => column.name !== target)
      : data.inputs.map((name, i) => columnOf(columns, name, 'CSV-017', `data.inputs.${i}`))
  if (inputs.some((column) => column.name === target)) {
    throw new Fault('CSV-018', { column: excerpt(target) }, 'data.inputs')
  }
  if (inputs.length === 0) throw new Fault('CSV-019', {}, 'data.inputs')
  return inputs
}

/** Distinct words in an order that depends on neither language nor file. */
function sortedWords(words: readonly string[]): string[] {
  return [...new Set(words)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
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

function encodingOf(column: Column): Encoding {
  if (isNumeric(column)) return { kind: 'number', name: column.name, mean: 0, deviation: 1 }
  const categories = sortedWords(columnWords(column))
  if (categories.length > mostCategories) {
    throw new Fault('CSV-027', { column: excerpt(column.name), count: categories.length, max: mostCategories })
  }
  return { kind: 'words', name: column.name, categories }
}

/** Takes mean and deviation from the training rows alone; warns of columns that are the same everywhere. */
function standardized(
  encodings: readonly Encoding[],
  columns: readonly Column[],
  train: Uint32Array,
  warnings: FaultRecord[],
): readonly Encoding[] {
  return encodings.map((encoding, i) => {
    const column = columns[i]
    if (column === undefined) return encoding
    if (new Set(column.values).size === 1) {
      warnings.push({ code: 'CSV-012', at: `column ${column.name}`, values: { column: excerpt(column.name) } })
    }
    if (encoding.kind !== 'number') return encoding
    const all = columnNumbers(column)
    return { ...encoding, ...scaleOf(all, train) }
  })
}

/** Mean and deviation of the training rows; a column that never changes becomes 0, not a division by 0. */
function scaleOf(column: Float64Array, train: Uint32Array): Scale {
  const { mean, deviation } = statistics(Float64Array.from(train, (row) => column[row] ?? 0))
  return { mean, deviation: deviation > 0 ? deviation : 1 }
}

const scaled = (values: Float64Array, scale: Scale | undefined): Float32Array =>
  Float32Array.from(values, (value) => (scale === undefined ? value : (value - scale.mean) / scale.deviation))

/** Mean and standard deviation (of the population) in two passes. */
function statistics(values: Float64Array): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}
