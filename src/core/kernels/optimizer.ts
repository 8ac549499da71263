// One pass over all parameters: clipping, penalties, optimizer, update. Same order of operations as PyTorch's.
// words: parameters, gradients, cells, steps, count of segments, state addresses [2], then a segment each:
// first element, number of elements, 1 where penalties apply (weights) or 0 (biases).
// cells, two floats each: rate, l1, l2, clip value, clip norm, clip scale, the optimizer's own, two for a note of its own.
import { address, hyperparameter, put, root64, some, word } from './memory'
import { adadeltaStep, moved, nextFirst, nextSecond, Rule, slotsOf } from './optimizer-rules'
import { partEnd, partStart } from './threads'

@inline
const segmentsAt: usize = 7
/** Cell of the optimizer's first own hyperparameter. */
@inline
const own: usize = 6
/** PyTorch's clip_grad_norm_ divides by the norm plus this. */
@inline
const clipEpsilon: f64 = 1e-6
/** Dozat 2016, section 2: the momentum of NAdam rises as 1 - 0.5 * 0.96^(t psi). */
@inline
const nadamBase: f64 = 0.96

/** Threads share a tensor in pieces of so many numbers: whole cache lines. */
@inline
const partGrain: i32 = 64

/** The clipped gradient with the penalties' parts: g + l2 w + l1 sign(w). */
@inline
function penalised(g: v128, w: v128, scale: v128, most: v128, l1: v128, l2: v128): v128 {
  const clipped = f32x4.pmax(f32x4.pmin(f32x4.mul(g, scale), most), f32x4.neg(most))
  const sign = v128.and(
    v128.or(v128.and(w, f32x4.splat(-0.0)), f32x4.splat(1)),
    f32x4.ne(w, f32x4.splat(0)),
  )
  return f32x4.relaxed_madd(l1, sign, f32x4.relaxed_madd(l2, w, clipped))
}

/**
 * Numbers below the smallest normal float32 as 0. The memories of a gradient that has become 0 fade into them, and
 * processors take a hundred times longer for each: a trained 784-128-10 net is three times slower with them.
 */
@inline
function flushed(value: v128): v128 {
  // an integer comparison of the exponent, so that NaN and infinity pass
  const exponent = v128.and(value, i32x4.splat(0x7f800000))
  return v128.andnot(value, i32x4.eq(exponent, i32x4.splat(0)))
}

/** The pass that all optimizers share; `a` to `e` and epsilon are constants of the rule. */
@inline
function sweep(words: usize, rule: Rule, stepSize: f64, epsilonCell: usize, a: f64, b: f64, c: f64, d: f64, e: f64): void {
  const cells = address(words, 2)
  const rate = f32x4.splat(<f32>stepSize)
  const epsilon = f32x4.splat(epsilonCell == 0 ? 0 : <f32>hyperparameter(cells, epsilonCell))
  const scale = f32x4.splat(<f32>hyperparameter(cells, 5))
  const value = <f32>hyperparameter(cells, 3)
  const most = f32x4.splat(value > 0 ? value : Infinity)
  const b4 = f32x4.splat(<f32>b)
  const c4 = f32x4.splat(<f32>c)
  const d4 = f32x4.splat(<f32>d)
  const e4 = f32x4.splat(<f32>e)
  for (let s = 0; s < word(words, 4); s++) {
    const start = word(words, segmentsAt + 3 * s)
    const count = word(words, segmentsAt + 3 * s + 1)
    const from = partStart(count, partGrain)
    let left = partEnd(count, partGrain) - from
    const decays = word(words, segmentsAt + 3 * s + 2) != 0
    const l1 = f32x4.splat(decays ? <f32>hyperparameter(cells, 1) : 0)
    const l2 = f32x4.splat(decays ? <f32>hyperparameter(cells, 2) : 0)
    const a4 = f32x4.splat(rule == Rule.adamw && !decays ? 0 : <f32>a)
    const offset = <usize>(start + from) << 2
    let w = address(words, 0) + offset
    let g = address(words, 1) + offset
    let m = address(words, 5) + offset
    let v = address(words, 6) + offset
    for (; left >= 8; left -= 8) {
      const old0 = v128.load(w)
      const old1 = v128.load(w, 16)
      const slope0 = penalised(v128.load(g), old0, scale, most, l1, l2)
      const slope1 = penalised(v128.load(g, 16), old1, scale, most, l1, l2)
      const m0 = slotsOf(rule) > 0 ? v128.load(m) : old0
      const m1 = slotsOf(rule) > 0 ? v128.load(m, 16) : old1
      const v0 = slotsOf(rule) > 1 ? v128.load(v) : old0
      const v1 = slotsOf(rule) > 1 ? v128.load(v, 16) : old1
      const first0 = firstMemory(rule, m0, slope0, a4, b4)
      const first1 = firstMemory(rule, m1, slope1, a4, b4)
      const second0 = secondMemory(rule, v0, slope0, first0, a4, b4, c4, d4, epsilon)
      const second1 = secondMemory(rule, v1, slope1, first1, a4, b4, c4, d4, epsilon)
      const next0 = next(rule, old0, slope0, first0, second0, v0, rate, a4, e4, epsilon)
      const next1 = next(rule, old1, slope1, first1, second1, v1, rate, a4, e4, epsilon)
      if (slotsOf(rule) > 0) {
        v128.store(m, flushed(first0))
        v128.store(m, flushed(first1), 16)
      }
      if (slotsOf(rule) > 1) {
        v128.store(v, flushed(second0))
        v128.store(v, flushed(second1), 16)
      }
      v128.store(w, next0)
      v128.store(w, next1, 16)
      w += 32
      g += 32
      m += 32
      v += 32
    }
    for (; left > 0; left -= 4) {
      const old = some(w, left)
      const slope = penalised(some(g, left), old, scale, most, l1, l2)
      const m0 = slotsOf(rule) > 0 ? some(m, left) : old
      const v0 = slotsOf(rule) > 1 ? some(v, left) : old
      const first = firstMemory(rule, m0, slope, a4, b4)
      const second = secondMemory(rule, v0, slope, first, a4, b4, c4, d4, epsilon)
      if (slotsOf(rule) > 0) put(m, flushed(first), left)
      if (slotsOf(rule) > 1) put(v, flushed(second), left)
      put(w, next(rule, old, slope, first, second, v0, rate, a4, e4, epsilon), left)
      w += 16
      g += 16
      m += 16
      v += 16
    }
  }
}

