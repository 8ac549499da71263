/** A rate limit: so many at once, then so many a second. */

/** Answers a function that takes one from the allowance; false when nothing is left. */
export function createAllowance(burst: number, perSecond: number): () => boolean {
  let left = burst
  let last = performance.now()
  return () => {
    const now = performance.now()
    left = Math.min(burst, left + ((now - last) / 1000) * perSecond)
    last = now
    if (left < 1) return false
    left--
    return true
  }
}
