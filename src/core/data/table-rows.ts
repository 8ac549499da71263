/** Which rows of a table are learned from. */
import type { Table } from '../io/csv.ts'
import type { DuplicateRule, FaultRecord, MissingRule } from '../spec/index.ts'
import { type Column, cellNumbers, isGap, isNumeric, missingCount } from './column.ts'
import { firstAlike } from './duplicates.ts'

/** What becomes of rows that are odd. */
export interface RowRules {
  /** Null refuses empty cells. */
  readonly missing: MissingRule | null
  readonly duplicates: DuplicateRule
  /** Rows with cells that cannot be read are left out, else refused. */
  readonly skip: boolean
}

/**
 * Rows that can be learned from: those without a target never, those with other empty cells, with words among numbers,
 * or like an earlier one as the rules say. What is left out is told in `warnings`.
 */
export function keptRows(
  targets: readonly Column[],
  inputs: readonly Column[],
  { missing, duplicates, skip }: RowRules,
  { skipped, cells }: Table,
  warnings: FaultRecord[],
): Uint32Array {
  const all = new Uint32Array(cells.count).map((_, row) => row)
  if (missing === null) return all
  const columns = [...targets, ...inputs]
  const needed = (missing === 'drop' ? columns : targets).filter((column) => missingCount(column) > 0)
  const whole = all.filter((row) => !needed.some((column) => isGap(column, row)))
  if (whole.length < all.length) warnings.push({ code: 'CSV-028', values: { count: all.length - whole.length } })
  const readable = skip ? readableRows(columns, whole) : whole
  const wrong = [...skipped, ...withoutRows(whole, readable).map((row) => cells.rowNumber(row))]
  if (wrong.length > 0) {
    warnings.push({ code: 'CSV-038', values: { count: wrong.length, row: Math.min(...wrong.slice(0, mostNamed)) } })
  }
  if (duplicates !== 'drop') return readable
  const alike = firstAlike(only(columns, readable))
  const kept = readable.filter((_, place) => alike[place] === place)
  if (kept.length < readable.length)
    warnings.push({ code: 'CSV-039', values: { count: readable.length - kept.length } })
  return kept
}

/** Rows among which the first is looked for. */
const mostNamed = 10_000

function readableRows(columns: readonly Column[], rows: Uint32Array): Uint32Array {
  const numeric = columns.filter(isNumeric)
  return rows.filter((row) => numeric.every((column) => !Number.isNaN(cellNumbers(column)[row]) || isGap(column, row)))
}

function withoutRows(rows: Uint32Array, kept: Uint32Array): number[] {
  if (rows.length === kept.length) return []
  const stays = new Set(kept)
  return [...rows].filter((row) => !stays.has(row))
}

/** Columns of one table with some of its rows. */
export function only(columns: readonly Column[], rows: Uint32Array): readonly Column[] {
  const [first] = columns
  if (first === undefined || rows.length === first.cells.count) return columns
  const cells = first.cells.only(rows)
  return columns.map((column) => ({ ...column, cells }))
}
