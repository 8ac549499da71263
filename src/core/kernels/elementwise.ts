// Elementwise kernels of one value. All share one of two loops, so that who has read one has read all.
import {
  elu4,
  eluSlope4,
  gelu4,
  geluSlope4,
  geluTanh4,
  geluTanhSlope4,
  leakyRelu4,
  leakyReluSlope4,
  mish4,
  mishSlope4,
  sign4,
  silu4,
  siluSlope4,
  softplus4,
  softsign4,
  softsignSlope4,
} from './activation'
import { exp4, log4, relu4, sigmoid4, tanh4 } from './math'
import { address, loadPart, storePart, word } from './memory'
import { partEnd, partStart } from './threads'
import { cos4, sin4 } from './trigonometry'

/** What a loop computes; always a constant, so that only one case is left in each kernel. */
const enum Map {
  relu, sigmoid, tanh, leakyRelu, elu, gelu, geluTanh, silu, mish, softplus, softsign, sine, exp, log, sqrt, square, abs, sign,
}

@inline
function mapped(x: v128, map: Map): v128 {
  if (map == Map.relu) return relu4(x)
  if (map == Map.sigmoid) return sigmoid4(x)
  if (map == Map.tanh) return tanh4(x)
  if (map == Map.leakyRelu) return leakyRelu4(x)
  if (map == Map.elu) return elu4(x)
  if (map == Map.gelu) return gelu4(x)
  if (map == Map.geluTanh) return geluTanh4(x)
  if (map == Map.silu) return silu4(x)
  if (map == Map.mish) return mish4(x)
  if (map == Map.softplus) return softplus4(x)
  if (map == Map.softsign) return softsign4(x)
  if (map == Map.sine) return sin4(x)
  if (map == Map.exp) return exp4(x)
  if (map == Map.log) return log4(x)
  if (map == Map.sqrt) return f32x4.sqrt(x)
  if (map == Map.square) return f32x4.mul(x, x)
  if (map == Map.abs) return f32x4.abs(x)
  return sign4(x)
}

/** The gradient from what the forward pass kept, the input or the output, and the upstream dy. */
@inline
function pulled(kept: v128, dy: v128, map: Map): v128 {
  const one = f32x4.splat(1)
  if (map == Map.relu) return v128.and(f32x4.gt(kept, f32x4.splat(0)), dy)
  if (map == Map.log) return f32x4.div(dy, kept)
  if (map == Map.sqrt) return f32x4.div(f32x4.mul(dy, f32x4.splat(0.5)), kept)
  let slope = kept
  if (map == Map.sigmoid) slope = f32x4.mul(kept, f32x4.sub(one, kept))
  if (map == Map.tanh) slope = f32x4.relaxed_nmadd(kept, kept, one)
  if (map == Map.leakyRelu) slope = leakyReluSlope4(kept)
  if (map == Map.elu) slope = eluSlope4(kept)
  if (map == Map.gelu) slope = geluSlope4(kept)
  if (map == Map.geluTanh) slope = geluTanhSlope4(kept)
  if (map == Map.silu) slope = siluSlope4(kept)
  if (map == Map.mish) slope = mishSlope4(kept)
  if (map == Map.softplus) slope = sigmoid4(kept)
  if (map == Map.softsign) slope = softsignSlope4(kept)
  if (map == Map.sine) slope = cos4(kept)
  if (map == Map.square) slope = f32x4.add(kept, kept)
  if (map == Map.abs) slope = sign4(kept)
  return f32x4.mul(slope, dy)
}

/** `count` floats from one address to another, which may be equal. */
@inline
function rows(from: usize, to: usize, count: i32, map: Map): void {
  for (; count >= 8; count -= 8) {
    const low = mapped(v128.load(from), map)
    const high = mapped(v128.load(from, 16), map)
    v128.store(to, low)
    v128.store(to, high, 16)
    from += 32
    to += 32
  }
  if (count >= 4) {
    v128.store(to, mapped(v128.load(from), map))
    from += 16
    to += 16
    count -= 4
  }
  if (count > 0) storePart(to, mapped(loadPart(from, count, 1), map), count)
}

/** Threads share numbers by whole cache lines. */
@inline
const grain: i32 = 64

/** words: x, out, count. */
@inline
function forward(words: usize, map: Map): void {
  const first = partStart(word(words, 2), grain)
  const offset = <usize>first << 2
  rows(address(words, 0) + offset, address(words, 1) + offset, partEnd(word(words, 2), grain) - first, map)
}

