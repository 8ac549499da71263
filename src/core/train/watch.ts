/** The last updates of the parameters that somebody looks at. */
import type { Workshop } from './workshop.ts'

/** Parameters watched at a time; the one asked for longest ago makes room. */
const mostWatched = 16
/** Updates that are kept of each. */
const mostRecent = 256

/** Everything that one update read and wrote of one parameter. */
export interface UpdateRecord {
  /** Number of the step. */
  readonly step: number
  /** Count of updates, the first being 1. */
  readonly update: number
  readonly from: number
  /** What the update made of it. */
  readonly moved: number
  /** What it is after the step: the same, or what it was held at. */
  readonly to: number
  readonly gradient: number
  /** The optimizer's memories of it, before and after the update. */
  readonly memoryBefore: readonly number[]
  readonly memoryAfter: readonly number[]
  /** The update's numbers: rate, penalties, clipping, the optimizer's own. */
  readonly cells: Float64Array
}

interface Watched {
  readonly recent: number[]
  record: UpdateRecord | null
}

type Before = Pick<UpdateRecord, 'from' | 'memoryBefore'>

/** Looks at a few parameters before and after steps; a session that watches none pays nothing. */
export class Watch {
  #watched = new Map<number, Watched>()
  #before: readonly Before[] = []
  #moved: readonly Omit<UpdateRecord, 'to'>[] = []

  get any(): boolean {
    return this.#watched.size > 0
  }

  /** Watches a parameter from now on; answers what is known of it. */
  look(place: number): { readonly record: UpdateRecord | null; readonly recent: readonly number[] } {
    const known = this.#watched.get(place) ?? { recent: [], record: null }
    this.#watched.delete(place)
    this.#watched.set(place, known)
    for (const oldest of this.#watched.keys()) {
      if (this.#watched.size <= mostWatched) break
      this.#watched.delete(oldest)
    }
    return known
  }

  before({ backend, at }: Workshop): void {
    if (!this.any) return
    const values = backend.read(at.parameters)
    const slots = at.slots.map((slot) => backend.read(slot))
    this.#before = [...this.#watched.keys()].map((place) => ({
      from: values[place] ?? 0,
      memoryBefore: slots.map((slot) => slot[place] ?? 0),
    }))
  }

  /** After the update, before held parameters are put back. */
  updated({ backend, at }: Workshop, step: number): void {
    if (!this.any) return
    const [values, gradients] = [backend.read(at.parameters), backend.read(at.gradients)]
    const slots = at.slots.map((slot) => backend.read(slot))
    const update = backend.read(at.updates)[0] ?? 0
    const cells = Float64Array.from(backend.read(at.cells))
    this.#moved = [...this.#watched.keys()].map((place, index) => ({
      ...(this.#before[index] ?? { from: Number.NaN, memoryBefore: [] }),
      step,
      update,
      moved: values[place] ?? 0,
      gradient: gradients[place] ?? 0,
      memoryAfter: slots.map((slot) => slot[place] ?? 0),
      cells,
    }))
  }

  /** After the step. */
  after({ backend, at }: Workshop): void {
    if (!this.any) return
    const values = backend.read(at.parameters)
    let index = 0
    for (const [place, watched] of this.#watched) {
      const moved = this.#moved[index++]
      if (moved === undefined) continue
      const to = values[place] ?? 0
      watched.record = { ...moved, to }
      watched.recent.push(moved.step, to, moved.gradient)
      if (watched.recent.length > 3 * mostRecent) watched.recent.splice(0, watched.recent.length - 3 * mostRecent)
    }
    this.#moved = []
  }

  /** Parameters were set from outside: records of updates would tell of another past. */
  forget(): void {
    for (const watched of this.#watched.values()) watched.record = null
  }

  /** Another network: nothing that was watched is there. */
  clear(): void {
    this.#watched = new Map()
  }
}
