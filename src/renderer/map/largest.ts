/** What the numbers of a picture are measured against. */

/** Largest finite |value| of a stretch. */
export function largestIn(values: Float32Array, start: number, end: number): number {
  let largest = 0
  // Not a step beyond the end: one read there, and every number read later is boxed.
  const last = Math.min(end, values.length)
  for (let n = start; n < last; n++) {
    const size = Math.abs(values[n] ?? 0)
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size
  }
  return largest
}
