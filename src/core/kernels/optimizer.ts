// One pass over all parameters: penalty, optimizer, update. Same order of operations as PyTorch's.
// words: parameters, gradients, cells, steps, count of segments, state addresses [2], then a segment each:
// first element, number of elements, 1 where penalties apply (weights) or 0 (biases).
import { address, hyperparameter, loadPart, storePart, word } from './memory'

// @ts-ignore: decorator
@inline
const segmentsAt: usize = 7

/** The gradient with the penalties' parts: g + l2 w + l1 sign(w). */
// @ts-ignore: decorator
@inline
function penalised(g: v128, w: v128, l1: v128, l2: v128): v128 {
  const sign = v128.and(
    v128.or(v128.and(w, f32x4.splat(-0.0)), f32x4.splat(1)),
    f32x4.ne(w, f32x4.splat(0)),
  )
  return f32x4.relaxed_madd(l1, sign, f32x4.relaxed_madd(l2, w, g))
}

/** w -= rate g; cells: rate, l1, l2. */
export function sgd(words: usize): void {
  const cells = address(words, 2)
  const rate = f32x4.splat(<f32>hyperparameter(cells, 0))
  for (let s = 0; s < word(words, 4); s++) {
    const first = <usize>word(words, segmentsAt + 3 * s) << 2
    let left = word(words, segmentsAt + 3 * s + 1)
    const decays = word(words, segmentsAt + 3 * s + 2) != 0
    const l1 = f32x4.splat(decays ? <f32>hyperparameter(cells, 1) : 0)
    const l2 = f32x4.splat(decays ? <f32>hyperparameter(cells, 2) : 0)
    let w = address(words, 0) + first
    let g = address(words, 1) + first
    for (; left > 0; left -= 4) {
      const whole = left >= 4
      const old = whole ? v128.load(w) : loadPart(w, left, 0)
      const slope = penalised(whole ? v128.load(g) : loadPart(g, left, 0), old, l1, l2)
      const next = f32x4.relaxed_nmadd(rate, slope, old)
      if (whole) v128.store(w, next)
      else storePart(w, next, left)
      w += 16
      g += 16
    }
  }
  count(address(words, 3))
}

/** v = momentum v + g, w -= rate v; cells: rate, l1, l2, momentum. */
export function momentum(words: usize): void {
  const cells = address(words, 2)
  const rate = f32x4.splat(<f32>hyperparameter(cells, 0))
  const keep = f32x4.splat(<f32>hyperparameter(cells, 3))
  for (let s = 0; s < word(words, 4); s++) {
    const first = <usize>word(words, segmentsAt + 3 * s) << 2
    let left = word(words, segmentsAt + 3 * s + 1)
    const decays = word(words, segmentsAt + 3 * s + 2) != 0
    const l1 = f32x4.splat(decays ? <f32>hyperparameter(cells, 1) : 0)
    const l2 = f32x4.splat(decays ? <f32>hyperparameter(cells, 2) : 0)
    let w = address(words, 0) + first
    let g = address(words, 1) + first
    let v = address(words, 5) + first
    for (; left > 0; left -= 4) {
      const whole = left >= 4
      const old = whole ? v128.load(w) : loadPart(w, left, 0)
      const slope = penalised(whole ? v128.load(g) : loadPart(g, left, 0), old, l1, l2)
      const speed = f32x4.relaxed_madd(keep, whole ? v128.load(v) : loadPart(v, left, 0), slope)
      const next = f32x4.relaxed_nmadd(rate, speed, old)
      if (whole) {
        v128.store(v, speed)
        v128.store(w, next)
      } else {
        storePart(v, speed, left)
        storePart(w, next, left)
      }
      w += 16
      g += 16
      v += 16
    }
  }
  count(address(words, 3))
}

/** Kingma and Ba 2014, algorithm 1; cells: rate, l1, l2, beta1, beta2, epsilon. */
export function adam(words: usize): void {
  const cells = address(words, 2)
  const step = count(address(words, 3))
  const beta1 = hyperparameter(cells, 3)
  const beta2 = hyperparameter(cells, 4)
  const epsilon = f32x4.splat(<f32>hyperparameter(cells, 5))
  const rate = f32x4.splat(<f32>(hyperparameter(cells, 0) / (1 - power(beta1, step))))
  const spread = f32x4.splat(<f32>(1 / Math.sqrt(1 - power(beta2, step))))
  const keep2 = f32x4.splat(<f32>beta2)
  const take1 = f32x4.splat(<f32>(1 - beta1))
  const take2 = f32x4.splat(<f32>(1 - beta2))
  for (let s = 0; s < word(words, 4); s++) {
    const first = <usize>word(words, segmentsAt + 3 * s) << 2
    let left = word(words, segmentsAt + 3 * s + 1)
    const decays = word(words, segmentsAt + 3 * s + 2) != 0
    const l1 = f32x4.splat(decays ? <f32>hyperparameter(cells, 1) : 0)
    const l2 = f32x4.splat(decays ? <f32>hyperparameter(cells, 2) : 0)
    let w = address(words, 0) + first
    let g = address(words, 1) + first
    let m = address(words, 5) + first
    let v = address(words, 6) + first
    for (; left > 0; left -= 4) {
      const whole = left >= 4
      const old = whole ? v128.load(w) : loadPart(w, left, 0)
      const slope = penalised(whole ? v128.load(g) : loadPart(g, left, 0), old, l1, l2)
      const mean = whole ? v128.load(m) : loadPart(m, left, 0)
      const size = whole ? v128.load(v) : loadPart(v, left, 0)
      const nextMean = f32x4.relaxed_madd(take1, f32x4.sub(slope, mean), mean)
      const nextSize = f32x4.relaxed_madd(take2, f32x4.mul(slope, slope), f32x4.mul(keep2, size))
      const under = f32x4.relaxed_madd(f32x4.sqrt(nextSize), spread, epsilon)
      const next = f32x4.relaxed_nmadd(rate, f32x4.div(nextMean, under), old)
      if (whole) {
        v128.store(m, nextMean)
        v128.store(v, nextSize)
        v128.store(w, next)
      } else {
        storePart(m, nextMean, left)
        storePart(v, nextSize, left)
        storePart(w, next, left)
      }
      w += 16
      g += 16
      m += 16
      v += 16
    }
  }
}

/** Counts the step up; stays at 2^24, where 1 - beta^step has long been 1. */
function count(steps: usize): i32 {
  const next = <i32>load<f32>(steps) + 1
  store<f32>(steps, <f32>next)
  return next
}

/** base^exponent by squaring: the same bits everywhere. */
function power(base: f64, exponent: i32): f64 {
  let result: f64 = 1
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result *= base
    base *= base
  }
  return result
}
