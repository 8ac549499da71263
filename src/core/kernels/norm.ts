// Layer, RMS and group normalisation. Every sum along a row has the order of reduce.ts.
import { address, loadPart, put, real, root, some, sumLanes, word } from './memory'
import { joinSums, sumRow } from './reduce'
import { partEnd, partStart } from './threads'

/** Sum of (x - mean)^2 along a row, in the order of `sumRow`. */
export function squaredDistance(from: usize, count: i32, mean: f32): f32 {
  const center = f32x4.splat(mean)
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  for (; count >= 16; count -= 16) {
    const g0 = f32x4.sub(v128.load(from), center)
    const g1 = f32x4.sub(v128.load(from, 16), center)
    const g2 = f32x4.sub(v128.load(from, 32), center)
    const g3 = f32x4.sub(v128.load(from, 48), center)
    s0 = f32x4.relaxed_madd(g0, g0, s0)
    s1 = f32x4.relaxed_madd(g1, g1, s1)
    s2 = f32x4.relaxed_madd(g2, g2, s2)
    s3 = f32x4.relaxed_madd(g3, g3, s3)
    from += 64
  }
  for (; count > 0; count -= 4) {
    const gap = f32x4.sub(count >= 4 ? v128.load(from) : loadPart(from, count, mean), center)
    s0 = f32x4.relaxed_madd(gap, gap, s0)
    from += 16
  }
  return joinSums(s0, s1, s2, s3)
}

/** Sum of y (x - mean) along a row, in the order of `sumRow`. */
export function dotDistance(y: usize, x: usize, count: i32, mean: f32): f32 {
  const center = f32x4.splat(mean)
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  for (; count >= 16; count -= 16) {
    s0 = f32x4.relaxed_madd(v128.load(y), f32x4.sub(v128.load(x), center), s0)
    s1 = f32x4.relaxed_madd(v128.load(y, 16), f32x4.sub(v128.load(x, 16), center), s1)
    s2 = f32x4.relaxed_madd(v128.load(y, 32), f32x4.sub(v128.load(x, 32), center), s2)
    s3 = f32x4.relaxed_madd(v128.load(y, 48), f32x4.sub(v128.load(x, 48), center), s3)
    x += 64
    y += 64
  }
  for (; count > 0; count -= 4) {
    const gap = f32x4.sub(count >= 4 ? v128.load(x) : loadPart(x, count, mean), center)
    s0 = f32x4.relaxed_madd(some(y, count), gap, s0)
    x += 16
    y += 16
  }
  return joinSums(s0, s1, s2, s3)
}

/** The mean that is taken away; 0 for RMS normalisation. */
@inline
function centerOf(from: usize, width: i32, centered: i32): f32 {
  return centered == 0 ? 0 : sumRow(from, width) / <f32>width
}

/** 1 / sqrt(mean square distance + epsilon). */
@inline
function scaleOf(from: usize, width: i32, mean: f32, epsilon: f32): f32 {
  return <f32>1 / root(squaredDistance(from, width, mean) / <f32>width + epsilon)
}

/** Threads share rows, or columns by whole cache lines. */
@inline
const rowGrain: i32 = 1
@inline
const columnGrain: i32 = 16

/** words: x, weight, bias (0: none), out, rows, width, epsilon, whether the mean is taken away. Threads share the rows. */
export function layer_norm(words: usize): void {
  const weight = address(words, 1)
  const bias = address(words, 2)
  const width = word(words, 5)
  const bytes = <usize>width << 2
  const end = partEnd(word(words, 4), rowGrain)
  for (let row = partStart(word(words, 4), rowGrain); row < end; row++) {
    const x = address(words, 0) + <usize>row * bytes
    const to = address(words, 3) + <usize>row * bytes
    const mean = centerOf(x, width, word(words, 7))
    const scale = scaleOf(x, width, mean, real(words, 6))
    if (bias == 0) normaliseRow(x, weight, weight, to, width, mean, scale, false)
    else normaliseRow(x, weight, bias, to, width, mean, scale, true)
  }
}

