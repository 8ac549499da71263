/** One column of a table: numbers or words, found from its values. */
import { excerpt, Fault } from '../spec/index.ts'

/** One column as it stands in the file. */
export interface Column {
  readonly name: string
  readonly values: readonly string[]
  /** Row of the file of each value. */
  readonly rowNumbers: readonly number[]
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/
const noNumber = /^[+-]?(nan|inf|infinity)$/i
const absent = new Set(['', 'na', 'n/a', 'null', 'none', '-'])
/** Longest of the words that stand for nothing. */
const longestAbsent = 4

const digit0 = 48
const digit9 = 57
const startsWithDigit = (value: string): boolean => {
  const code = value.charCodeAt(0)
  return code >= digit0 && code <= digit9
}

/** True for a cell that holds nothing: empty, `NA`, `null` and the like. */
export function isMissing(value: string): boolean {
  if (startsWithDigit(value)) return false
  const text = value.trim()
  return text.length <= longestAbsent && absent.has(text.toLowerCase())
}

/** True for a number, and for what stands where one should: NaN, Inf, `1,750`. */
export function looksNumeric(value: string): boolean {
  const text = value.trim()
  return number.test(text) || noNumber.test(text) || grouped.test(text)
}

/** True where most of the values that are there are numbers; the others are then mistakes, not words. */
export function isNumeric(column: Column): boolean {
  let present = 0
  let numbers = 0
  for (const value of column.values) {
    if (isMissing(value)) continue
    present++
    if (looksNumeric(value)) numbers++
  }
  return numbers > present / 2
}

/** The numbers of a column, `fill` for what is missing; throws a `Fault` with row and column for what is none. */
export function columnNumbers(column: Column, fill?: number): Float64Array {
  if (fill === undefined) checkComplete(column)
  const { values, rowNumbers, name } = column
  const numbers = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? ''
    numbers[i] = fill !== undefined && isMissing(value) ? fill : readNumber(value.trim(), name, rowNumbers[i] ?? 0)
  }
  return numbers
}

/** The words of a column, white space around them removed; throws a `Fault` for empty cells unless `''` is a word. */
export function columnWords(column: Column, emptyIsWord = false): string[] {
  if (!emptyIsWord && column.values.some(isEmpty)) throw missing(column, isEmpty)
  return column.values.map((value) => (emptyIsWord && isMissing(value) ? '' : value.trim().normalize('NFC')))
}

const isEmpty = (value: string): boolean => value.trim() === ''

function checkComplete(column: Column): void {
  if (column.values.some(isMissing)) throw missing(column, isMissing)
}

function missing(column: Column, test: (value: string) => boolean): Fault {
  const row = column.rowNumbers[column.values.findIndex(test)] ?? 0
  const count = column.values.filter(test).length
  return new Fault('CSV-010', { count, column: excerpt(column.name), row }, `row ${row}, column ${column.name}`)
}

function readNumber(text: string, name: string, row: number): number {
  const value = Number(text)
  const place = `row ${row}, column ${name}`
  const values = { row, column: excerpt(name), given: excerpt(text) }
  if (number.test(text) && Math.abs(Math.fround(value)) <= Number.MAX_VALUE) return value
  if (number.test(text) || noNumber.test(text)) throw new Fault('CSV-011', values, place)
  throw new Fault(grouped.test(text) ? 'CSV-009' : 'CSV-008', values, place)
}
