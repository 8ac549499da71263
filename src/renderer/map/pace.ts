/** Numbers that are read are renewed at a pace that can be read; the picture itself follows every frame. */
import type { Frame } from '../../shared/frame.ts'
import type { MapMode } from '../../shared/protocol.ts'

/** While it trains, plates change at most this often; where all numbers are written, more can be followed. */
export const readableMs = 450
const everyNumberMs = 150
/** A calm picture is renewed this often. */
const calmMs = 5000

/** How long numbers stand, by mode. */
export const numbersMs: Readonly<Record<MapMode, number>> = {
  plain: readableMs,
  numbers: everyNumberMs,
  focus: readableMs,
  quiet: calmMs,
}

/** Keeps the frame that plates are read from. */
export interface Pace {
  /** The frame to read from, given the newest one, the time, and how long one is kept. */
  readonly take: (frame: Frame | null, nowMs: number, keptMs?: number) => Frame | null
}

/** Whether frames are of one network; of the curve each brings as many points as are new. */
const hasShapeOf = (frame: Frame, kept: Frame): boolean =>
  [...frame.sections].every(([name, { length }]) => name === 'curve' || kept.sections.get(name)?.length === length)

/** A frame is kept while its run trains; where it stands, and when run or recipe are others, the newest is taken. */
export function createPace(): Pace {
  let kept: Frame | null = null
  let keptAt = Number.NEGATIVE_INFINITY
  return {
    take(frame, nowMs, keptMs = readableMs) {
      const isSame =
        frame !== null &&
        kept !== null &&
        frame.head.run === kept.head.run &&
        frame.head.version === kept.head.version &&
        frame.head.status === kept.head.status &&
        frame.head.step >= kept.head.step &&
        hasShapeOf(frame, kept)
      const mayWait = isSame && frame.head.status === 'running' && frame.head.edits.length === 0
      if (mayWait && nowMs - keptAt < keptMs) return kept
      if (frame !== kept) keptAt = nowMs
      kept = frame
      return kept
    },
  }
}
