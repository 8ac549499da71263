/** The cell of a table that a fault speaks of. */
import { readCsv } from '../io/csv.ts'
import { type CellEdit, excerpt, type Fault, type TableData } from '../spec/index.ts'
import { namedColumns } from './coding.ts'

/** Place and text of the cell that a fault names by row and column; null where it names none. */
export function faultyCell(data: TableData, text: string, { values }: Fault): CellEdit | null {
  if (typeof values.row !== 'number' || values.column === undefined) return null
  const table = readCsv(text, data.reading)
  const row = table.cells.findRow(values.row)
  const column = namedColumns(table, []).findIndex(({ name }) => excerpt(name) === values.column)
  if (row < 0 || column < 0) return null
  const edited = data.cells.findLast(([atRow, atColumn]) => atRow === row && atColumn === column)
  return [row, column, edited?.[2] ?? table.cells.cell(row, column)]
}
