/** The curve of a run: one point an evaluated epoch, bounded, in the order of steps. */
import type { Metrics } from '../../core/spec/index.ts'

/** Epoch, step, trainLoss, testLoss, trainAccuracy, testAccuracy; NaN where there is none. */
const COLUMNS = 6
/** More points than any screen is wide, with room to zoom in. */
const MAX_POINTS = 20_000

export interface Curve {
  /** Another number when points went, and for every curve; who has points of another generation drops them. */
  readonly generation: number
  add(epoch: number, step: number, metrics: Metrics): void
  /** Points after this step, [n, 6]; -1 for all. */
  since(step: number): Float32Array
  /** The last point's step; -1 for none. */
  readonly lastStep: number
  /** Forgets the points after a step. */
  cut(step: number): void
}

/** The step at which the training loss was lowest; 0 where there is none. */
export function lowestStep(points: Float32Array): number {
  let [least, at] = [Number.POSITIVE_INFINITY, 0]
  for (let i = 0; i < points.length; i += COLUMNS) {
    const loss = points[i + 2] ?? Number.NaN
    if (loss < least) [least, at] = [loss, points[i + 1] ?? 0]
  }
  return at
}

let generations = 0

/** Makes a curve, from the points of an older one where given. */
export function createCurve(saved: Float32Array = new Float32Array(0)): Curve {
  let points: number[] = Array.from(saved)
  let generation = generations++
  const stepAt = (row: number): number => points[row * COLUMNS + 1] ?? -1
  const count = (): number => points.length / COLUMNS
  /** Every second point goes; the first and the newest stay. */
  const thin = (): void => {
    const last = count() - 1
    points = points.filter((_, i) => {
      const row = Math.floor(i / COLUMNS)
      return row % 2 === 0 || row === last
    })
  }
  return {
    get generation() {
      return generation
    },
    add(epoch, step, metrics) {
      if (count() >= MAX_POINTS) thin()
      const { trainLoss, testLoss, trainAccuracy, testAccuracy } = metrics
      points.push(
        epoch,
        step,
        trainLoss,
        testLoss ?? Number.NaN,
        trainAccuracy ?? Number.NaN,
        testAccuracy ?? Number.NaN,
      )
    },
    since(step) {
      let row = count()
      while (row > 0 && stepAt(row - 1) > step) row--
      return Float32Array.from(points.slice(row * COLUMNS))
    },
    get lastStep() {
      return stepAt(count() - 1)
    },
    cut(step) {
      if (stepAt(count() - 1) <= step) return
      points = points.filter((_, i) => stepAt(Math.floor(i / COLUMNS)) <= step)
      generation = generations++
    },
  }
}
