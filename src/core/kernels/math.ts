// exp and tanh of four floats: polynomials of Cephes (S. Moshier, expf and tanhf), at most 2 units in the last place.
// Computed here so that every computer gets the same bits, whatever its own mathematics library does.

@inline
const log2e: f32 = 1.44269504088896341
// ln 2 in two parts, the first with few bits: n * ln2High is exact
@inline
const ln2High: f32 = 0.693359375
@inline
const ln2Low: f32 = -2.12194440e-4

/** 2^n for whole n in [-126, 127]. */
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23)
}

/** e^x; 0 and infinity beyond the range of float32, NaN stays NaN. */
@inline
export function exp4(value: v128): v128 {
  const x = f32x4.max(f32x4.min(value, f32x4.splat(89)), f32x4.splat(-104))
  const whole = f32x4.nearest(f32x4.mul(x, f32x4.splat(log2e)))
  let r = f32x4.relaxed_nmadd(whole, f32x4.splat(ln2High), x)
  r = f32x4.relaxed_nmadd(whole, f32x4.splat(ln2Low), r)
  let y = f32x4.relaxed_madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3))
  y = f32x4.relaxed_madd(y, r, f32x4.splat(8.3334519073e-3))
  y = f32x4.relaxed_madd(y, r, f32x4.splat(4.1665795894e-2))
  y = f32x4.relaxed_madd(y, r, f32x4.splat(1.6666665459e-1))
  y = f32x4.relaxed_madd(y, r, f32x4.splat(5.0000001201e-1))
  y = f32x4.add(f32x4.relaxed_madd(y, f32x4.mul(r, r), r), f32x4.splat(1))
  const n = i32x4.trunc_sat_f32x4_s(whole)
  const half = i32x4.shr_s(n, 1)
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)))
}

/** tanh x: an odd polynomial below 0.625, `1 - 2 / (e^2|x| + 1)` with the sign of x above. */
@inline
export function tanh4(x: v128): v128 {
  const z = f32x4.mul(x, x)
  let p = f32x4.relaxed_madd(f32x4.splat(-5.70498872745e-3), z, f32x4.splat(2.06390887954e-2))
  p = f32x4.relaxed_madd(p, z, f32x4.splat(-5.37397155531e-2))
  p = f32x4.relaxed_madd(p, z, f32x4.splat(1.33314422036e-1))
  p = f32x4.relaxed_madd(p, z, f32x4.splat(-3.33332819422e-1))
  const near = f32x4.relaxed_madd(f32x4.mul(p, z), x, x)
  const size = f32x4.abs(x)
  const e = exp4(f32x4.add(size, size))
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))))
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)))
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)))
}

/** `1 / (1 + e^-x)`. */
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))))
}

/** `max(0, x)`, NaN stays NaN. */
@inline
export function relu4(x: v128): v128 {
  return f32x4.max(x, f32x4.splat(0))
}

/** e^x - 1, exact near 0 too: the polynomial of e^x without its leading 1. */
@inline
export function expMinusOne4(x: v128): v128 {
  let y = f32x4.relaxed_madd(f32x4.splat(1.9875691500e-4), x, f32x4.splat(1.3981999507e-3))
  y = f32x4.relaxed_madd(y, x, f32x4.splat(8.3334519073e-3))
  y = f32x4.relaxed_madd(y, x, f32x4.splat(4.1665795894e-2))
  y = f32x4.relaxed_madd(y, x, f32x4.splat(1.6666665459e-1))
  y = f32x4.relaxed_madd(y, x, f32x4.splat(5.0000001201e-1))
  const near = f32x4.relaxed_madd(y, f32x4.mul(x, x), x)
  const far = f32x4.sub(exp4(x), f32x4.splat(1))
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), f32x4.splat(0.34)))
}