/** to = (x - mean) scale weight + bias. */
@inline
function normaliseRow(x: usize, weight: usize, bias: usize, to: usize, left: i32, mean: f32, scale: f32, hasBias: bool): void {
  const center = f32x4.splat(mean)
  const by = f32x4.splat(scale)
  const zero = f32x4.splat(0)
  for (; left >= 8; left -= 8) {
    const h0 = f32x4.mul(f32x4.sub(v128.load(x), center), by)
    const h1 = f32x4.mul(f32x4.sub(v128.load(x, 16), center), by)
    const y0 = f32x4.relaxed_madd(h0, v128.load(weight), hasBias ? v128.load(bias) : zero)
    const y1 = f32x4.relaxed_madd(h1, v128.load(weight, 16), hasBias ? v128.load(bias, 16) : zero)
    v128.store(to, y0)
    v128.store(to, y1, 16)
    x += 32
    weight += 32
    bias += 32
    to += 32
  }
  for (; left > 0; left -= 4) {
    const h = f32x4.mul(f32x4.sub(some(x, left), center), by)
    put(to, f32x4.relaxed_madd(h, some(weight, left), hasBias ? some(bias, left) : zero), left)
    x += 16
    weight += 16
    bias += 16
    to += 16
  }
}

/** Two sums along a row. */
let total: f32 = 0
let along: f32 = 0

/** `total` = sum of dy weight, `along` = sum of dy weight (x - mean), eight partial sums each joined as in `sumLanes`. */
function pullSums(upstream: usize, weight: usize, x: usize, left: i32, mean: f32): void {
  const center = f32x4.splat(mean)
  let t0 = f32x4.splat(0)
  let t1 = t0
  let a0 = t0
  let a1 = t0
  for (; left >= 8; left -= 8) {
    const g0 = f32x4.mul(v128.load(upstream), v128.load(weight))
    const g1 = f32x4.mul(v128.load(upstream, 16), v128.load(weight, 16))
    t0 = f32x4.add(t0, g0)
    t1 = f32x4.add(t1, g1)
    a0 = f32x4.relaxed_madd(g0, f32x4.sub(v128.load(x), center), a0)
    a1 = f32x4.relaxed_madd(g1, f32x4.sub(v128.load(x, 16), center), a1)
    upstream += 32
    weight += 32
    x += 32
  }
  for (; left > 0; left -= 4) {
    const g = f32x4.mul(some(upstream, left), some(weight, left))
    t0 = f32x4.add(t0, g)
    a0 = f32x4.relaxed_madd(g, f32x4.sub(some(x, left), center), a0)
    upstream += 16
    weight += 16
    x += 16
  }
  total = sumLanes(f32x4.add(t0, t1))
  along = sumLanes(f32x4.add(a0, a1))
}

/** words: x, weight, dy, out, rows, width, epsilon, whether the mean is taken away. Threads share the rows. */
export function layer_norm_gradient(words: usize): void {
  const weight = address(words, 1)
  const width = word(words, 5)
  const bytes = <usize>width << 2
  const end = partEnd(word(words, 4), rowGrain)
  for (let row = partStart(word(words, 4), rowGrain); row < end; row++) {
    const x = address(words, 0) + <usize>row * bytes
    const upstream = address(words, 2) + <usize>row * bytes
    const mean = centerOf(x, width, word(words, 7))
    const factor = scaleOf(x, width, mean, real(words, 6))
    pullSums(upstream, weight, x, width, mean)
    const share = <f32>1 / <f32>width
    const offset = word(words, 7) == 0 ? <f32>0 : total * factor * share
    pullNormRow(upstream, weight, x, address(words, 3) + <usize>row * bytes, width, factor, mean, along * factor * factor * factor * share, offset)
  }
}

