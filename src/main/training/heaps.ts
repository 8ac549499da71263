/** Histograms of a run since its start: at some steps, thinned as it goes on, within a share of the time. */
import type { Heaps } from '../../core/spec/index.ts'

/** Moments that are kept at most: as many as a ridge picture can show. */
const MAX_MOMENTS = 40
/** Looking takes at most this share of the time, and is done at most this often. */
const TIME_SHARE = 0.01
const SHORTEST_GAP_MS = 40

export interface HeapLog {
  /** Looks at the network, where a moment is due. */
  note(step: number, now: number, look: () => Heaps): void
  /** The moments so far, oldest first. */
  readonly moments: readonly Heaps[]
  /** Forgets what came after a step. */
  cut(step: number): void
}

/** Makes a log without moments. `clock` tells what looking costs. */
export function createHeapLog(clock: () => number = () => performance.now()): HeapLog {
  let moments: Heaps[] = []
  let stride = 1
  let dueAt = Number.NEGATIVE_INFINITY
  return {
    note(step, now, look) {
      const last = moments.at(-1)
      if (last !== undefined && (step - last.step < stride || now < dueAt)) return
      const made = look()
      if (last !== undefined && last.layers.length !== made.layers.length) moments = []
      if (moments.length >= MAX_MOMENTS) {
        moments = moments.filter((_, index) => index % 2 === 0)
        stride = Math.max(stride * 2, Math.ceil(step / MAX_MOMENTS))
      }
      moments.push(made)
      const after = clock()
      dueAt = after + Math.max(SHORTEST_GAP_MS, (after - now) / TIME_SHARE)
    },
    get moments() {
      return moments
    },
    cut(step) {
      moments = moments.filter((moment) => moment.step <= step)
    },
  }
}