/** ln x (Cephes logf): -infinity at 0, NaN below. */
@inline
export function log4(value: v128): v128 {
  // subnormal numbers are made normal first: times 2^23
  const small = f32x4.lt(value, f32x4.splat(1.17549435e-38))
  const x = v128.bitselect(f32x4.mul(value, f32x4.splat(8388608)), value, small)
  // x = 2^k m, sqrt(1/2) <= m < sqrt(2)
  const offset = i32x4.sub(x, i32x4.splat(0x3f3504f3))
  const k = i32x4.shr_s(offset, 23)
  const m = i32x4.sub(x, i32x4.shl(k, 23))
  const power = f32x4.sub(f32x4.convert_i32x4_s(k), v128.and(small, f32x4.splat(23)))
  const f = f32x4.sub(m, f32x4.splat(1))
  let y = f32x4.relaxed_madd(f32x4.splat(7.0376836292e-2), f, f32x4.splat(-1.1514610310e-1))
  y = f32x4.relaxed_madd(y, f, f32x4.splat(1.1676998740e-1))
  y = f32x4.relaxed_madd(y, f, f32x4.splat(-1.2420140846e-1))
  y = f32x4.relaxed_madd(y, f, f32x4.splat(1.4249322787e-1))
  y = f32x4.relaxed_madd(y, f, f32x4.splat(-1.6668057665e-1))
  y = f32x4.relaxed_madd(y, f, f32x4.splat(2.0000714765e-1))
  y = f32x4.relaxed_madd(y, f, f32x4.splat(-2.4999993993e-1))
  y = f32x4.relaxed_madd(y, f, f32x4.splat(3.3333331174e-1))
  const z = f32x4.mul(f, f)
  y = f32x4.mul(f32x4.mul(y, f), z)
  y = f32x4.relaxed_madd(power, f32x4.splat(ln2Low), y)
  y = f32x4.relaxed_nmadd(f32x4.splat(0.5), z, y)
  const result = f32x4.relaxed_madd(power, f32x4.splat(ln2High), f32x4.add(f, y))
  const finite = f32x4.lt(value, f32x4.splat(Infinity))
  // infinity and NaN stay; 0 gives -infinity, anything below NaN
  const rest = v128.bitselect(f32x4.splat(-Infinity), f32x4.splat(NaN), f32x4.eq(value, f32x4.splat(0)))
  const upper = v128.bitselect(result, value, finite)
  return v128.bitselect(rest, upper, f32x4.le(value, f32x4.splat(0)))
}

/** ln(1 + u) for u >= 0, exact near 0 too: what 1 + u lost by rounding is put back by a factor (Kahan). */
@inline
export function logOnePlus4(u: v128): v128 {
  const sum = f32x4.add(f32x4.splat(1), u)
  const kept = f32x4.sub(sum, f32x4.splat(1))
  const value = f32x4.div(f32x4.mul(log4(sum), u), kept)
  return v128.bitselect(u, value, f32x4.eq(kept, f32x4.splat(0)))
}

/** The error function: polynomials fitted by N. Juffa, at most 1 unit in the last place beside that of exp. */
@inline
export function erf4(x: v128): v128 {
  const s = f32x4.mul(x, x)
  const t = f32x4.abs(x)
  let far = f32x4.relaxed_madd(f32x4.splat(-1.72853470e-5), t, f32x4.splat(3.83197126e-4))
  const middle = f32x4.relaxed_madd(f32x4.splat(-3.88396438e-3), t, f32x4.splat(2.42546219e-2))
  far = f32x4.relaxed_madd(far, s, middle)
  far = f32x4.relaxed_madd(far, t, f32x4.splat(-1.06777877e-1))
  far = f32x4.relaxed_madd(far, t, f32x4.splat(-6.34846687e-1))
  far = f32x4.relaxed_madd(far, t, f32x4.splat(-1.28717512e-1))
  far = f32x4.relaxed_madd(far, t, f32x4.neg(t))
  far = f32x4.sub(f32x4.splat(1), exp4(far))
  far = v128.or(far, v128.and(x, f32x4.splat(-0.0)))
  // beyond 4 the polynomial leaves its range; there erf is 1 to the last bit
  const one = v128.or(f32x4.splat(1), v128.and(x, f32x4.splat(-0.0)))
  far = v128.bitselect(one, far, f32x4.gt(t, f32x4.splat(4)))
  let near = f32x4.relaxed_madd(f32x4.splat(-5.96761703e-4), s, f32x4.splat(4.99119423e-3))
  near = f32x4.relaxed_madd(near, s, f32x4.splat(-2.67681349e-2))
  near = f32x4.relaxed_madd(near, s, f32x4.splat(1.12819925e-1))
  near = f32x4.relaxed_madd(near, s, f32x4.splat(-3.76125336e-1))
  near = f32x4.relaxed_madd(near, s, f32x4.splat(1.28379166e-1))
  near = f32x4.relaxed_madd(near, x, x)
  return v128.bitselect(far, near, f32x4.gt(t, f32x4.splat(0.927734375)))
}
