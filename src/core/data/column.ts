/** One column of a table: numbers or words, found from its values. */
import { excerpt, Fault } from '../spec/index.ts'

/** One column as it stands in the file. */
export interface Column {
  readonly name: string
  readonly values: readonly string[]
  /** Row of the file of each value. */
  readonly rowNumbers: readonly number[]
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/
const noNumber = /^[+-]?(nan|inf|infinity)$/i
const absent = new Set(['', 'na', 'n/a', 'null', 'none', '-'])

const isMissing = (value: string): boolean => absent.has(value.trim().toLowerCase())
const looksNumeric = (value: string): boolean => number.test(value.trim()) || noNumber.test(value.trim())

/** True where most of the values that are there are numbers; the others are then mistakes, not words. */
export function isNumeric(column: Column): boolean {
  const present = column.values.filter((value) => !isMissing(value))
  const numbers = present.filter((value) => looksNumeric(value) || grouped.test(value.trim()))
  return numbers.length > present.length / 2
}

/** The numbers of a column; throws a `Fault` with row and column for what is none. */
export function columnNumbers(column: Column): Float64Array {
  checkComplete(column)
  return Float64Array.from(column.values, (value, i) =>
    readNumber(value.trim(), column.name, column.rowNumbers[i] ?? 0),
  )
}

/** The words of a column, white space around them removed; throws a `Fault` for empty cells. */
export function columnWords(column: Column): string[] {
  const empty = column.values.filter((value) => value.trim() === '').length
  if (empty > 0) throw missing(column, (value) => value.trim() === '')
  return column.values.map((value) => value.trim().normalize('NFC'))
}

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