/** to = factor dy weight - offset - (x - mean) slope. */
function pullNormRow(upstream: usize, weight: usize, x: usize, to: usize, left: i32, factor: f32, mean: f32, slope: f32, offset: f32): void {
  const by = f32x4.splat(factor)
  const center = f32x4.splat(mean)
  const tilt = f32x4.splat(slope)
  const shift = f32x4.splat(offset)
  for (; left >= 8; left -= 8) {
    const g0 = f32x4.mul(f32x4.mul(v128.load(upstream), v128.load(weight)), by)
    const g1 = f32x4.mul(f32x4.mul(v128.load(upstream, 16), v128.load(weight, 16)), by)
    const y0 = f32x4.relaxed_nmadd(f32x4.sub(v128.load(x), center), tilt, f32x4.sub(g0, shift))
    const y1 = f32x4.relaxed_nmadd(f32x4.sub(v128.load(x, 16), center), tilt, f32x4.sub(g1, shift))
    v128.store(to, y0)
    v128.store(to, y1, 16)
    upstream += 32
    weight += 32
    x += 32
    to += 32
  }
  for (; left > 0; left -= 4) {
    const g = f32x4.mul(f32x4.mul(some(upstream, left), some(weight, left)), by)
    put(to, f32x4.relaxed_nmadd(f32x4.sub(some(x, left), center), tilt, f32x4.sub(g, shift)), left)
    upstream += 16
    weight += 16
    x += 16
    to += 16
  }
}

/** to = factor g - offset - (x - mean) along; `to` may be g. */
export function pullRow(g: usize, x: usize, to: usize, count: i32, factor: f32, mean: f32, along: f32, offset: f32): void {
  const by = f32x4.splat(factor)
  const center = f32x4.splat(mean)
  const slope = f32x4.splat(along)
  const shift = f32x4.splat(offset)
  for (; count > 0; count -= 4) {
    const own = f32x4.sub(f32x4.mul(some(g, count), by), shift)
    put(to, f32x4.relaxed_nmadd(f32x4.sub(some(x, count), center), slope, own), count)
    g += 16
    x += 16
    to += 16
  }
}

/**
 * Sum over the rows, in order, of dy times the normalised x; words: x, dy, out, rows, width, epsilon, centered.
 * Threads share the columns; each measures all rows.
 */
export function layer_norm_weight_gradient(words: usize): void {
  const width = word(words, 4)
  const bytes = <usize>width << 2
  const first = partStart(width, columnGrain)
  const count = partEnd(width, columnGrain) - first
  if (count <= 0) return
  const to = address(words, 2) + (<usize>first << 2)
  memory.fill(to, 0, <usize>count << 2)
  for (let row = 0; row < word(words, 3); row++) {
    const x = address(words, 0) + <usize>row * bytes
    const upstream = address(words, 1) + <usize>row * bytes + (<usize>first << 2)
    const mean = centerOf(x, width, word(words, 6))
    const scale = scaleOf(x, width, mean, real(words, 5))
    addNormalised(x + (<usize>first << 2), upstream, to, count, mean, scale)
  }
}

/** to += dy (x - mean) scale. */
function addNormalised(x: usize, upstream: usize, to: usize, left: i32, mean: f32, scale: f32): void {
  const center = f32x4.splat(mean)
  const by = f32x4.splat(scale)
  for (; left >= 8; left -= 8) {
    const h0 = f32x4.mul(f32x4.sub(v128.load(x), center), by)
    const h1 = f32x4.mul(f32x4.sub(v128.load(x, 16), center), by)
    const y0 = f32x4.relaxed_madd(h0, v128.load(upstream), v128.load(to))
    const y1 = f32x4.relaxed_madd(h1, v128.load(upstream, 16), v128.load(to, 16))
    v128.store(to, y0)
    v128.store(to, y1, 16)
    x += 32
    upstream += 32
    to += 32
  }
  for (; left > 0; left -= 4) {
    const h = f32x4.mul(f32x4.sub(some(x, left), center), by)
    put(to, f32x4.relaxed_madd(h, some(upstream, left), some(to, left)), left)
    x += 16
    upstream += 16
    to += 16
  }
}

