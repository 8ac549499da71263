/** What a table looks like before anything is learned from it. */
import { readCsv } from '../io/csv.ts'
import type { ColumnPreview, FaultRecord, TablePreview, TableReading } from '../spec/index.ts'
import { namedColumns } from './coding.ts'
import { type Column, cellNumbers, isMissing, isNumeric, lookAtAll, missingCount } from './column.ts'
import { spreadOf } from './spread.ts'

/** Different values are counted up to here. */
const mostDistinct = 1000
/** Rows that are shown. */
const shownRows = 50
/** Characters that tell whether the first row is a header. */
const looked = 20_000

/**
 * Reads a table, as `given` says or as it is found, and tells how it was read and what is in its columns. Throws as
 * `readCsv`.
 */
export function previewTable(text: string, given: TableReading = {}): Omit<TablePreview, 'content' | 'file'> {
  const header = given.header ?? hasHeader(text, given)
  const table = readCsv(text, { ...given, header })
  const { separator, decimal, skipped } = table
  const notices: FaultRecord[] = []
  const columns = namedColumns(table, notices)
  lookAtAll(columns)
  const all = Uint32Array.from(table.rows.keys())
  if (given.separator === undefined && separator !== ',') {
    notices.push({ code: 'CSV-035', values: { separator: separator === '\t' ? 'Tab' : separator } })
  }
  if (given.header === undefined && !header) notices.push({ code: 'CSV-036', at: 'row 1', values: {} })
  if (given.decimal === undefined && decimal === ',') notices.push({ code: 'CSV-037', values: {} })
  return {
    reading: { ...given, separator, header, decimal },
    rows: table.rows.length + skipped.length,
    columns: columns.map((column) => previewColumn(column, all)),
    head: table.rows.slice(0, shownRows),
    notices,
  }
}

/** False where the first row holds numbers wherever the rows below it do. */
function hasHeader(text: string, given: TableReading): boolean {
  const end = text.lastIndexOf('\n', looked)
  const head = text.length <= looked || end < 0 ? text : text.slice(0, end)
  if (head.trim() === '' || head.includes('\0')) return true
  const table = readCsv(head, { ...given, header: false, skip: true })
  const [first, ...others] = table.rows
  if (first === undefined || others.length === 0) return true
  const below = namedColumns({ ...table, rows: others, rowNumbers: table.rowNumbers.slice(1) }, [])
  const numeric = below.flatMap((column, i) => (isNumeric(column) ? [first[i] ?? ''] : []))
  return numeric.length === 0 || numeric.some((cell) => !/^\s*[+-]?[\d.,]+(e[+-]?\d+)?\s*$/i.test(cell))
}

/** What is in one column; its mean and deviation are those of `rows`. */
export function previewColumn(column: Column, rows: Uint32Array): ColumnPreview {
  const { name, values } = column
  const distinct = new Set<string>()
  for (const value of values) {
    if (distinct.size >= mostDistinct) break
    if (!isMissing(value)) distinct.add(value)
  }
  const common = { name, missing: missingCount(column), distinct: distinct.size }
  if (!isNumeric(column)) return { ...common, kind: 'words', mean: null, deviation: null }
  return { ...common, kind: 'number', ...spreadOf(cellNumbers(column), rows) }
}
