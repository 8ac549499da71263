// exp and tanh of four floats: polynomials of Cephes (S. Moshier, expf and tanhf), at most 2 units in the last place.
// Computed here so that every computer gets the same bits, whatever its own mathematics library does.
import { pick } from './memory'


@inline
const log2e: f32 = 1.44269504088896341
// ln 2 in two parts, the first with few bits: n * ln2High is exact
@inline
const ln2High: f32 = 0.693359375
@inline
const ln2Low: f32 = -2.12194440e-4

/** Added to a small number, it leaves that number rounded to a whole one in the last bits: 1.5 * 2^23. */
@inline
const rounder: f32 = 12582912
@inline
const rounderBits: i32 = 0x4b400000

// the numbers of each function, for `pick`
const expNumbers = memory.data<f32>([89, -104, log2e, rounder, ln2High, ln2Low, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, -87])
const tanhNumbers = memory.data<f32>([-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1, 1, 2, 0.625])
const sigmoidNumbers = memory.data<f32>([1])
const expMinusOneNumbers = memory.data<f32>([1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, 0.34])
const logNumbers = memory.data<f32>([1.17549435e-38, 8388608, 23, 1, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1, ln2Low, 0.5, ln2High, Infinity, -Infinity, NaN])
const logOnePlusNumbers = memory.data<f32>([1])
const erfNumbers = memory.data<f32>([-1.72853470e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1, -1.28717512e-1, 1, 4, -5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1, 0.927734375])

/** 2^n for whole n in [-126, 127]. */
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23)
}

/** x = whole ln 2 + r: gives e^r, between 0.7 and 1.42. */
@inline
function expOfRest(x: v128, whole: v128): v128 {
  let r = f32x4.relaxed_nmadd(whole, pick(expNumbers, 4), x)
  r = f32x4.relaxed_nmadd(whole, pick(expNumbers, 5), r)
  let y = f32x4.relaxed_madd(pick(expNumbers, 6), r, pick(expNumbers, 7))
  y = f32x4.relaxed_madd(y, r, pick(expNumbers, 8))
  y = f32x4.relaxed_madd(y, r, pick(expNumbers, 9))
  y = f32x4.relaxed_madd(y, r, pick(expNumbers, 10))
  y = f32x4.relaxed_madd(y, r, pick(expNumbers, 11))
  return f32x4.add(f32x4.relaxed_madd(y, f32x4.mul(r, r), r), pick(expNumbers, 12))
}

/** e^x; 0 and infinity beyond the range of float32, NaN stays NaN. */
@inline
export function exp4(value: v128): v128 {
  // pmin and pmax are one instruction on every processor and let NaN in the first place through
  const x = f32x4.pmax(f32x4.pmin(value, pick(expNumbers, 0)), pick(expNumbers, 1))
  const rounded = f32x4.relaxed_madd(x, pick(expNumbers, 2), pick(expNumbers, 3))
  const y = expOfRest(x, f32x4.sub(rounded, pick(expNumbers, 3)))
  const n = i32x4.sub(rounded, i32x4.splat(rounderBits))
  const half = i32x4.shr_s(n, 1)
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)))
}

/**
 * e^x for x up to 87: e^-87 for anything below -87, where callers add it to a number that swallows it. NaN may get lost:
 * callers let it through another way.
 */
@inline
export function expAbove4(value: v128): v128 {
  const x = f32x4.pmax(value, pick(expNumbers, 13))
  const rounded = f32x4.relaxed_madd(x, pick(expNumbers, 2), pick(expNumbers, 3))
  const y = expOfRest(x, f32x4.sub(rounded, pick(expNumbers, 3)))
  // the whole number stands in the last bits of `rounded`: shifted, it is added to the exponent
  return i32x4.add(y, i32x4.shl(rounded, 23))
}

/** tanh x: an odd polynomial below 0.625, `1 - 2 / (e^2|x| + 1)` with the sign of x above. */
@inline
export function tanh4(x: v128): v128 {
  const z = f32x4.mul(x, x)
  let p = f32x4.relaxed_madd(pick(tanhNumbers, 0), z, pick(tanhNumbers, 1))
  p = f32x4.relaxed_madd(p, z, pick(tanhNumbers, 2))
  p = f32x4.relaxed_madd(p, z, pick(tanhNumbers, 3))
  p = f32x4.relaxed_madd(p, z, pick(tanhNumbers, 4))
  const near = f32x4.relaxed_madd(f32x4.mul(p, z), x, x)
  const size = f32x4.abs(x)
  const e = exp4(f32x4.add(size, size))
  const far = f32x4.sub(pick(tanhNumbers, 5), f32x4.div(pick(tanhNumbers, 6), f32x4.add(e, pick(tanhNumbers, 5))))
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)))
  return v128.bitselect(near, signed, f32x4.lt(size, pick(tanhNumbers, 7)))
}

/** `1 / (1 + e^-x)`. */
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(pick(sigmoidNumbers, 0), f32x4.add(pick(sigmoidNumbers, 0), exp4(f32x4.neg(x))))
}

/** `max(0, x)`, NaN stays NaN. */
@inline
export function relu4(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0))
}

