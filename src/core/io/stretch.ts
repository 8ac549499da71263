/** What is told of a stretch of a text by its characters, without a string of it. */

export const lineFeed = 10
export const carriageReturn = 13
export const quoteMark = 34
const comma = 44
const minus = 45
const dot = 46
const digit0 = 48
const digit9 = 57

/** Digits that always make a whole number below 2^53. */
const exactDigits = 15
const powers = Float64Array.from({ length: exactDigits + 1 }, (_, i) => 10 ** i)

/**
 * The number of a stretch of digits with at most one `point` before the last of them; NaN where a closer look is needed.
 * Exact: below 2^53 the digits are a whole number that a double holds, as is the power of ten, and a quotient of two such
 * is rounded once.
 */
export function quickNumber(text: string, start: number, end: number, point: number): number {
  let isNegative = false
  let digits = 0
  let before = -1
  let whole = 0
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code >= digit0 && code <= digit9) {
      whole = whole * 10 + (code - digit0)
      digits++
    } else if (code === point && before < 0) before = digits
    else if (code === minus && i === start) isNegative = true
    else return Number.NaN
  }
  if (digits === 0 || digits > exactDigits || before === digits) return Number.NaN
  const size = before < 0 ? whole : whole / (powers[digits - before] ?? 1)
  return isNegative ? -size : size
}

/** Multiplier of the FNV-1a hash of 32 bits. */
const prime = 0x01000193

/**
 * Goes on with a hash. Quotes are passed over, so that it is the same however a cell is quoted; commas and points too where
 * `anyNumbers` may be written one way or the other.
 */
export function hashStretch(text: string, start: number, end: number, seed: number, anyNumbers: boolean): number {
  let hash = seed
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === quoteMark || (anyNumbers && (code === comma || code === dot))) continue
    hash = Math.imul(hash ^ code, prime)
  }
  return Math.imul(hash ^ quoteMark, prime)
}

/** True where two stretches of a text have the same characters. */
export function sameStretches(text: string, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false
  for (let i = 0; i < aEnd - a; i++) if (text.charCodeAt(a + i) !== text.charCodeAt(b + i)) return false
  return true
}
