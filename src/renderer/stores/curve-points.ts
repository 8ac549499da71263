/** The points of a loss curve in one growing array; when it is full every second point goes. */

/** Columns of a row, in the order of the frame's `curve` section. */
export const curveColumns = 6

/** Rows [count, 6]: epoch, step, trainLoss, testLoss, trainAccuracy, testAccuracy; NaN where there is none. */
export interface CurvePoints {
  readonly count: number
  /** At least `count` rows long. */
  readonly rows: Float32Array
}

/** More points than a wide screen has pixels, four times over. */
const mostPoints = 16_384

export const noPoints: CurvePoints = { count: 0, rows: new Float32Array(0) }

function grown(rows: Float32Array, count: number): Float32Array {
  const next = new Float32Array(count * curveColumns)
  next.set(rows.subarray(0, Math.min(rows.length, next.length)))
  return next
}

/** Every second row, the first and the newest kept. */
function thinned(points: CurvePoints): CurvePoints {
  const rows = new Float32Array(points.rows.length)
  let count = 0
  for (let i = (points.count - 1) % 2; i < points.count; i += 2) {
    const from = count === 0 ? 0 : i
    rows.set(points.rows.subarray(from * curveColumns, (from + 1) * curveColumns), count * curveColumns)
    count++
  }
  return { count, rows }
}

/** Points with new rows behind; the array of the old ones may be used on. */
export function appended(points: CurvePoints, added: Float32Array): CurvePoints {
  const more = Math.floor(added.length / curveColumns)
  if (more === 0) return points
  if (points.count + more > mostPoints && points.count > 1) return appended(thinned(points), added)
  const count = points.count + more
  const fits = count * curveColumns <= points.rows.length
  const rows = fits ? points.rows : grown(points.rows, Math.max(256, count * 2))
  rows.set(added.subarray(0, more * curveColumns), points.count * curveColumns)
  return { count, rows }
}
