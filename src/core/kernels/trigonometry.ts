// sin and cos of four floats. The angle is reduced in float64, the polynomials are those of Cephes (sinf, cosf).
import { pick } from './memory'


@inline
const twoOverPi: f64 = 0.6366197723675814
// pi/2 in two parts, the first with 33 bits: a multiple of it is exact up to 2^20
@inline
const halfPiHigh: f64 = 1.5707963267341256
@inline
const halfPiLow: f64 = 6.077100506506192e-11
@inline
const quarterPi: f64 = 0.7853981633974483

// the numbers of each function, for `pick`
const turnedNumbers = memory.data<f32>([-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2, 0.5, 1])

/** Number of quarter turns of two angles. */
@inline
function turns(x: v128): v128 {
  return f64x2.nearest(f64x2.mul(x, f64x2.splat(twoOverPi)))
}

/** What is left of two angles, within a quarter of pi to either side; an angle too large for that ends at the edge. */
@inline
function remainder(x: v128, k: v128): v128 {
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(halfPiHigh)))
  const rest = f64x2.sub(high, f64x2.mul(k, f64x2.splat(halfPiLow)))
  return f64x2.max(f64x2.min(rest, f64x2.splat(quarterPi)), f64x2.splat(-quarterPi))
}

/** Quarter turns modulo 4, in the two lower lanes. */
@inline
function quarter(k: v128): v128 {
  const whole = f64x2.mul(f64x2.floor(f64x2.mul(k, f64x2.splat(0.25))), f64x2.splat(4))
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.sub(k, whole))
}

/** sin(x + ahead quarter turns); 2 units in the last place up to |x| = 2^20, NaN for infinity. */
@inline
function turned(x: v128, ahead: i32): v128 {
  const low = f64x2.promote_low_f32x4(x)
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 6, 7))
  const kLow = turns(low)
  const kHigh = turns(high)
  const first = f32x4.demote_f64x2_zero(remainder(low, kLow))
  const second = f32x4.demote_f64x2_zero(remainder(high, kHigh))
  const r = v128.shuffle<f32>(first, second, 0, 1, 4, 5)
  const k = i32x4.add(v128.shuffle<i32>(quarter(kLow), quarter(kHigh), 0, 1, 4, 5), i32x4.splat(ahead))
  const z = f32x4.mul(r, r)
  let sine = f32x4.relaxed_madd(pick(turnedNumbers, 0), z, pick(turnedNumbers, 1))
  sine = f32x4.relaxed_madd(sine, z, pick(turnedNumbers, 2))
  sine = f32x4.relaxed_madd(f32x4.mul(sine, z), r, r)
  let cosine = f32x4.relaxed_madd(pick(turnedNumbers, 3), z, pick(turnedNumbers, 4))
  cosine = f32x4.relaxed_madd(cosine, z, pick(turnedNumbers, 5))
  cosine = f32x4.relaxed_madd(cosine, f32x4.mul(z, z), f32x4.relaxed_nmadd(pick(turnedNumbers, 6), z, pick(turnedNumbers, 7)))
  const odd = i32x4.eq(v128.and(k, i32x4.splat(1)), i32x4.splat(1))
  const sign = i32x4.shl(v128.and(k, i32x4.splat(2)), 30)
  return v128.xor(v128.bitselect(cosine, sine, odd), sign)
}

/** sin x, x in radians. */
@inline
export function sin4(x: v128): v128 {
  return turned(x, 0)
}

/** cos x, x in radians. */
@inline
export function cos4(x: v128): v128 {
  return turned(x, 1)
}
