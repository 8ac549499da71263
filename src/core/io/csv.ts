/**
 * Tables as text: RFC 4180, with comma, semicolon, tab or bar between values (found in the header), quotes, CRLF
 * or LF, a byte order mark, and a header row. Decimal commas become points. Strict: every row has as many values as the header.
 */
import { excerpt, Fault } from '../spec/index.ts'

/** A table as it stands in the file, all of it text. */
export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Row of the file on which each row begins, the header being row 1 (blank lines count, line ends in quotes do not). */
  readonly rowNumbers: readonly number[]
  readonly separator: Separator
  /** What the numbers of the file have before their fractions; `rows` have points. */
  readonly decimal: Decimal
}

export type Decimal = '.' | ','

const separators = [',', ';', '\t', '|'] as const
/** What stands between two values. */
export type Separator = (typeof separators)[number]

// Limits for files from elsewhere: characters of the file and of a field, columns, values.
const longestFile = 256 * 2 ** 20
const longestField = 2 ** 20
const mostColumns = 10_000
const mostCells = 10_000_000

/** Reads a table; throws a `Fault` (`CSV-…`) with the row in its values. */
export function readCsv(source: string): Table {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source
  if (text.length > longestFile) throw new Fault('CSV-020', { size: text.length, max: longestFile })
  if (text.trim() === '') throw new Fault('CSV-001')
  if (text.includes('\0')) throw new Fault('CSV-021', { offset: text.indexOf('\0') })
  const separator = findSeparator(text)
  const records = readRecords(text, separator)
  const [first, ...rest] = records
  if (first === undefined) throw new Fault('CSV-001')
  if (first.values.length > mostColumns) {
    throw new Fault('CSV-022', { count: first.values.length, max: mostColumns }, 'row 1')
  }
  if (rest.length === 0) throw new Fault('CSV-002')
  for (const record of rest) {
    if (record.values.length !== first.values.length) {
      const values = { row: record.row, count: record.values.length, expected: first.values.length }
      throw new Fault('CSV-005', values, `row ${record.row}`)
    }
  }
  const rows = rest.map((record) => record.values)
  const decimal = findDecimal(rows, separator)
  if (decimal === ',') pointed(rows)
  return {
    header: first.values.map((name) => name.trim().normalize('NFC')),
    rows,
    rowNumbers: rest.map((record) => record.row),
    separator,
    decimal,
  }
}

/** Rows in which decimal commas are looked for. */
const decimalRows = 1000
const withPoint = /^\s*[+-]?\d*\.\d+(e[+-]?\d+)?\s*$/i
const withComma = /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i
/** `1,750` may mean one thousand seven hundred and fifty. */
const asGroups = /^\s*[+-]?[1-9]\d{0,2},\d{3}\s*$/

/** A comma where numbers have commas that cannot stand between thousands, and none has a point. */
function findDecimal(rows: readonly (readonly string[])[], separator: Separator): Decimal {
  if (separator === ',') return '.'
  const cells = rows.slice(0, decimalRows).flat()
  if (cells.some((cell) => withPoint.test(cell))) return '.'
  return cells.some((cell) => withComma.test(cell) && !asGroups.test(cell)) ? ',' : '.'
}

function pointed(rows: readonly string[][]): void {
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      const cell = row[i] ?? ''
      if (withComma.test(cell)) row[i] = cell.replace(',', '.')
    }
  }
}

/** The separator that occurs most often outside quotes in the first line; a comma where none does. */
function findSeparator(text: string): Separator {
  const counts = new Map<string, number>()
  let quoted = false
  for (let i = 0; i < Math.min(text.length, longestField); i++) {
    const character = text[i] ?? ''
    if (character === '"') quoted = !quoted
    else if (!quoted && character === '\n') break
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  let best: Separator = ','
  for (const separator of separators) {
    if ((counts.get(separator) ?? 0) > (counts.get(best) ?? 0)) best = separator
  }
  return best
}

interface CsvRecord {
  readonly row: number
  readonly values: string[]
}

/** Where the reader stands. */
interface Cursor {
  at: number
  row: number
}

function readRecords(text: string, separator: Separator): CsvRecord[] {
  const records: CsvRecord[] = []
  const cursor: Cursor = { at: 0, row: 1 }
  let cells = 0
  while (cursor.at < text.length) {
    const row = cursor.row
    const values = readRecord(text, separator, cursor)
    cursor.row++
    // A blank line is no row of one empty value.
    if (values.length === 1 && values[0] === '') continue
    cells += values.length
    if (cells > mostCells) throw new Fault('CSV-023', { max: mostCells }, `row ${row}`)
    records.push({ row, values })
  }
  return records
}

function readRecord(text: string, separator: Separator, cursor: Cursor): string[] {
  const values: string[] = []
  for (;;) {
    values.push(text[cursor.at] === '"' ? readQuoted(text, cursor) : readPlain(text, separator, cursor))
    const next = text[cursor.at]
    if (next === separator) {
      cursor.at++
      continue
    }
    const end = lineEnd(text, cursor.at)
    if (end === 0 && next !== undefined) {
      throw new Fault('CSV-007', { row: cursor.row, found: excerpt(next) }, `row ${cursor.row}`)
    }
    cursor.at += end
    return values
  }
}

/** Length of the line end here: 0, 1 (LF, CR) or 2 (CRLF). */
function lineEnd(text: string, at: number): number {
  if (text[at] === '\n') return 1
  if (text[at] !== '\r') return 0
  return text[at + 1] === '\n' ? 2 : 1
}

const lineFeed = 10
const carriageReturn = 13
const quoteMark = 34

function readPlain(text: string, separator: Separator, cursor: Cursor): string {
  const start = cursor.at
  const stop = separator.charCodeAt(0)
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === stop || code === lineFeed || code === carriageReturn) break
    if (code === quoteMark) throw new Fault('CSV-007', { row: cursor.row, found: '"' }, `row ${cursor.row}`)
  }
  cursor.at = at
  return checkedField(text.slice(start, at), cursor.row)
}

function readQuoted(text: string, cursor: Cursor): string {
  const parts: string[] = []
  let start = cursor.at + 1
  for (;;) {
    const quote = text.indexOf('"', start)
    if (quote < 0) throw new Fault('CSV-006', { row: cursor.row }, `row ${cursor.row}`)
    parts.push(text.slice(start, quote))
    start = quote + 1
    if (text[start] !== '"') break
    // Two quotes stand for one.
    parts.push('"')
    start++
  }
  cursor.at = start
  return checkedField(parts.join(''), cursor.row)
}

function checkedField(value: string, row: number): string {
  if (value.length > longestField)
    throw new Fault('CSV-024', { row, size: value.length, max: longestField }, `row ${row}`)
  return value
}
