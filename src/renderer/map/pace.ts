/** Numbers that are read are renewed at a pace that can be read; the picture itself follows every frame. */
import type { Frame } from '../../shared/frame.ts'

/** While it trains, plates change at most this often. */
export const readableMs = 450

/** Keeps the frame that plates are read from. */
export interface Pace {
  /** The frame to read from, given the newest one and the time. */
  readonly take: (frame: Frame | null, nowMs: number) => Frame | null
}

/** A frame is kept while its run trains; where it stands, and when run or recipe are others, the newest is taken. */
export function createPace(): Pace {
  let kept: Frame | null = null
  let keptAt = Number.NEGATIVE_INFINITY
  return {
    take(frame, nowMs) {
      const isSame =
        frame !== null &&
        kept !== null &&
        frame.head.run === kept.head.run &&
        frame.head.version === kept.head.version &&
        frame.head.step >= kept.head.step &&
        [...frame.sections].every(([name, { length }]) => kept?.sections.get(name)?.length === length)
      const mayWait = isSame && frame.head.status === 'running' && frame.head.edits.length === 0
      if (mayWait && nowMs - keptAt < readableMs) return kept
      if (frame !== kept) keptAt = nowMs
      kept = frame
      return kept
    },
  }
}