/** to = (x - mean) factor + offset. */
export function affineRow(x: usize, to: usize, count: i32, mean: f32, factor: f32, offset: f32): void {
  const center = f32x4.splat(mean)
  const by = f32x4.splat(factor)
  const shift = f32x4.splat(offset)
  for (; count >= 8; count -= 8) {
    const low = f32x4.relaxed_madd(f32x4.sub(v128.load(x), center), by, shift)
    const high = f32x4.relaxed_madd(f32x4.sub(v128.load(x, 16), center), by, shift)
    v128.store(to, low)
    v128.store(to, high, 16)
    x += 32
    to += 32
  }
  for (; count > 0; count -= 4) {
    put(to, f32x4.relaxed_madd(f32x4.sub(some(x, count), center), by, shift), count)
    x += 16
    to += 16
  }
}

@inline
function float(at: usize, index: i32): f32 {
  return load<f32>(at + (<usize>index << 2))
}

/** words: x, weight, bias, out, rows (pictures x groups), groups, channels a group, pixels, epsilon. */
export function group_norm(words: usize): void {
  const channels = word(words, 6)
  const pixels = word(words, 7)
  const width = channels * pixels
  let x = address(words, 0)
  let to = address(words, 3)
  for (let row = 0; row < word(words, 4); row++) {
    const first = (row % word(words, 5)) * channels
    const mean = sumRow(x, width) / <f32>width
    const scale = scaleOf(x, width, mean, real(words, 8))
    for (let channel = first; channel < first + channels; channel++) {
      const factor = scale * float(address(words, 1), channel)
      affineRow(x, to, pixels, mean, factor, float(address(words, 2), channel))
      x += <usize>pixels << 2
      to += <usize>pixels << 2
    }
  }
}

/** words: x, weight, dy, out, rows, groups, channels a group, pixels, epsilon. */
export function group_norm_gradient(words: usize): void {
  const channels = word(words, 6)
  const pixels = word(words, 7)
  const width = channels * pixels
  const weight = address(words, 1)
  for (let row = 0; row < word(words, 4); row++) {
    const start = <usize>(row * width) << 2
    const first = (row % word(words, 5)) * channels
    const x = address(words, 0) + start
    const mean = sumRow(x, width) / <f32>width
    const scale = scaleOf(x, width, mean, real(words, 8))
    let total: f32 = 0
    let along: f32 = 0
    for (let channel = 0; channel < channels; channel++) {
      const at = <usize>(channel * pixels) << 2
      const upstream = address(words, 2) + start + at
      total += float(weight, first + channel) * sumRow(upstream, pixels)
      along += float(weight, first + channel) * dotDistance(upstream, x + at, pixels, mean)
    }
    along *= (scale * scale * scale) / <f32>width
    total *= scale / <f32>width
    for (let channel = 0; channel < channels; channel++) {
      const at = <usize>(channel * pixels) << 2
      const factor = scale * float(weight, first + channel)
      pullRow(address(words, 2) + start + at, x + at, address(words, 3) + start + at, pixels, factor, mean, along, total)
    }
  }
}

/** words: x, dy, out, rows, groups, channels a group, pixels, epsilon. */
export function group_norm_weight_gradient(words: usize): void {
  const groups = word(words, 4)
  const channels = word(words, 5)
  const pixels = word(words, 6)
  const width = channels * pixels
  const to = address(words, 2)
  memory.fill(to, 0, <usize>(groups * channels) << 2)
  for (let row = 0; row < word(words, 3); row++) {
    const start = <usize>(row * width) << 2
    const x = address(words, 0) + start
    const mean = sumRow(x, width) / <f32>width
    const scale = scaleOf(x, width, mean, real(words, 7))
    for (let channel = 0; channel < channels; channel++) {
      const at = <usize>(channel * pixels) << 2
      const cell = to + (<usize>((row % groups) * channels + channel) << 2)
      store<f32>(cell, load<f32>(cell) + scale * dotDistance(address(words, 1) + start + at, x + at, pixels, mean))
    }
  }
}
