/**
 * Tables as text: RFC 4180, with comma, semicolon, tab or bar between values (found in the header), quotes, CRLF
 * or LF, a byte order mark, and mostly a header row. Decimal commas become points. Strict, unless it may leave rows out:
 * every row has as many values as the header.
 */
import { type Decimal, excerpt, Fault, type Separator, type TableReading } from '../spec/index.ts'
import { findDecimal, findSeparator, plainNumbers } from './csv-signs.ts'

/** A table as it stands in the file, all of it text. */
export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Row of the file on which each row begins, the header being row 1 (blank lines count, line ends in quotes do not). */
  readonly rowNumbers: readonly number[]
  readonly separator: Separator
  /** What the numbers of the file have before their fractions; `rows` have points. */
  readonly decimal: Decimal
  /** Rows of the file that cannot be read and were left out. */
  readonly skipped: readonly number[]
}

// Limits for files from elsewhere: characters of the file and of a field, columns, values.
const longestFile = 256 * 2 ** 20
const longestField = 2 ** 20
const mostColumns = 10_000
const mostCells = 10_000_000

/** Reads a table, as `reading` says or as it is found; throws a `Fault` (`CSV-…`) with the row in its values. */
export function readCsv(source: string, reading: TableReading = {}): Table {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source
  if (text.length > longestFile) throw new Fault('CSV-020', { size: text.length, max: longestFile })
  if (text.trim() === '') throw new Fault('CSV-001')
  if (text.includes('\0')) throw new Fault('CSV-021', { offset: text.indexOf('\0') })
  const separator = reading.separator ?? findSeparator(text)
  const skipped: number[] = []
  const records = readRecords(text, separator, reading.skip === true ? skipped : null)
  const [first] = records
  if (first === undefined) throw new Fault('CSV-001')
  const width = first.values.length
  if (width > mostColumns) throw new Fault('CSV-022', { count: width, max: mostColumns }, 'row 1')
  const hasHeader = reading.header !== false
  if (hasHeader && records.length === 1) throw new Fault('CSV-002')
  const body = wholeRecords(hasHeader ? records.slice(1) : records, width, reading.skip === true ? skipped : null)
  const rows = body.map((record) => record.values)
  const decimal = reading.decimal ?? findDecimal(rows, separator)
  plainNumbers(rows, decimal, reading.thousands === true)
  return {
    header: first.values.map((name, i) => (hasHeader ? name.trim().normalize('NFC') : `column ${i + 1}`)),
    rows,
    rowNumbers: body.map((record) => record.row),
    separator,
    decimal,
    skipped: skipped.sort((a, b) => a - b),
  }
}

/** The records that have as many values as the header; others are named in `skipped`, or refused where that is null. */
function wholeRecords(records: readonly CsvRecord[], width: number, skipped: number[] | null): readonly CsvRecord[] {
  return records.filter(({ row, values }) => {
    if (values.length === width) return true
    if (skipped === null) {
      throw new Fault('CSV-005', { row, count: values.length, expected: width }, `row ${row}`)
    }
    skipped.push(row)
    return false
  })
}

/**
 * The lines of the header and of the first rows, and how many rows they are; `isCut` says that the text itself ends
 * within the file, perhaps within a line.
 */
export function firstRows(text: string, most: number, isCut = false): { readonly text: string; readonly rows: number } {
  let lines = 0
  let end = 0
  let isQuoted = false
  let at = 0
  for (; at < text.length && lines <= most; at++) {
    const code = text.charCodeAt(at)
    if (code === quoteMark) isQuoted = !isQuoted
    const isEnd = code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)
    if (isQuoted || !isEnd) continue
    lines++
    end = at + 1
  }
  const hasRest = at === text.length && end < at && !isCut
  return { text: hasRest ? text : text.slice(0, end), rows: Math.max(0, hasRest ? lines : lines - 1) }
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

/** All records; rows that cannot be read are named in `skipped`, or refused where that is null. */
function readRecords(text: string, separator: Separator, skipped: number[] | null): CsvRecord[] {
  const records: CsvRecord[] = []
  const cursor: Cursor = { at: 0, row: 1 }
  let cells = 0
  while (cursor.at < text.length) {
    const { row } = cursor
    const width = records[0]?.values.length ?? 0
    const values =
      skipped === null
        ? readRecord(text, separator, cursor, width)
        : readOrSkip(text, separator, cursor, width, skipped)
    cursor.row++
    // A blank line is no row of one empty value.
    if (values === null || (values.length === 1 && values[0] === '')) continue
    cells += values.length
    if (cells > mostCells) throw new Fault('CSV-023', { max: mostCells }, `row ${row}`)
    records.push({ row, values })
  }
  return records
}

/** A record, or null and past its line where it cannot be read. */
function readOrSkip(
  text: string,
  separator: Separator,
  cursor: Cursor,
  width: number,
  skipped: number[],
): string[] | null {
  const from = cursor.at
  try {
    return readRecord(text, separator, cursor, width)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    skipped.push(cursor.row)
    const end = text.indexOf('\n', from)
    cursor.at = end < 0 ? text.length : end + 1
    return null
  }
}

/** One record; room for `width` values is taken at once. */
function readRecord(text: string, separator: Separator, cursor: Cursor, width: number): string[] {
  const values = new Array<string>(width)
  for (let count = 0; ; ) {
    values[count++] = text[cursor.at] === '"' ? readQuoted(text, cursor) : readPlain(text, separator, cursor)
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
    values.length = count
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