/** e^x - 1, exact near 0 too: the polynomial of e^x without its leading 1. */
@inline
export function expMinusOne4(x: v128): v128 {
  let y = f32x4.relaxed_madd(pick(expMinusOneNumbers, 0), x, pick(expMinusOneNumbers, 1))
  y = f32x4.relaxed_madd(y, x, pick(expMinusOneNumbers, 2))
  y = f32x4.relaxed_madd(y, x, pick(expMinusOneNumbers, 3))
  y = f32x4.relaxed_madd(y, x, pick(expMinusOneNumbers, 4))
  y = f32x4.relaxed_madd(y, x, pick(expMinusOneNumbers, 5))
  const near = f32x4.relaxed_madd(y, f32x4.mul(x, x), x)
  const far = f32x4.sub(exp4(x), pick(expMinusOneNumbers, 6))
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), pick(expMinusOneNumbers, 7)))
}

/** ln x (Cephes logf): -infinity at 0, NaN below. */
@inline
export function log4(value: v128): v128 {
  // subnormal numbers are made normal first: times 2^23
  const small = f32x4.lt(value, pick(logNumbers, 0))
  const x = v128.bitselect(f32x4.mul(value, pick(logNumbers, 1)), value, small)
  // x = 2^k m, sqrt(1/2) <= m < sqrt(2)
  const offset = i32x4.sub(x, i32x4.splat(0x3f3504f3))
  const k = i32x4.shr_s(offset, 23)
  const m = i32x4.sub(x, i32x4.shl(k, 23))
  const power = f32x4.sub(f32x4.convert_i32x4_s(k), v128.and(small, pick(logNumbers, 2)))
  const f = f32x4.sub(m, pick(logNumbers, 3))
  let y = f32x4.relaxed_madd(pick(logNumbers, 4), f, pick(logNumbers, 5))
  y = f32x4.relaxed_madd(y, f, pick(logNumbers, 6))
  y = f32x4.relaxed_madd(y, f, pick(logNumbers, 7))
  y = f32x4.relaxed_madd(y, f, pick(logNumbers, 8))
  y = f32x4.relaxed_madd(y, f, pick(logNumbers, 9))
  y = f32x4.relaxed_madd(y, f, pick(logNumbers, 10))
  y = f32x4.relaxed_madd(y, f, pick(logNumbers, 11))
  y = f32x4.relaxed_madd(y, f, pick(logNumbers, 12))
  const z = f32x4.mul(f, f)
  y = f32x4.mul(f32x4.mul(y, f), z)
  y = f32x4.relaxed_madd(power, pick(logNumbers, 13), y)
  y = f32x4.relaxed_nmadd(pick(logNumbers, 14), z, y)
  const result = f32x4.relaxed_madd(power, pick(logNumbers, 15), f32x4.add(f, y))
  const finite = f32x4.lt(value, pick(logNumbers, 16))
  // infinity and NaN stay; 0 gives -infinity, anything below NaN
  const rest = v128.bitselect(pick(logNumbers, 17), pick(logNumbers, 18), f32x4.eq(value, f32x4.splat(0)))
  const upper = v128.bitselect(result, value, finite)
  return v128.bitselect(rest, upper, f32x4.le(value, f32x4.splat(0)))
}

/** ln(1 + u) for u >= 0, exact near 0 too: what 1 + u lost by rounding is put back by a factor (Kahan). */
@inline
export function logOnePlus4(u: v128): v128 {
  const sum = f32x4.add(pick(logOnePlusNumbers, 0), u)
  const kept = f32x4.sub(sum, pick(logOnePlusNumbers, 0))
  const value = f32x4.div(f32x4.mul(log4(sum), u), kept)
  return v128.bitselect(u, value, f32x4.eq(kept, f32x4.splat(0)))
}

/** The error function: polynomials fitted by N. Juffa, at most 1 unit in the last place beside that of exp. */
@inline
export function erf4(x: v128): v128 {
  const s = f32x4.mul(x, x)
  const t = f32x4.abs(x)
  let far = f32x4.relaxed_madd(pick(erfNumbers, 0), t, pick(erfNumbers, 1))
  const middle = f32x4.relaxed_madd(pick(erfNumbers, 2), t, pick(erfNumbers, 3))
  far = f32x4.relaxed_madd(far, s, middle)
  far = f32x4.relaxed_madd(far, t, pick(erfNumbers, 4))
  far = f32x4.relaxed_madd(far, t, pick(erfNumbers, 5))
  far = f32x4.relaxed_madd(far, t, pick(erfNumbers, 6))
  far = f32x4.relaxed_madd(far, t, f32x4.neg(t))
  far = f32x4.sub(pick(erfNumbers, 7), expAbove4(far))
  far = v128.or(far, v128.and(x, f32x4.splat(-0.0)))
  // beyond 4 the polynomial leaves its range; there erf is 1 to the last bit
  const one = v128.or(pick(erfNumbers, 7), v128.and(x, f32x4.splat(-0.0)))
  far = v128.bitselect(one, far, f32x4.gt(t, pick(erfNumbers, 8)))
  let near = f32x4.relaxed_madd(pick(erfNumbers, 9), s, pick(erfNumbers, 10))
  near = f32x4.relaxed_madd(near, s, pick(erfNumbers, 11))
  near = f32x4.relaxed_madd(near, s, pick(erfNumbers, 12))
  near = f32x4.relaxed_madd(near, s, pick(erfNumbers, 13))
  near = f32x4.relaxed_madd(near, s, pick(erfNumbers, 14))
  near = f32x4.relaxed_madd(near, x, x)
  return v128.bitselect(far, near, f32x4.gt(t, pick(erfNumbers, 15)))
}
