import { readCsv, type Table } from '../../src/core/io/csv.ts'
import type { TableReading } from '../../src/core/spec/index.ts'

/** A table with the texts of all its cells and the rows of the file on which they begin. */
export interface TableRows extends Omit<Table, 'cells'> {
  readonly rows: readonly (readonly string[])[]
  readonly rowNumbers: readonly number[]
}

/** Reads a table whole. Throws as `readCsv`. */
export function readRows(text: string, reading: TableReading = {}): TableRows {
  const { cells, ...table } = readCsv(text, reading)
  const rows = cells.texts()
  return { ...table, rows, rowNumbers: rows.map((_, row) => cells.rowNumber(row)) }
}
