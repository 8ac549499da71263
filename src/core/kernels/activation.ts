// Activations and their slopes, four floats at a time. The loops that use them are in elementwise.ts.
import { erf4, exp4, expAbove4, expMinusOne4, logOnePlus4, sigmoid4, tanh4 } from './math'
import { pick } from './memory'


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

// the numbers of each function, for `pick`
const leakyReluNumbers = memory.data<f32>([leak])
const leakyReluSlopeNumbers = memory.data<f32>([1, leak])
const eluSlopeNumbers = memory.data<f32>([1])
const normalShareNumbers = memory.data<f32>([overRootTwo, 0.5])
const geluSlopeNumbers = memory.data<f32>([-0.5, normalPeak])
const geluBendNumbers = memory.data<f32>([geluCubic, geluScale])
const geluTanhNumbers = memory.data<f32>([0.5])
const geluTanhSlopeNumbers = memory.data<f32>([3 * geluCubic, 1, geluScale, 0.5])
const siluSlopeNumbers = memory.data<f32>([1])
const mishNumbers = memory.data<f32>([mishEnd, 2])
const mishSlopeNumbers = memory.data<f32>([mishEnd, 2, 4, 1])
const softsignNumbers = memory.data<f32>([1])
const softsignSlopeNumbers = memory.data<f32>([1])
const signNumbers = memory.data<f32>([1])

@inline
export function leakyRelu4(x: v128): v128 {
  return v128.bitselect(f32x4.mul(x, pick(leakyReluNumbers, 0)), x, f32x4.lt(x, f32x4.splat(0)))
}

@inline
export function leakyReluSlope4(x: v128): v128 {
  return v128.bitselect(pick(leakyReluSlopeNumbers, 0), pick(leakyReluSlopeNumbers, 1), f32x4.gt(x, f32x4.splat(0)))
}

@inline
export function elu4(x: v128): v128 {
  return v128.bitselect(expMinusOne4(x), x, f32x4.lt(x, f32x4.splat(0)))
}

/** From the output. */
@inline
export function eluSlope4(y: v128): v128 {
  return v128.bitselect(pick(eluSlopeNumbers, 0), f32x4.add(y, pick(eluSlopeNumbers, 0)), f32x4.gt(y, f32x4.splat(0)))
}

/** The share of the normal distribution that lies below x. */
@inline
function normalShare4(x: v128): v128 {
  const e = erf4(f32x4.mul(x, pick(normalShareNumbers, 0)))
  return f32x4.relaxed_madd(pick(normalShareNumbers, 1), e, pick(normalShareNumbers, 1))
}

@inline
export function gelu4(x: v128): v128 {
  return f32x4.mul(x, normalShare4(x))
}

@inline
export function geluSlope4(x: v128): v128 {
  const density = f32x4.mul(expAbove4(f32x4.mul(f32x4.mul(x, x), pick(geluSlopeNumbers, 0))), pick(geluSlopeNumbers, 1))
  return f32x4.relaxed_madd(x, density, normalShare4(x))
}

/** tanh of the cubic in the tanh form of gelu. */
@inline
function geluBend4(x: v128): v128 {
  const cubic = f32x4.relaxed_madd(f32x4.mul(f32x4.mul(x, x), x), pick(geluBendNumbers, 0), x)
  return tanh4(f32x4.mul(cubic, pick(geluBendNumbers, 1)))
}

@inline
export function geluTanh4(x: v128): v128 {
  const half = f32x4.mul(x, pick(geluTanhNumbers, 0))
  return f32x4.relaxed_madd(half, geluBend4(x), half)
}

@inline
export function geluTanhSlope4(x: v128): v128 {
  const t = geluBend4(x)
  const inner = f32x4.relaxed_madd(f32x4.mul(x, x), pick(geluTanhSlopeNumbers, 0), pick(geluTanhSlopeNumbers, 1))
  const bend = f32x4.mul(f32x4.relaxed_nmadd(t, t, pick(geluTanhSlopeNumbers, 1)), f32x4.mul(inner, pick(geluTanhSlopeNumbers, 2)))
  const half = pick(geluTanhSlopeNumbers, 3)
  return f32x4.relaxed_madd(f32x4.mul(x, half), bend, f32x4.relaxed_madd(half, t, half))
}

@inline
export function silu4(x: v128): v128 {
  return f32x4.mul(x, sigmoid4(x))
}

@inline
export function siluSlope4(x: v128): v128 {
  const s = sigmoid4(x)
  const one = pick(siluSlopeNumbers, 0)
  return f32x4.mul(s, f32x4.relaxed_madd(x, f32x4.sub(one, s), one))
}

/** x n / (n + 2) with n = e^x (e^x + 2), which is x tanh(softplus x). */
@inline
export function mish4(x: v128): v128 {
  const e = exp4(f32x4.min(x, pick(mishNumbers, 0)))
  const n = f32x4.mul(e, f32x4.add(e, pick(mishNumbers, 1)))
  return f32x4.mul(x, f32x4.div(n, f32x4.add(n, pick(mishNumbers, 1))))
}

/** n / (n + 2) + 4 x e^x (1 + e^x) / (n + 2)^2. */
@inline
export function mishSlope4(x: v128): v128 {
  const e = exp4(f32x4.min(x, pick(mishSlopeNumbers, 0)))
  const n = f32x4.mul(e, f32x4.add(e, pick(mishSlopeNumbers, 1)))
  const under = f32x4.add(n, pick(mishSlopeNumbers, 1))
  const bend = f32x4.mul(f32x4.mul(pick(mishSlopeNumbers, 2), x), f32x4.mul(e, f32x4.add(e, pick(mishSlopeNumbers, 3))))
  return f32x4.div(f32x4.add(n, f32x4.div(bend, under)), under)
}

@inline
export function softplus4(x: v128): v128 {
  const rest = logOnePlus4(exp4(f32x4.neg(f32x4.abs(x))))
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), rest)
}

@inline
export function softsign4(x: v128): v128 {
  return f32x4.div(x, f32x4.add(pick(softsignNumbers, 0), f32x4.abs(x)))
}

@inline
export function softsignSlope4(x: v128): v128 {
  const under = f32x4.add(pick(softsignSlopeNumbers, 0), f32x4.abs(x))
  return f32x4.div(pick(softsignSlopeNumbers, 0), f32x4.mul(under, under))
}

/** -1, 0 or 1; NaN stays NaN. */
@inline
export function sign4(x: v128): v128 {
  const one = v128.or(v128.and(x, f32x4.splat(-0.0)), pick(signNumbers, 0))
  return v128.bitselect(x, one, v128.or(f32x4.eq(x, f32x4.splat(0)), f32x4.ne(x, x)))
}
