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
const grouped = /^[+-]?(?:\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+,\d+)$/
const noNumber = /^[+-]?(nan|inf|infinity)$/i
const absent = new Set(['', 'na', 'n/a', 'null', 'none', '-'])
/** Longest of the words that stand for nothing. */
const longestAbsent = 4

const digit0 = 48
const digit9 = 57
const minus = 45
const dot = 46
/** Digits that always make a whole number below 2^53. */
const exactDigits = 15
const powers = Array.from({ length: exactDigits + 1 }, (_, i) => 10 ** i)
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

/** What one look at all cells of a column tells; kept, since it is asked more than once. */
interface Looked {
  /** Numbers by row; NaN where a cell is empty or no number that can be used. */
  readonly numbers: Float64Array
  missing: number
  /** Cells that hold a number, or what stands where one should. */
  numeric: number
  /** First row whose cell holds something but no number that can be used; -1 for none. */
  wrong: number
}

const looked = new WeakMap<Column, Looked>()

/** Looks at all cells of the columns of one table, row by row as they lie in memory: five times as fast as by column. */
export function lookAtAll(columns: readonly Column[]): void {
  const news = columns.filter((column) => !looked.has(column))
  const found = news.map(
    ({ values }): Looked => ({ numbers: new Float64Array(values.length), missing: 0, numeric: 0, wrong: -1 }),
  )
  const count = news[0]?.values.length ?? 0
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < found.length; i++) {
      const one = found[i]
      if (one !== undefined) lookAtCell(one, news[i]?.values[row] ?? '', row)
    }
  }
  news.forEach((column, i) => {
    const one = found[i]
    if (one !== undefined) looked.set(column, one)
  })
}

function lookAtCell(found: Looked, value: string, row: number): void {
  const quick = quickNumber(value)
  found.numbers[row] = quick
  if (!Number.isNaN(quick)) found.numeric++
  else if (isMissing(value)) found.missing++
  else {
    if (looksNumeric(value)) found.numeric++
    const exact = numberOf(value.trim())
    found.numbers[row] = exact
    if (Number.isNaN(exact) && found.wrong < 0) found.wrong = row
  }
}

function look(column: Column): Looked {
  lookAtAll([column])
  const found = looked.get(column)
  if (found === undefined) throw new Error('internal: a column that was looked at is known')
  return found
}

/**
 * The number of a cell that holds digits with at most one point; NaN where a closer look is needed. Exact: below 2^53 the
 * digits are a whole number that a double holds, as is the power of ten, and a quotient of two such is rounded once.
 */
function quickNumber(value: string): number {
  const isNegative = value.charCodeAt(0) === minus
  let digits = 0
  let point = -1
  let whole = 0
  for (let i = isNegative ? 1 : 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code >= digit0 && code <= digit9) {
      whole = whole * 10 + (code - digit0)
      digits++
    } else if (code === dot && point < 0) point = digits
    else return Number.NaN
  }
  if (digits === 0 || digits > exactDigits) return Number.NaN
  const size = point < 0 ? whole : whole / (powers[digits - point] ?? 1)
  return isNegative ? -size : size
}

/** What a cell's text says as a number that can be used; NaN for other text. */
function numberOf(text: string): number {
  const value = number.test(text) ? Number(text) : Number.NaN
  return Math.abs(Math.fround(value)) <= Number.MAX_VALUE ? value : Number.NaN
}

/** True where most of the values that are there are numbers; the others are then mistakes, not words. */
export function isNumeric(column: Column): boolean {
  const { numeric, missing } = look(column)
  return numeric > (column.values.length - missing) / 2
}

/** How many cells of a column are empty. */
export const missingCount = (column: Column): number => look(column).missing

/** The numbers of a column as they stand there; NaN for all else. */
export const cellNumbers = (column: Column): Float64Array => look(column).numbers

/** The numbers of a column, `fill` for what is missing; throws a `Fault` with row and column for what is none. */
export function columnNumbers(column: Column, fill?: number): Float64Array {
  const { numbers, missing, wrong } = look(column)
  if (fill === undefined && missing > 0) throw missingFault(column, isMissing)
  if (wrong >= 0) throw wrongCell(column, wrong)
  return missing === 0 ? numbers : numbers.map((value) => (Number.isNaN(value) ? (fill ?? 0) : value))
}

/** The words of a column, white space around them removed; throws a `Fault` for empty cells unless `''` is a word. */
export function columnWords(column: Column, emptyIsWord = false): string[] {
  if (!emptyIsWord && column.values.some(isEmpty)) throw missingFault(column, isEmpty)
  return column.values.map((value) => (emptyIsWord && isMissing(value) ? '' : value.trim().normalize('NFC')))
}

const isEmpty = (value: string): boolean => value.trim() === ''

function missingFault(column: Column, test: (value: string) => boolean): Fault {
  const row = column.rowNumbers[column.values.findIndex(test)] ?? 0
  const count = column.values.filter(test).length
  return new Fault('CSV-010', { count, column: excerpt(column.name), row }, `row ${row}, column ${column.name}`)
}

/** What is wrong with a cell that should hold a number. */
function wrongCell({ name, values, rowNumbers }: Column, at: number): Fault {
  const text = (values[at] ?? '').trim()
  const row = rowNumbers[at] ?? 0
  const told = { row, column: excerpt(name), given: excerpt(text) }
  const code = number.test(text) || noNumber.test(text) ? 'CSV-011' : grouped.test(text) ? 'CSV-009' : 'CSV-008'
  return new Fault(code, told, `row ${row}, column ${name}`)
}