@inline
function firstMemory(rule: Rule, old: v128, slope: v128, a: v128, b: v128): v128 {
  return slotsOf(rule) > 0 ? nextFirst(rule, old, slope, a, b) : slope
}

@inline
function secondMemory(rule: Rule, old: v128, slope: v128, first: v128, a: v128, b: v128, c: v128, d: v128, epsilon: v128): v128 {
  if (rule == Rule.adadelta) {
    const step = adadeltaStep(slope, first, old, epsilon)
    return f32x4.relaxed_madd(b, f32x4.mul(step, step), f32x4.mul(a, old))
  }
  return slotsOf(rule) > 1 ? nextSecond(rule, old, slope, c, d, epsilon) : slope
}

@inline
function next(rule: Rule, old: v128, slope: v128, first: v128, second: v128, secondBefore: v128, rate: v128, a: v128, e: v128, epsilon: v128): v128 {
  if (rule == Rule.adadelta) return f32x4.relaxed_nmadd(rate, adadeltaStep(slope, first, secondBefore, epsilon), old)
  return moved(rule, old, slope, first, second, rate, a, e, epsilon)
}

/** Counts the update up, before the kernel that makes it; stays at 2^24, where 1 - beta^step has long been 1. words: steps. */
export function count_update(words: usize): void {
  const steps = address(words, 0)
  store<f32>(steps, load<f32>(steps) + 1)
}

/** No own cells. */
export function sgd(words: usize): void {
  sweep(words, Rule.sgd, hyperparameter(address(words, 2), 0), 0, 0, 0, 0, 0, 0)
}

/** Own cells: momentum. */
export function momentum(words: usize): void {
  const cells = address(words, 2)
  sweep(words, Rule.momentum, hyperparameter(cells, 0), 0, hyperparameter(cells, own), 0, 0, 0, 0)
}

/** Own cells: momentum. */
export function nesterov(words: usize): void {
  const cells = address(words, 2)
  sweep(words, Rule.nesterov, hyperparameter(cells, 0), 0, hyperparameter(cells, own), 0, 0, 0, 0)
}

/** Own cells: alpha, epsilon. */
export function rmsprop(words: usize): void {
  const cells = address(words, 2)
  const alpha = hyperparameter(cells, own)
  sweep(words, Rule.rmsprop, hyperparameter(cells, 0), own + 1, alpha, 1 - alpha, 0, 0, 0)
}

/** Own cells: epsilon. */
export function adagrad(words: usize): void {
  sweep(words, Rule.adagrad, hyperparameter(address(words, 2), 0), own, 0, 0, 0, 0, 0)
}

