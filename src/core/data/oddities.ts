/** What is odd about a table but stops nothing. */
import { excerpt, type FaultRecord, type MissingRule, type Recipe } from '../spec/index.ts'
import { type Column, missingCount } from './column.ts'
import type { Target } from './table-target.ts'

/** From this share of one class on, accuracy says little. */
const lopsidedShare = 0.95

/**
 * `CSV-012` for columns that are the same everywhere, `CSV-031` for rows that both train and test, `CSV-032` where nearly
 * all rows are of one class.
 */
export function oddities(inputs: readonly Column[], target: Target, inBoth: number): readonly FaultRecord[] {
  const found: FaultRecord[] = []
  for (const column of inputs) {
    if (isSameEverywhere(column)) {
      const { name } = column
      found.push({ code: 'CSV-012', at: `column ${name}`, values: { column: excerpt(name) } })
    }
  }
  if (inBoth > 0) found.push({ code: 'CSV-031', values: { count: inBoth } })
  if (target.task === 'classes') found.push(...lopsided(target))
  return found
}

function isSameEverywhere({ cells, place }: Column): boolean {
  for (let row = 1; row < cells.count; row++) if (!cells.isSame(place, row, 0)) return false
  return true
}

/** `CSV-040` for empty cells that become the mean (or a word of their own), `CSV-041` for those that are learned from. */
export function filledCells(inputs: readonly Column[], rule: MissingRule | null): readonly FaultRecord[] {
  if (rule === null || rule === 'drop') return []
  const count = inputs.reduce((sum, column) => sum + missingCount(column), 0)
  return count === 0 ? [] : [{ code: rule === 'mean' ? 'CSV-040' : 'CSV-041', values: { count } }]
}

/** `DATA-008` where a table has fewer rows to learn from than a batch would take. */
export function smallBatch({ data, training }: Recipe, rows: number): readonly FaultRecord[] {
  if (data.source !== 'table' || training.batchSize <= rows) return []
  return [{ code: 'DATA-008', at: 'training.batchSize', values: { count: rows, given: training.batchSize } }]
}

function lopsided({ values, names }: Target): readonly FaultRecord[] {
  const counts = new Float64Array(names.length)
  for (let i = 0; i < values.length; i += 2) counts[values[i] ?? 0] = (counts[values[i] ?? 0] ?? 0) + 1
  const most = counts.indexOf(Math.max(...counts))
  const share = (counts[most] ?? 0) / (values.length / 2)
  if (share < lopsidedShare) return []
  return [{ code: 'CSV-032', values: { given: excerpt(names[most] ?? ''), percent: Math.round(share * 1000) / 10 } }]
}
