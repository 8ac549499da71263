/** What a table looks like before anything is learned from it. */
import { readCsv } from '../io/csv.ts'
import type { ColumnPreview, FaultRecord, TablePreview } from '../spec/index.ts'
import { namedColumns } from './coding.ts'
import { type Column, isMissing, looksNumeric } from './column.ts'

/** Different values are counted up to here. */
const mostDistinct = 1000
/** Rows that are shown. */
const shownRows = 50

/** Reads a table and tells what is in its columns. Throws as `readCsv`. */
export function previewTable(csv: string): Omit<TablePreview, 'content' | 'file' | 'encoding'> {
  const table = readCsv(csv)
  const notices: FaultRecord[] = []
  const columns = namedColumns(table, notices)
  return {
    separator: table.separator,
    decimal: table.decimal,
    rows: table.rows.length,
    columns: columns.map(previewColumn),
    head: table.rows.slice(0, shownRows),
    notices,
  }
}

function previewColumn({ name, values }: Column): ColumnPreview {
  const distinct = new Set<string>()
  const numbers: number[] = []
  let missing = 0
  let numeric = 0
  for (const value of values) {
    if (isMissing(value)) {
      missing++
      continue
    }
    if (distinct.size < mostDistinct) distinct.add(value)
    if (!looksNumeric(value)) continue
    numeric++
    const number = Number(value)
    if (Number.isFinite(number)) numbers.push(number)
  }
  const common = { name, missing, distinct: distinct.size }
  if (numeric <= (values.length - missing) / 2) return { ...common, kind: 'words', mean: null, deviation: null }
  const mean = numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length)
  const squares = numbers.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  return { ...common, kind: 'number', mean, deviation: Math.sqrt(squares / Math.max(1, numbers.length)) }
}
