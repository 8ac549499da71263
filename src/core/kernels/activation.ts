// Activations and their slopes, four floats at a time. The loops that use them are in elementwise.ts.
import { erf4, exp4, expMinusOne4, logOnePlus4, sigmoid4, tanh4 } from './math'

/** Slope of the leaky rectifier below 0: ops/leaky-relu.ts. */
@inline
const leak: f32 = 0.01
@inline
const overRootTwo: f32 = 0.70710678118654752
/** Density of the normal distribution at 0: 1 / sqrt(2 pi). */
@inline
const normalPeak: f32 = 0.39894228040143268
// sqrt(2 / pi) and the cubic part of the tanh form of gelu
@inline
const geluScale: f32 = 0.79788456080286536
@inline
const geluCubic: f32 = 0.044715
/** From here on mish(x) is x to the last bit, and (e^x)^4 is still finite. */
@inline
const mishEnd: f32 = 20

@inline
export function leakyRelu4(x: v128): v128 {
  return v128.bitselect(f32x4.mul(x, f32x4.splat(leak)), x, f32x4.lt(x, f32x4.splat(0)))
}

@inline
export function leakyReluSlope4(x: v128): v128 {
  return v128.bitselect(f32x4.splat(1), f32x4.splat(leak), f32x4.gt(x, f32x4.splat(0)))
}

@inline
export function elu4(x: v128): v128 {
  return v128.bitselect(expMinusOne4(x), x, f32x4.lt(x, f32x4.splat(0)))
}

/** From the output. */
@inline
export function eluSlope4(y: v128): v128 {
  return v128.bitselect(f32x4.splat(1), f32x4.add(y, f32x4.splat(1)), f32x4.gt(y, f32x4.splat(0)))
}

/** The share of the normal distribution that lies below x. */
@inline
function normalShare4(x: v128): v128 {
  const e = erf4(f32x4.mul(x, f32x4.splat(overRootTwo)))
  return f32x4.relaxed_madd(f32x4.splat(0.5), e, f32x4.splat(0.5))
}

@inline
export function gelu4(x: v128): v128 {
  return f32x4.mul(x, normalShare4(x))
}

@inline
export function geluSlope4(x: v128): v128 {
  const density = f32x4.mul(exp4(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5))), f32x4.splat(normalPeak))
  return f32x4.relaxed_madd(x, density, normalShare4(x))
}

/** tanh of the cubic in the tanh form of gelu. */
@inline
function geluBend4(x: v128): v128 {
  const cubic = f32x4.relaxed_madd(f32x4.mul(f32x4.mul(x, x), x), f32x4.splat(geluCubic), x)
  return tanh4(f32x4.mul(cubic, f32x4.splat(geluScale)))
}

@inline
export function geluTanh4(x: v128): v128 {
  const half = f32x4.mul(x, f32x4.splat(0.5))
  return f32x4.relaxed_madd(half, geluBend4(x), half)
}

@inline
export function geluTanhSlope4(x: v128): v128 {
  const t = geluBend4(x)
  const inner = f32x4.relaxed_madd(f32x4.mul(x, x), f32x4.splat(3 * geluCubic), f32x4.splat(1))
  const bend = f32x4.mul(f32x4.relaxed_nmadd(t, t, f32x4.splat(1)), f32x4.mul(inner, f32x4.splat(geluScale)))
  const half = f32x4.splat(0.5)
  return f32x4.relaxed_madd(f32x4.mul(x, half), bend, f32x4.relaxed_madd(half, t, half))
}

@inline
export function silu4(x: v128): v128 {
  return f32x4.mul(x, sigmoid4(x))
}

@inline
export function siluSlope4(x: v128): v128 {
  const s = sigmoid4(x)
  const one = f32x4.splat(1)
  return f32x4.mul(s, f32x4.relaxed_madd(x, f32x4.sub(one, s), one))
}

/** x n / (n + 2) with n = e^x (e^x + 2), which is x tanh(softplus x). */
@inline
export function mish4(x: v128): v128 {
  const e = exp4(f32x4.min(x, f32x4.splat(mishEnd)))
  const n = f32x4.mul(e, f32x4.add(e, f32x4.splat(2)))
  return f32x4.mul(x, f32x4.div(n, f32x4.add(n, f32x4.splat(2))))
}

/** n / (n + 2) + 4 x e^x (1 + e^x) / (n + 2)^2. */
@inline
export function mishSlope4(x: v128): v128 {
  const e = exp4(f32x4.min(x, f32x4.splat(mishEnd)))
  const n = f32x4.mul(e, f32x4.add(e, f32x4.splat(2)))
  const under = f32x4.add(n, f32x4.splat(2))
  const bend = f32x4.mul(f32x4.mul(f32x4.splat(4), x), f32x4.mul(e, f32x4.add(e, f32x4.splat(1))))
  return f32x4.div(f32x4.add(n, f32x4.div(bend, under)), under)
}

@inline
export function softplus4(x: v128): v128 {
  const rest = logOnePlus4(exp4(f32x4.neg(f32x4.abs(x))))
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), rest)
}

@inline
export function softsign4(x: v128): v128 {
  return f32x4.div(x, f32x4.add(f32x4.splat(1), f32x4.abs(x)))
}

@inline
export function softsignSlope4(x: v128): v128 {
  const under = f32x4.add(f32x4.splat(1), f32x4.abs(x))
  return f32x4.div(f32x4.splat(1), f32x4.mul(under, under))
}

/** -1, 0 or 1; NaN stays NaN. */
@inline
export function sign4(x: v128): v128 {
  const one = v128.or(v128.and(x, f32x4.splat(-0.0)), f32x4.splat(1))
  return v128.bitselect(x, one, v128.or(f32x4.eq(x, f32x4.splat(0)), f32x4.ne(x, x)))
}
