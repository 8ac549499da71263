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

/** First row whose epoch (or step) is not below a value; `points.count` where there is none. */
export function rowAt(points: CurvePoints, value: number, column: 'epoch' | 'step' = 'epoch'): number {
  let [low, high] = [0, points.count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (curveValue(points, middle, column) < value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A column smoothed as TensorBoard does: a running mean that keeps `weight` of what was, freed of the bias of its start.
 * What is no number stays so and is passed over.
 */
export function smoothedColumn(points: CurvePoints, column: CurveColumn, weight: number): Float64Array {
  const result = new Float64Array(points.count)
  let mean = 0
  let count = 0
  for (let row = 0; row < points.count; row++) {
    const value = curveValue(points, row, column)
    result[row] = value
    if (!Number.isFinite(value)) continue
    mean = mean * weight + (1 - weight) * value
    count++
    result[row] = mean / (1 - weight ** count)
  }
  return result
}

/**
 * The curve of one column over epochs in at most about `4 * stretches` points, of the rows from `from` to before `to`;
 * what is no number is left out.
 */
export function curveLine(
  points: CurvePoints,
  column: CurveColumn,
  stretches: number,
  from = 0,
  to = points.count,
): ChartPoint[] {
  const size = Math.max(1, Math.ceil((to - from) / Math.max(1, stretches)))
  const line: ChartPoint[] = []
  const add = (row: number): void => {
    const y = curveValue(points, row, column)
    if (Number.isFinite(y)) line.push({ x: curveValue(points, row, 'epoch'), y, row })
  }
  for (let start = from; start < to; start += size) {
    const end = Math.min(to, start + size)
    if (size <= 4) for (let row = start; row < end; row++) add(row)
    else for (const row of telling(points, column, start, end)) add(row)
  }
  return line
}

/** Row with the lowest (`sign` -1) or greatest (1) finite value of a column; -1 where there is none. */
export function extremeRow(points: CurvePoints, column: CurveColumn, sign: 1 | -1): number {
  let best = -1
  for (let row = 0; row < points.count; row++) {
    const value = sign * curveValue(points, row, column)
    if (Number.isFinite(value) && (best < 0 || value > sign * curveValue(points, best, column))) best = row
  }
  return best
}

/** At most `most` rows spread evenly over the curve, with the first and the last. */
export function sampledRows(points: CurvePoints, most: number): number[] {
  const count = Math.min(points.count, most)
  return Array.from({ length: count }, (_, n) => (count < 2 ? 0 : Math.round((n * (points.count - 1)) / (count - 1))))
}
