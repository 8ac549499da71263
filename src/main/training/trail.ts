/** Where the parameters of a run have been since its start: all of them at some steps, thinned as it goes on. */

/** Points a trail has at most, and the memory it may take. */
const MAX_POINTS = 512
const MAX_BYTES = 8 * 1024 * 1024
/** A trail of fewer points tells nothing: networks that large have none. */
const MIN_POINTS = 8

interface Point {
  readonly step: number
  readonly values: Float32Array
}

export interface Trail {
  /** Notes the parameters at a step, where the trail wants a point there. */
  note(step: number, values: () => Float32Array): void
  /** [step, value] one after the other of one parameter. */
  of(place: number): number[]
  /** Forgets what came after a step. */
  cut(step: number): void
}

/** Makes a trail without points. */
export function createTrail(): Trail {
  let points: Point[] = []
  let stride = 1
  const last = (): Point | undefined => points.at(-1)
  return {
    note(step, values) {
      const before = last()
      if (before !== undefined && step - before.step < stride) return
      const now = values()
      const most = Math.min(MAX_POINTS, Math.floor(MAX_BYTES / Math.max(4, now.byteLength)))
      // Another shape: older points tell of other parameters.
      if (before !== undefined && before.values.length !== now.length) points = []
      // Before anything is copied: this is asked at every step.
      if (most < MIN_POINTS) return
      if (points.length >= most) {
        points = points.filter((_, index) => index % 2 === 0)
        stride *= 2
      }
      points.push({ step, values: now.slice() })
    },
    of: (place) => points.flatMap(({ step, values }) => [step, values[place] ?? Number.NaN]),
    cut(step) {
      points = points.filter((point) => point.step <= step)
    },
  }
}
