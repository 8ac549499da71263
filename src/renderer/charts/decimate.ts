/** Curves with no more points than a chart can show: of each stretch the first, the lowest, the highest and the last. */
import { type CurvePoints, curveColumns } from '../stores/curve-points.ts'

/** Place of each value in a row of the curve. */
export const curveColumn = { epoch: 0, step: 1, trainLoss: 2, testLoss: 3, trainAccuracy: 4, testAccuracy: 5 } as const
export type CurveColumn = keyof typeof curveColumn

/** A point of a line, with the row it stands for. */
export interface ChartPoint {
  readonly x: number
  readonly y: number
  readonly row: number
}

/** One value of a row; NaN outside the curve. */
export function curveValue(points: CurvePoints, row: number, column: CurveColumn): number {
  return row >= 0 && row < points.count
    ? (points.rows[row * curveColumns + curveColumn[column]] ?? Number.NaN)
    : Number.NaN
}

/** Rows of a stretch that must be seen: its ends and its extremes, in order. */
function telling(points: CurvePoints, column: CurveColumn, start: number, end: number): number[] {
  let low = -1
  let high = -1
  for (let row = start; row < end; row++) {
    const value = curveValue(points, row, column)
    if (!Number.isFinite(value)) continue
    if (low < 0 || value < curveValue(points, low, column)) low = row
    if (high < 0 || value > curveValue(points, high, column)) high = row
  }
  return [...new Set([start, low, high, end - 1].filter((row) => row >= 0))].sort((a, b) => a - b)
}

/** The curve of one column over epochs in at most about `4 * stretches` points; what is no number is left out. */
export function curveLine(points: CurvePoints, column: CurveColumn, stretches: number): ChartPoint[] {
  const size = Math.max(1, Math.ceil(points.count / Math.max(1, stretches)))
  const line: ChartPoint[] = []
  const add = (row: number): void => {
    const y = curveValue(points, row, column)
    if (Number.isFinite(y)) line.push({ x: curveValue(points, row, 'epoch'), y, row })
  }
  for (let start = 0; start < points.count; start += size) {
    const end = Math.min(points.count, start + size)
    if (size <= 4) for (let row = start; row < end; row++) add(row)
    else for (const row of telling(points, column, start, end)) add(row)
  }
  return line
}

/** Row with the lowest finite value of a column; -1 where there is none. */
export function lowestRow(points: CurvePoints, column: CurveColumn): number {
  let lowest = -1
  for (let row = 0; row < points.count; row++) {
    const value = curveValue(points, row, column)
    if (Number.isFinite(value) && (lowest < 0 || value < curveValue(points, lowest, column))) lowest = row
  }
  return lowest
}

/** At most `most` rows spread evenly over the curve, with the first and the last. */
export function sampledRows(points: CurvePoints, most: number): number[] {
  const count = Math.min(points.count, most)
  return Array.from({ length: count }, (_, n) => (count < 2 ? 0 : Math.round((n * (points.count - 1)) / (count - 1))))
}