/** words: kept, dy, out, count. */
@inline
function backward(words: usize, map: Map): void {
  const first = partStart(word(words, 3), grain)
  const offset = <usize>first << 2
  let kept = address(words, 0) + offset
  let upstream = address(words, 1) + offset
  let out = address(words, 2) + offset
  let count = partEnd(word(words, 3), grain) - first
  for (; count >= 8; count -= 8) {
    const low = pulled(v128.load(kept), v128.load(upstream), map)
    const high = pulled(v128.load(kept, 16), v128.load(upstream, 16), map)
    v128.store(out, low)
    v128.store(out, high, 16)
    kept += 32
    upstream += 32
    out += 32
  }
  if (count >= 4) {
    v128.store(out, pulled(v128.load(kept), v128.load(upstream), map))
    kept += 16
    upstream += 16
    out += 16
    count -= 4
  }
  if (count > 0) storePart(out, pulled(loadPart(kept, count, 1), loadPart(upstream, count, 0), map), count)
}

/** out = max(0, x). */
export function relu(words: usize): void {
  forward(words, Map.relu)
}

export function relu_gradient(words: usize): void {
  backward(words, Map.relu)
}

/** out = 1 / (1 + e^-x). */
export function sigmoid(words: usize): void {
  forward(words, Map.sigmoid)
}

export function sigmoid_gradient(words: usize): void {
  backward(words, Map.sigmoid)
}

/** out = tanh x. */
export function tanh(words: usize): void {
  forward(words, Map.tanh)
}

export function tanh_gradient(words: usize): void {
  backward(words, Map.tanh)
}

/** out = x, or 0.01 x below 0. */
export function leaky_relu(words: usize): void {
  forward(words, Map.leakyRelu)
}

export function leaky_relu_gradient(words: usize): void {
  backward(words, Map.leakyRelu)
}

/** out = x, or e^x - 1 below 0. */
export function elu(words: usize): void {
  forward(words, Map.elu)
}

export function elu_gradient(words: usize): void {
  backward(words, Map.elu)
}

/** out = x Phi(x). */
export function gelu(words: usize): void {
  forward(words, Map.gelu)
}

export function gelu_gradient(words: usize): void {
  backward(words, Map.gelu)
}

/** out = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. */
export function gelu_tanh(words: usize): void {
  forward(words, Map.geluTanh)
}

export function gelu_tanh_gradient(words: usize): void {
  backward(words, Map.geluTanh)
}

/** out = x / (1 + e^-x). */
export function silu(words: usize): void {
  forward(words, Map.silu)
}

export function silu_gradient(words: usize): void {
  backward(words, Map.silu)
}

/** out = x tanh(softplus x). */
export function mish(words: usize): void {
  forward(words, Map.mish)
}

export function mish_gradient(words: usize): void {
  backward(words, Map.mish)
}

/** out = ln(1 + e^x). */
export function softplus(words: usize): void {
  forward(words, Map.softplus)
}

export function softplus_gradient(words: usize): void {
  backward(words, Map.softplus)
}

/** out = x / (1 + |x|). */
export function softsign(words: usize): void {
  forward(words, Map.softsign)
}

export function softsign_gradient(words: usize): void {
  backward(words, Map.softsign)
}

/** out = sin x. */
export function sine(words: usize): void {
  forward(words, Map.sine)
}

export function sine_gradient(words: usize): void {
  backward(words, Map.sine)
}

/** out = e^x. */
export function exp(words: usize): void {
  forward(words, Map.exp)
}

export function exp_gradient(words: usize): void {
  backward(words, Map.exp)
}

/** out = ln x. */
export function log(words: usize): void {
  forward(words, Map.log)
}

export function log_gradient(words: usize): void {
  backward(words, Map.log)
}

/** out = the square root of x. */
export function sqrt(words: usize): void {
  forward(words, Map.sqrt)
}

export function sqrt_gradient(words: usize): void {
  backward(words, Map.sqrt)
}

/** out = x^2. */
export function square(words: usize): void {
  forward(words, Map.square)
}

export function square_gradient(words: usize): void {
  backward(words, Map.square)
}

/** out = |x|. */
export function abs(words: usize): void {
  forward(words, Map.abs)
}

export function abs_gradient(words: usize): void {
  backward(words, Map.abs)
}

/** out = -1, 0 or 1. */
export function sign(words: usize): void {
  forward(words, Map.sign)
}

/** relu of `count` floats for a product's kernel; from and to may be equal. */
export function reluRows(from: usize, to: usize, count: i32): void {
  rows(from, to, count, Map.relu)
}

/** sigmoid of `count` floats for a product's kernel; from and to may be equal. */
export function sigmoidRows(from: usize, to: usize, count: i32): void {
  rows(from, to, count, Map.sigmoid)
}

/** tanh of `count` floats for a product's kernel; from and to may be equal. */
export function tanhRows(from: usize, to: usize, count: i32): void {
  rows(from, to, count, Map.tanh)
}
