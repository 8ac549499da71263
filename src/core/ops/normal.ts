/** The normal distribution in float64, for references. */

/** Terms of the series; at |z| = 6, where erf is 1 to the last bit, they have long become 0. */
const terms = 160
const erfEnd = 6

/**
 * The error function `2 / sqrt(pi) e^(-z^2) sum_n 2^n z^(2n+1) / (2n+1)!!`: all terms of one sign, so nothing cancels
 * (Abramowitz and Stegun 7.1.6).
 */
export function erf(z: number): number {
  if (Math.abs(z) > erfEnd) return Math.sign(z)
  let term = z
  let total = z
  for (let n = 1; n < terms; n++) {
    term *= (2 * z * z) / (2 * n + 1)
    total += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * total
}

/** Share of the standard normal distribution below x. */
export const normalShare = (x: number): number => 0.5 * (1 + erf(x / Math.SQRT2))

/** Its density at x. */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
