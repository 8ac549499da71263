/** Past moments of a run, whole, so that it can be looked at and gone on from: dense where much changed. */
import type { SessionState } from '../../core/train/session.ts'

/** The present of a run that shows a past moment. */
export interface Present {
  readonly state: SessionState
  /** Brings back what was known of the best state. */
  readonly remind: () => void
}

/** More moments than a slider has places. */
const MAX_MOMENTS = 300
/** Memory that the moments of one run may take; networks of which not even three fit have none. */
const MAX_BYTES = 128 * 1024 * 1024
const MIN_MOMENTS = 3
/** Keeping takes at most this share of the time, and is done at most this often. */
const TIME_SHARE = 0.02
const SHORTEST_GAP_MS = 16
/** Bytes of a state beside its numbers. */
const STATE_BYTES = 4096
const REFERENCE_BYTES = 8
const OF_OPTIMIZER = 'state.'

interface Moment {
  readonly state: SessionState
  readonly step: number
  readonly epoch: number
  readonly sizeBytes: number
  /** How far the parameters are from those of the moment before. */
  moved: number
}

export interface Moments {
  /** Keeps the present, where a moment is due. */
  note(step: number, now: number, take: () => SessionState): void
  /** Step and epoch of every moment, oldest first. */
  list(): { step: number; epoch: number }[]
  /** The state kept last at or before a step; null where there is none. */
  at(step: number): SessionState | null
  /** Forgets what came after a step. */
  cut(step: number): void
  /** Memory that they take. */
  readonly sizeBytes: number
}

/** Euclidean distance of the parameters; infinite between networks of other shapes. */
function distance(one: SessionState, other: SessionState): number {
  let sum = 0
  for (const [name, { data }] of one.tensors) {
    if (name.startsWith(OF_OPTIMIZER)) continue
    const against = other.tensors.get(name)?.data
    if (against === undefined || against.length !== data.length) return Number.POSITIVE_INFINITY
    for (let i = 0; i < data.length; i++) sum += ((data[i] ?? 0) - (against[i] ?? 0)) ** 2
  }
  return Math.sqrt(sum)
}

/** Memory that a state takes; the points of a painting are shared, the list of them is not. */
export function stateBytes({ tensors, recipe: { data } }: SessionState): number {
  const painted = data.source === 'points' ? (data.points?.length ?? 0) * REFERENCE_BYTES : 0
  return [...tensors.values()].reduce((sum, { data: values }) => sum + values.byteLength, STATE_BYTES + painted)
}

/** Takes out the moment between whose neighbours least would be missed; the first and the newest stay. */
function thin(moments: Moment[]): void {
  let least = 1
  let missed = Number.POSITIVE_INFINITY
  for (let i = 1; i < moments.length - 1; i++) {
    const change = (moments[i]?.moved ?? 0) + (moments[i + 1]?.moved ?? 0)
    if (change < missed) {
      missed = change
      least = i
    }
  }
  moments.splice(least, 1)
  const [before, after] = [moments[least - 1], moments[least]]
  if (before !== undefined && after !== undefined) after.moved = distance(before.state, after.state)
}

/** Makes a list without moments. `clock` tells what keeping costs. */
export function createMoments(clock: () => number = () => performance.now(), maxBytes: number = MAX_BYTES): Moments {
  let moments: Moment[] = []
  let dueAt = Number.NEGATIVE_INFINITY
  let bytes = 0
  const keepOnly = (kept: Moment[]): void => {
    moments = kept
    bytes = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }
  return {
    note(step, now, take) {
      const last = moments.at(-1)
      if (last !== undefined && (last.step >= step || now < dueAt)) return
      const state = take()
      const sizeBytes = stateBytes(state)
      if (MIN_MOMENTS * sizeBytes > maxBytes) {
        dueAt = Number.POSITIVE_INFINITY
        keepOnly([])
        return
      }
      const moved = last === undefined ? 0 : distance(last.state, state)
      moments.push({ state, step, epoch: state.counters.epoch ?? 0, sizeBytes, moved })
      bytes += sizeBytes
      while (moments.length > MIN_MOMENTS && (moments.length > MAX_MOMENTS || bytes > maxBytes)) {
        thin(moments)
        keepOnly(moments)
      }
      const after = clock()
      dueAt = after + Math.max(SHORTEST_GAP_MS, (after - now) / TIME_SHARE)
    },
    list: () => moments.map(({ step, epoch }) => ({ step, epoch })),
    at: (step) => moments.findLast((moment) => moment.step <= step)?.state ?? null,
    cut(step) {
      keepOnly(moments.filter((moment) => moment.step <= step))
    },
    get sizeBytes() {
      return bytes
    },
  }
}
