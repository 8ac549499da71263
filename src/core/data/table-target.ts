/** What is to be predicted from a table: classes, or numbers of one or several columns. */
import { excerpt, Fault } from '../spec/index.ts'
import { type Column, columnNumbers, columnWords, isNumeric } from './column.ts'
import type { Dataset } from './dataset.ts'

/** Whole numbers with at most so many different values are classes, not quantities. */
const mostNumberClasses = 20
/** More classes than this, or than half of the rows, are hardly classes: names, ids. */
const mostClasses = 1000
const fewClasses = 10

/** What is to be predicted. */
export interface Target {
  readonly task: Dataset['task']
  readonly names: readonly string[]
  /** As in `Rows`. */
  readonly values: Float64Array
}

/** Distinct words in an order that depends on neither language nor file. */
export function sortedWords(words: readonly string[]): string[] {
  return [...new Set(words)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** The targets of all rows. Throws `CSV-015` and `CSV-016` for what are no classes, `CSV-030` for words among several. */
export function encodeTargets(columns: readonly Column[]): Target {
  const [first] = columns
  if (first === undefined) throw new Error('internal: a table has a target')
  if (columns.length === 1) return encodeTarget(first)
  const lists = columns.map((column) => {
    if (!isNumeric(column)) throw new Fault('CSV-030', { column: excerpt(column.name) }, 'data.targets')
    return columnNumbers(column)
  })
  const values = new Float64Array(lists.length * first.cells.count)
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
