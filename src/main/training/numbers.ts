/**
 * What has a number for every parameter: of a large network a megabyte and more. While such a run trains, its numbers of
 * one moment are copied now and then and go out in pieces, as much with each frame as the time since; a page that draws
 * sixty times a second has no room to take them in at once.
 */
import type { SectionName, SectionPart } from '../../shared/frame.ts'

/** Numbers of up to so many parameters go with every frame. */
export const FEW_PARAMETERS = 50_000
/** Those of more take a tenth of a second for every 100,000 to arrive. */
const MANY_MS = 100
const MANY = 100_000
/** Copying them takes at most one part in so many of the time. */
const COPY_SHARE = 24
/** A piece is not smaller than this, but the last. */
const LEAST_PART = 1 << 14

type Numbers = ReadonlyMap<SectionName, Float32Array>

/** What goes with a frame: all numbers, or pieces of them, or nothing. */
export interface Portion {
  readonly whole: Numbers
  readonly parts: readonly SectionPart[]
}

const nothing: Numbers = new Map()

/** Numbers of one moment that are on their way to a watcher. */
interface Underway {
  readonly numbers: Numbers
  readonly count: number
  readonly takenAt: number
  sent: number
}

/** The pieces of all sections, laid one after the other, from number `from` to number `to`. */
function partsBetween(numbers: Numbers, from: number, to: number): SectionPart[] {
  const parts: SectionPart[] = []
  let start = 0
  for (const [name, all] of numbers) {
    const [first, end] = [Math.max(0, from - start), Math.min(all.length, to - start)]
    if (end > first) parts.push({ name, data: all.subarray(first, end), from: first, whole: all.length })
    start += all.length
  }
  return parts
}

/** The numbers that one watcher is sent. */
export class Outgoing {
  #underway: Underway | null = null
  /** When they were last copied, and how long that took. */
  #takenAt = Number.NEGATIVE_INFINITY
  #tookMs = 0
  #frameAt = Number.NEGATIVE_INFINITY

  /** What of `take`'s numbers goes with a frame: all where it must, where they are few, and where frames come seldom. */
  next(take: () => Numbers, parameterCount: number, mustBeWhole: boolean, now: number): Portion {
    const spanMs = (MANY_MS * parameterCount) / MANY
    const isSeldom = now - this.#frameAt > spanMs
    this.#frameAt = now
    if (mustBeWhole || isSeldom || parameterCount <= FEW_PARAMETERS) {
      this.#underway = null
      return { whole: this.#take(take, now), parts: [] }
    }
    if (this.#underway === null && now - this.#takenAt >= Math.max(spanMs, COPY_SHARE * this.#tookMs)) {
      const numbers = this.#take(take, now)
      const count = [...numbers.values()].reduce((sum, { length }) => sum + length, 0)
      if (count > 0) this.#underway = { numbers, count, takenAt: now, sent: 0 }
    }
    return { whole: nothing, parts: this.#piece(spanMs, now) }
  }

  /** How long copying took last, in ms. */
  get tookMs(): number {
    return this.#tookMs
  }

  #take(take: () => Numbers, now: number): Numbers {
    const begin = performance.now()
    const numbers = take()
    this.#takenAt = now
    this.#tookMs = performance.now() - begin
    return numbers
  }

  #piece(spanMs: number, now: number): readonly SectionPart[] {
    const underway = this.#underway
    if (underway === null) return []
    const { numbers, count, takenAt, sent } = underway
    const due = Math.ceil((count * (now - takenAt)) / spanMs)
    underway.sent = Math.min(count, Math.max(due, sent + LEAST_PART))
    if (underway.sent === count) this.#underway = null
    return partsBetween(numbers, sent, underway.sent)
  }
}
