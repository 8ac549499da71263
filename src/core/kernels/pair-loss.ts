// Losses that compare two values element by element and take the mean.
import { sign4, softplus4 } from './activation'
import { sigmoid4 } from './math'
import { address, loadPart, real, storePart, sumLanes, word } from './memory'

/** What a loop computes; always a constant, so that only one case is left in each kernel. */
const enum Loss {
  mae, huber, logistic, hinge,
}

@inline
function lossOf(x: v128, y: v128, delta: v128, loss: Loss): v128 {
  if (loss == Loss.hinge) return f32x4.max(f32x4.relaxed_nmadd(x, y, f32x4.splat(1)), f32x4.splat(0))
  // max(0, x) - x y + ln(1 + e^-|x|)
  if (loss == Loss.logistic) return f32x4.relaxed_nmadd(x, y, softplus4(x))
  const gap = f32x4.abs(f32x4.sub(x, y))
  if (loss == Loss.mae) return gap
  const square = f32x4.mul(f32x4.mul(gap, gap), f32x4.splat(0.5))
  const line = f32x4.mul(delta, f32x4.relaxed_nmadd(delta, f32x4.splat(0.5), gap))
  return v128.bitselect(line, square, f32x4.gt(gap, delta))
}

/** The derivative with respect to x. */
@inline
function slopeOf(x: v128, y: v128, delta: v128, loss: Loss): v128 {
  if (loss == Loss.hinge) return v128.and(f32x4.lt(f32x4.mul(x, y), f32x4.splat(1)), f32x4.neg(y))
  if (loss == Loss.logistic) return f32x4.sub(sigmoid4(x), y)
  const gap = f32x4.sub(x, y)
  if (loss == Loss.mae) return sign4(gap)
  return f32x4.min(f32x4.max(gap, f32x4.neg(delta)), delta)
}

/** words: x, y, loss, count, delta. */
@inline
function mean(words: usize, loss: Loss): void {
  let x = address(words, 0)
  let y = address(words, 1)
  const count = word(words, 3)
  const delta = f32x4.splat(real(words, 4))
  let left = count
  let total = f32x4.splat(0)
  for (; left >= 4; left -= 4) {
    total = f32x4.add(total, lossOf(v128.load(x), v128.load(y), delta, loss))
    x += 16
    y += 16
  }
  if (left > 0) {
    const value = lossOf(loadPart(x, left, 0), loadPart(y, left, 0), delta, loss)
    const inside = i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3))
    total = f32x4.add(total, v128.and(value, inside))
  }
  store<f32>(address(words, 2), sumLanes(total) / <f32>count)
}

/** words: x, y, upstream, out, count, delta. */
@inline
function gradient(words: usize, loss: Loss): void {
  let x = address(words, 0)
  let y = address(words, 1)
  let to = address(words, 3)
  let left = word(words, 4)
  const factor = f32x4.splat(load<f32>(address(words, 2)) / <f32>left)
  const delta = f32x4.splat(real(words, 5))
  for (; left >= 4; left -= 4) {
    v128.store(to, f32x4.mul(slopeOf(v128.load(x), v128.load(y), delta, loss), factor))
    x += 16
    y += 16
    to += 16
  }
  if (left > 0) {
    const slope = slopeOf(loadPart(x, left, 0), loadPart(y, left, 0), delta, loss)
    storePart(to, f32x4.mul(slope, factor), left)
  }
}

/** |x - y|. */
export function mae(words: usize): void {
  mean(words, Loss.mae)
}

export function mae_gradient(words: usize): void {
  gradient(words, Loss.mae)
}

/** Half the square up to delta, a line of slope delta beyond. */
export function huber(words: usize): void {
  mean(words, Loss.huber)
}

export function huber_gradient(words: usize): void {
  gradient(words, Loss.huber)
}

/** ln(1 + e^x) - x y. */
export function binary_cross_entropy(words: usize): void {
  mean(words, Loss.logistic)
}

export function binary_cross_entropy_gradient(words: usize): void {
  gradient(words, Loss.logistic)
}

/** max(0, 1 - x y). */
export function hinge(words: usize): void {
  mean(words, Loss.hinge)
}

export function hinge_gradient(words: usize): void {
  gradient(words, Loss.hinge)
}
