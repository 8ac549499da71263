/**
 * Tables as text: RFC 4180, with comma, semicolon, tab or bar between values (found in the header), quotes, CRLF
 * or LF, a byte order mark, and mostly a header row. Decimal commas become points. Strict, unless it may leave rows out:
 * every row has as many values as the header.
 */
import { type Decimal, excerpt, Fault, type Separator, type TableReading } from '../spec/index.ts'
import { type CellPlaces, Cells } from './cells.ts'
import { findDecimal, findSeparator } from './csv-signs.ts'
import { carriageReturn, lineFeed, quoteMark } from './stretch.ts'

/** A table as it stands in the file, all of it text. */
export interface Table {
  readonly header: readonly string[]
  /** Their row numbers count the header as row 1, and blank lines, but no line ends in quotes. */
  readonly cells: Cells
  readonly separator: Separator
  /** What the numbers of the file have before their fractions; `cells` have points. */
  readonly decimal: Decimal
  /** Rows of the file that cannot be read and were left out. */
  readonly skipped: readonly number[]
}

// Limits for files from elsewhere: characters of the file and of a field, columns, values.
const longestFile = 256 * 2 ** 20
const longestField = 2 ** 20
const mostColumns = 10_000
const mostCells = 10_000_000
/** Rows in which decimal commas are looked for. */
const decimalRows = 1000

/** Reads a table, as `reading` says or as it is found; throws a `Fault` (`CSV-…`) with the row in its values. */
export function readCsv(source: string, reading: TableReading = {}): Table {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source
  if (text.length > longestFile) throw new Fault('CSV-020', { size: text.length, max: longestFile })
  if (text.trim() === '') throw new Fault('CSV-001')
  if (text.includes('\0')) throw new Fault('CSV-021', { offset: text.indexOf('\0') })
  const separator = reading.separator ?? findSeparator(text)
  const skipped: number[] = []
  const { count, uneven, ...places } = readRecords(text, separator, reading.skip === true ? skipped : null)
  if (count === 0) throw new Fault('CSV-001')
  const { width } = places
  if (width > mostColumns) throw new Fault('CSV-022', { count: width, max: mostColumns }, 'row 1')
  const hasHeader = reading.header !== false
  if (hasHeader && count === 1) throw new Fault('CSV-002')
  if (uneven !== null) throw new Fault('CSV-005', { ...uneven, expected: width }, `row ${uneven.row}`)
  const cells = new Cells(places)
  const body = hasHeader ? cells.from(1) : cells
  const decimal = reading.decimal ?? (separator === ',' ? '.' : findDecimal(body.texts(0, decimalRows).flat()))
  return {
    header: cells.row(0).map((name, i) => (hasHeader ? name.trim().normalize('NFC') : `column ${i + 1}`)),
    cells: body.withNumbers(decimal, reading.thousands === true),
    separator,
    decimal,
    skipped: skipped.sort((a, b) => a - b),
  }
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

/** Where the reader stands, and the stops that it found (see `CellPlaces`). */
interface Reader {
  readonly text: string
  readonly separator: number
  at: number
  row: number
  stops: Int32Array
  stopCount: number
}

/** Stops for which there is room at first; it is doubled where it is not enough. */
const firstStops = 1024

/** All records that have as many values as the first. */
interface Records extends CellPlaces {
  /** How many there are, with those that have more or fewer. */
  readonly count: number
  /** The first that has more or fewer, where these are not skipped. */
  readonly uneven: { readonly row: number; readonly count: number } | null
}

/** Rows that cannot be read are named in `skipped`, or refused where that is null. */
function readRecords(text: string, separator: Separator, skipped: number[] | null): Records {
  const stops = new Int32Array(firstStops)
  const reader: Reader = { text, separator: separator.charCodeAt(0), at: 0, row: 1, stops, stopCount: 0 }
  const rowNumbers: number[] = []
  let [count, cells, width] = [0, 0, 0]
  let uneven: Records['uneven'] = null
  for (; reader.at < text.length; reader.row++) {
    const { row, stopCount } = reader
    const values = skipped === null ? readRecord(reader) : readOrSkip(reader, skipped)
    cells += values
    if (cells > mostCells) throw new Fault('CSV-023', { max: mostCells }, `row ${row}`)
    if (values > 0 && ++count === 1) width = values
    if (values > 0 && values === width) {
      rowNumbers.push(row)
      continue
    }
    reader.stopCount = stopCount
    if (values === 0) continue
    if (skipped === null) uneven ??= { row, count: values }
    else skipped.push(row)
  }
  const places = {
    text,
    width,
    stops: reader.stops.slice(0, reader.stopCount),
    rowNumbers: new Uint32Array(rowNumbers),
  }
  return { ...places, count, uneven }
}

/** A record's count of values, or 0 and past its line where it cannot be read. */
function readOrSkip(reader: Reader, skipped: number[]): number {
  const from = reader.at
  try {
    return readRecord(reader)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    skipped.push(reader.row)
    const end = reader.text.indexOf('\n', from)
    reader.at = end < 0 ? reader.text.length : end + 1
    return 0
  }
}

/** Reads one record and tells how many values it has: none where it is a blank line, which is no row of one empty value. */
function readRecord(reader: Reader): number {
  const { text, separator, at: start } = reader
  addStop(reader, start - 1)
  for (let count = 1; ; count++) {
    const end = codeAt(text, reader.at) === quoteMark ? passQuoted(reader) : passPlain(reader)
    addStop(reader, end)
    const next = codeAt(text, end)
    reader.at = end + 1
    if (next === separator) continue
    if (next === carriageReturn && codeAt(text, end + 1) === lineFeed) reader.at++
    else if (next >= 0 && next !== lineFeed && next !== carriageReturn) {
      throw new Fault('CSV-007', { row: reader.row, found: excerpt(text.charAt(end)) }, `row ${reader.row}`)
    }
    const isEmpty = end === start || (end === start + 2 && text.startsWith('""', start))
    return count === 1 && isEmpty ? 0 : count
  }
}

function addStop(reader: Reader, at: number): void {
  if (reader.stopCount === reader.stops.length) {
    const more = new Int32Array(2 * reader.stops.length)
    more.set(reader.stops)
    reader.stops = more
  }
  reader.stops[reader.stopCount++] = at
}

/** The character here; -1 at the end. */
const codeAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : -1)

/** The end of a value without quotes. */
function passPlain({ text, separator, at, row }: Reader): number {
  // Digits and letters need but one look.
  const highest = Math.max(separator, quoteMark)
  let end = at
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code > highest) continue
    if (code === separator || code === lineFeed || code === carriageReturn) break
    if (code === quoteMark) throw new Fault('CSV-007', { row, found: '"' }, `row ${row}`)
  }
  checkField(end - at, row)
  return end
}

/** The end of a value with quotes, behind the second one. */
function passQuoted({ text, at, row }: Reader): number {
  let doubled = 0
  for (let from = at + 1; ; from += 2, doubled++) {
    from = text.indexOf('"', from)
    if (from < 0) throw new Fault('CSV-006', { row }, `row ${row}`)
    // Two quotes stand for one.
    if (codeAt(text, from + 1) === quoteMark) continue
    checkField(from - at - 1 - doubled, row)
    return from + 1
  }
}

function checkField(size: number, row: number): void {
  if (size > longestField) throw new Fault('CSV-024', { row, size, max: longestField }, `row ${row}`)
}