/** Own cells: rho, epsilon. */
export function adadelta(words: usize): void {
  const cells = address(words, 2)
  const rho = hyperparameter(cells, own)
  sweep(words, Rule.adadelta, hyperparameter(cells, 0), own + 1, rho, 1 - rho, 0, 0, 0)
}

/** Own cells: beta1, beta2, epsilon. */
export function adam(words: usize): void {
  const cells = address(words, 2)
  const step = <i32>load<f32>(address(words, 3))
  const beta1 = hyperparameter(cells, own)
  const beta2 = hyperparameter(cells, own + 1)
  const rate = hyperparameter(cells, 0) / (1 - power(beta1, step))
  const spread = 1 / root64(1 - power(beta2, step))
  sweep(words, Rule.adam, rate, own + 2, 0, 1 - beta1, beta2, 1 - beta2, spread)
}

/** Own cells: beta1, beta2, epsilon, weight decay. */
export function adamw(words: usize): void {
  const cells = address(words, 2)
  const step = <i32>load<f32>(address(words, 3))
  const beta1 = hyperparameter(cells, own)
  const beta2 = hyperparameter(cells, own + 1)
  const rate = hyperparameter(cells, 0) / (1 - power(beta1, step))
  const spread = 1 / root64(1 - power(beta2, step))
  const decay = hyperparameter(cells, 0) * hyperparameter(cells, own + 3)
  sweep(words, Rule.adamw, rate, own + 2, decay, 1 - beta1, beta2, 1 - beta2, spread)
}

/** Own cells: beta1, beta2, epsilon. */
export function adamax(words: usize): void {
  const cells = address(words, 2)
  const step = <i32>load<f32>(address(words, 3))
  const beta1 = hyperparameter(cells, own)
  const rate = hyperparameter(cells, 0) / (1 - power(beta1, step))
  sweep(words, Rule.adamax, rate, own + 2, 0, 1 - beta1, hyperparameter(cells, own + 1), 0, 0)
}

/** Own cells: beta1, beta2, epsilon, momentum decay. */
export function nadam(words: usize): void {
  const cells = address(words, 2)
  const step = <i32>load<f32>(address(words, 3))
  const beta1 = hyperparameter(cells, own)
  const beta2 = hyperparameter(cells, own + 1)
  const fading = Math.exp(Math.log(nadamBase) * hyperparameter(cells, own + 3))
  const product = nadamProduct(cells + ((own + 4) << 3), step, beta1, fading)
  const now = nadamMomentum(step, beta1, fading)
  const after = nadamMomentum(step + 1, beta1, fading)
  const rate = hyperparameter(cells, 0)
  const slopeRate = (rate * (1 - now)) / (1 - product)
  const spread = 1 / root64(1 - power(beta2, step))
  const meanRate = (rate * after) / (1 - product * now * after)
  sweep(words, Rule.nadam, meanRate, own + 2, slopeRate, 1 - beta1, beta2, 1 - beta2, spread)
}

/** beta1 (1 - 0.5 * 0.96^(t psi)); `fading` is 0.96^psi. */
function nadamMomentum(step: i32, beta1: f64, fading: f64): f64 {
  return beta1 * (1 - 0.5 * power(fading, step))
}

/**
 * Product of the momenta of the steps 1 to `step`. The note holds the last step and its product; where it is of another
 * step (a run that was resumed) the product is made anew, to the same bits.
 */
function nadamProduct(note: usize, step: i32, beta1: f64, fading: f64): f64 {
  const known = <i32>load<f32>(note)
  let product: f64 = 1
  let done = 0
  if (known > 0 && known < step) {
    product = load<f64>(note, 8)
    done = known
  }
  for (done++; done <= step; done++) product *= nadamMomentum(done, beta1, fading)
  store<f32>(note, <f32>step)
  store<f64>(note, product, 8)
  return product
}

/**
 * Norm of all gradients and the factor that brings it down to at most the cell's clip norm, as PyTorch's
 * clip_grad_norm_: min(1, most / (norm + 1e-6)). Summed in float64, even and odd elements apart, in order.
 * words: gradients, cells, count.
 */
export function clip_norm(words: usize): void {
  let g = address(words, 0)
  const cells = address(words, 1)
  let left = word(words, 2)
  let total = f64x2.splat(0)
  for (; left >= 2; left -= 2) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(g))
    total = f64x2.add(total, f64x2.mul(pair, pair))
    g += 8
  }
  let sum = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)
  if (left > 0) sum += <f64>load<f32>(g) * <f64>load<f32>(g)
  const factor = hyperparameter(cells, 4) / (root64(sum) + clipEpsilon)
  store<f32>(cells, <f32>(factor > 1 ? 1 : factor), 40)
  store<f32>(cells, 0, 44)
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
