/** Mean and standard deviation (of the population), in two passes and without allocating: tables have millions of numbers. */
import type { Scale } from './coding.ts'

/** Of the numbers of a matrix [rows, width] in one of its columns, in the rows that are named; NaN is none. */
export function spreadOf(values: Float64Array, rows: Uint32Array, width = 1, place = 0): Scale {
  let [count, sum] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    const value = values[(rows[i] ?? 0) * width + place] ?? 0
    if (Number.isNaN(value)) continue
    count++
    sum += value
  }
  const mean = count === 0 ? 0 : sum / count
  let squares = 0
  for (let i = 0; i < rows.length; i++) {
    const away = (values[(rows[i] ?? 0) * width + place] ?? 0) - mean
    if (!Number.isNaN(away)) squares += away * away
  }
  return { mean, deviation: count === 0 ? 0 : Math.sqrt(squares / count) }
}
