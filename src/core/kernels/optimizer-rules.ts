// What each optimizer does with four parameters: the next value of its memory, then the next parameters.
// `a` to `e` are the constants of the step that the kernels in optimizer.ts compute; formulas in src/core/optim/.

/** Which optimizer; always a constant, so that only one case is left in each kernel. */
export const enum Rule {
  sgd, momentum, nesterov, rmsprop, adagrad, adadelta, adam, adamw, adamax, nadam,
}

/** How many memory tensors an optimizer has. */
@inline
export function slotsOf(rule: Rule): i32 {
  if (rule == Rule.sgd) return 0
  return rule == Rule.momentum || rule == Rule.nesterov || rule == Rule.rmsprop || rule == Rule.adagrad ? 1 : 2
}

/** The first memory: velocity, mean of the gradient or of its square. */
@inline
export function nextFirst(rule: Rule, old: v128, g: v128, a: v128, b: v128): v128 {
  if (rule == Rule.momentum || rule == Rule.nesterov) return f32x4.relaxed_madd(a, old, g)
  if (rule == Rule.adagrad) return f32x4.relaxed_madd(g, g, old)
  if (rule == Rule.rmsprop || rule == Rule.adadelta) {
    return f32x4.relaxed_madd(b, f32x4.mul(g, g), f32x4.mul(a, old))
  }
  return f32x4.relaxed_madd(b, f32x4.sub(g, old), old)
}

/** The second memory, of the optimizers of Adam's family: mean square, or the decayed largest size. */
@inline
export function nextSecond(rule: Rule, old: v128, g: v128, c: v128, d: v128, epsilon: v128): v128 {
  if (rule == Rule.adamax) return f32x4.max(f32x4.mul(c, old), f32x4.add(f32x4.abs(g), epsilon))
  return f32x4.relaxed_madd(d, f32x4.mul(g, g), f32x4.mul(c, old))
}

/** Adadelta's step before the rate: the root of the mean square of past steps over that of the gradient, times it. */
@inline
export function adadeltaStep(g: v128, square: v128, steps: v128, epsilon: v128): v128 {
  const under = f32x4.sqrt(f32x4.add(square, epsilon))
  return f32x4.mul(f32x4.div(f32x4.sqrt(f32x4.add(steps, epsilon)), under), g)
}

/** The next parameters from the old ones, the gradient and the new memory. */
@inline
export function moved(rule: Rule, w: v128, g: v128, first: v128, second: v128, rate: v128, a: v128, e: v128, epsilon: v128): v128 {
  if (rule == Rule.sgd) return f32x4.relaxed_nmadd(rate, g, w)
  if (rule == Rule.momentum) return f32x4.relaxed_nmadd(rate, first, w)
  if (rule == Rule.nesterov) return f32x4.relaxed_nmadd(rate, f32x4.relaxed_madd(a, first, g), w)
  if (rule == Rule.rmsprop || rule == Rule.adagrad) {
    return f32x4.relaxed_nmadd(rate, f32x4.div(g, f32x4.add(f32x4.sqrt(first), epsilon)), w)
  }
  if (rule == Rule.adamax) return f32x4.relaxed_nmadd(rate, f32x4.div(first, second), w)
  const under = f32x4.relaxed_madd(f32x4.sqrt(second), e, epsilon)
  if (rule == Rule.nadam) w = f32x4.relaxed_nmadd(a, f32x4.div(g, under), w)
  if (rule == Rule.adamw) w = f32x4.relaxed_nmadd(a, w, w)
  return f32x4.relaxed_nmadd(rate, f32x4.div(first, under), w)
}
