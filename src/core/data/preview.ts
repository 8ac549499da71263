/** What a table looks like before anything is learned from it. */
import { readCsv } from '../io/csv.ts'
import type { ColumnPreview, FaultRecord, TablePreview, TableReading } from '../spec/index.ts'
import { namedColumns } from './coding.ts'
import { type Column, cellNumbers, isGap, isNumeric, lookAtAll, missingCount } from './column.ts'
import { kindsOf } from './duplicates.ts'
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
  const { cells, separator, decimal, skipped } = table
  const notices: FaultRecord[] = []
  const columns = namedColumns(table, notices)
  lookAtAll(columns)
  const all = new Uint32Array(cells.count).map((_, row) => row)
  if (given.separator === undefined && separator !== ',') {
    notices.push({ code: 'CSV-035', values: { separator: separator === '\t' ? 'Tab' : separator } })
  }
  if (given.header === undefined && !header) notices.push({ code: 'CSV-036', at: 'row 1', values: {} })
  if (given.decimal === undefined && decimal === ',') notices.push({ code: 'CSV-037', values: {} })
  return {
    reading: { ...given, separator, header, decimal },
    rows: cells.count + skipped.length,
    columns: previewColumns(columns, all),
    head: cells.texts(0, shownRows),
    notices,
  }
}

/** False where the first row holds numbers wherever the rows below it do. */
function hasHeader(text: string, given: TableReading): boolean {
  const end = text.lastIndexOf('\n', looked)
  const head = text.length <= looked || end < 0 ? text : text.slice(0, end)
  if (head.trim() === '' || head.includes('\0')) return true
  const table = readCsv(head, { ...given, header: false, skip: true })
  const { cells } = table
  if (cells.count < 2) return true
  const below = namedColumns({ ...table, cells: cells.from(1) }, [])
  const numeric = below.flatMap((column, i) => (isNumeric(column) ? [cells.cell(0, i)] : []))
  return numeric.length === 0 || numeric.some((cell) => !/^\s*[+-]?[\d.,]+(e[+-]?\d+)?\s*$/i.test(cell))
}

/** What is in columns of one table; their means and deviations are those of `rows`. */
export function previewColumns(columns: readonly Column[], rows: Uint32Array): ColumnPreview[] {
  const counts = distinctCounts(columns)
  return columns.map((column, i) => {
    const common = { name: column.name, missing: missingCount(column), distinct: counts[i] ?? 0 }
    if (!isNumeric(column)) return { ...common, kind: 'words', mean: null, deviation: null }
    return { ...common, kind: 'number', ...spreadOf(cellNumbers(column), rows) }
  })
}

/** How many different values there are in each of some columns of one table. */
function distinctCounts(columns: readonly Column[]): readonly number[] {
  let open = columns.map((column) => ({ column, count: 0, firstOf: kindsOf([column], mostDistinct) }))
  const all = open
  // Row by row, as the cells lie in memory.
  for (let row = 0; row < (columns[0]?.cells.count ?? 0) && open.length > 0; row++) {
    let isFull = false
    for (const one of open) {
      if (isGap(one.column, row) || one.firstOf(row) !== row) continue
      one.count++
      isFull ||= one.count === mostDistinct
    }
    if (isFull) open = open.filter(({ count }) => count < mostDistinct)
  }
  return all.map(({ count }) => count)
}
