/** How fast a run goes: how many batches a call may take, how many are allowed, how many were done. */

/** One call into the session takes about this long, so that a slice ends on time. */
const CHUNK_MS = 1
const MAX_CHUNK = 4096
/** The shown rate is the mean over this time. */
const RATE_MS = 500
/** A run that fell behind its speed limit (the computer slept) does not catch up more than this. */
const MAX_BEHIND_MS = 250

export interface Pace {
  /** Steps a second at most; null for none. */
  readonly limit: number | null
  setLimit(stepsPerSecond: number | null, now: number): void
  /** Forgets the past: the run starts or goes on now. */
  start(now: number): void
  /** Batches that the next call into the session may train; 0 when the limit says wait. */
  chunk(now: number): number
  /** Takes note of batches done. */
  did(steps: number, tookMs: number, now: number): void
  /** When the limit allows the next batch. */
  readonly dueAt: number
  readonly stepsPerSecond: number
}

/** Makes a pace without a limit. */
export function createPace(): Pace {
  let limit: number | null = null
  let dueAt = 0
  let chunk = 1
  let rate = 0
  let counted = 0
  let countedFrom = 0
  return {
    get limit() {
      return limit
    },
    setLimit(stepsPerSecond, now) {
      limit = stepsPerSecond
      dueAt = now
    },
    start(now) {
      dueAt = now
      rate = 0
      counted = 0
      countedFrom = now
    },
    chunk(now) {
      if (limit === null) return chunk
      if (now < dueAt) return 0
      dueAt = Math.max(dueAt, now - MAX_BEHIND_MS)
      return Math.min(chunk, Math.floor(((now - dueAt) * limit) / 1000) + 1)
    },
    did(steps, tookMs, now) {
      if (limit !== null) dueAt += (steps * 1000) / limit
      if (steps >= chunk && tookMs < CHUNK_MS / 2) chunk = Math.min(MAX_CHUNK, chunk * 2)
      else if (tookMs > CHUNK_MS * 2) chunk = Math.max(1, chunk >> 1)
      counted += steps
      const elapsed = now - countedFrom
      if (elapsed >= RATE_MS || (rate === 0 && elapsed > 0)) rate = (counted * 1000) / elapsed
      if (elapsed >= RATE_MS) {
        counted = 0
        countedFrom = now
      }
    },
    get dueAt() {
      return limit === null ? 0 : dueAt
    },
    get stepsPerSecond() {
      return rate
    },
  }
}
