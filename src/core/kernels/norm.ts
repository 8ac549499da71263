// Layer, RMS and group normalisation. Every sum along a row has the order of reduce.ts.
import { address, loadPart, real, storePart, sumLanes, word } from './memory'
import { sumRow } from './reduce'

/** Sum of (x - mean)^2 along a row. */
export function squaredDistance(from: usize, count: i32, mean: f32): f32 {
  const center = f32x4.splat(mean)
  let total = f32x4.splat(0)
  for (; count >= 4; count -= 4) {
    const gap = f32x4.sub(v128.load(from), center)
    total = f32x4.relaxed_madd(gap, gap, total)
    from += 16
  }
  if (count > 0) {
    const gap = f32x4.sub(loadPart(from, count, mean), center)
    total = f32x4.relaxed_madd(gap, gap, total)
  }
  return sumLanes(total)
}

/** Sum of y (x - mean) along a row. */
export function dotDistance(y: usize, x: usize, count: i32, mean: f32): f32 {
  const center = f32x4.splat(mean)
  let total = f32x4.splat(0)
  for (; count >= 4; count -= 4) {
    total = f32x4.relaxed_madd(v128.load(y), f32x4.sub(v128.load(x), center), total)
    x += 16
    y += 16
  }
  if (count > 0) {
    total = f32x4.relaxed_madd(loadPart(y, count, 0), f32x4.sub(loadPart(x, count, mean), center), total)
  }
  return sumLanes(total)
}

/** The mean that is taken away; 0 for RMS normalisation. */
@inline
function centerOf(from: usize, width: i32, centered: i32): f32 {
  return centered == 0 ? 0 : sumRow(from, width) / <f32>width
}

/** 1 / sqrt(mean square distance + epsilon). */
@inline
function scaleOf(from: usize, width: i32, mean: f32, epsilon: f32): f32 {
  return <f32>1 / sqrt<f32>(squaredDistance(from, width, mean) / <f32>width + epsilon)
}

/** words: x, weight, bias (0: none), out, rows, width, epsilon, whether the mean is taken away. */
export function layer_norm(words: usize): void {
  const weight = address(words, 1)
  const bias = address(words, 2)
  const width = word(words, 5)
  const bytes = <usize>width << 2
  for (let row = 0; row < word(words, 4); row++) {
    const x = address(words, 0) + <usize>row * bytes
    const to = address(words, 3) + <usize>row * bytes
    const mean = centerOf(x, width, word(words, 7))
    const center = f32x4.splat(mean)
    const scale = f32x4.splat(scaleOf(x, width, mean, real(words, 6)))
    let left = width
    for (let i: usize = 0; left > 0; i += 16) {
      if (left >= 4) {
        const h = f32x4.mul(f32x4.sub(v128.load(x + i), center), scale)
        const offset = bias == 0 ? f32x4.splat(0) : v128.load(bias + i)
        v128.store(to + i, f32x4.relaxed_madd(h, v128.load(weight + i), offset))
      } else {
        const h = f32x4.mul(f32x4.sub(loadPart(x + i, left, 0), center), scale)
        const offset = bias == 0 ? f32x4.splat(0) : loadPart(bias + i, left, 0)
        storePart(to + i, f32x4.relaxed_madd(h, loadPart(weight + i, left, 0), offset), left)
      }
      left -= 4
    }
  }
}

/** words: x, weight, dy, out, rows, width, epsilon, whether the mean is taken away. */
export function layer_norm_gradient(words: usize): void {
  const weight = address(words, 1)
  const width = word(words, 5)
  const bytes = <usize>width << 2
  for (let row = 0; row < word(words, 4); row++) {
    const x = address(words, 0) + <usize>row * bytes
    const upstream = address(words, 2) + <usize>row * bytes
    const to = address(words, 3) + <usize>row * bytes
    const mean = centerOf(x, width, word(words, 7))
    const factor = scaleOf(x, width, mean, real(words, 6))
    // to = dy w first, then its mean and its part along x are taken away
    let left = width
    for (let i: usize = 0; left > 0; i += 16) {
      if (left >= 4) v128.store(to + i, f32x4.mul(v128.load(upstream + i), v128.load(weight + i)))
      else storePart(to + i, f32x4.mul(loadPart(upstream + i, left, 0), loadPart(weight + i, left, 0)), left)
      left -= 4
    }
    const along = (dotDistance(to, x, width, mean) * factor * factor * factor) / <f32>width
    pullRow(to, x, to, width, factor, mean, along, centerOf(to, width, word(words, 7)) * factor)
  }
}

/** to = factor g - offset - (x - mean) along; `to` may be g. */
export function pullRow(g: usize, x: usize, to: usize, count: i32, factor: f32, mean: f32, along: f32, offset: f32): void {
  const by = f32x4.splat(factor)
  const center = f32x4.splat(mean)
  const slope = f32x4.splat(along)
  const shift = f32x4.splat(offset)
  for (; count >= 4; count -= 4) {
    const own = f32x4.sub(f32x4.mul(v128.load(g), by), shift)
    v128.store(to, f32x4.relaxed_nmadd(f32x4.sub(v128.load(x), center), slope, own))
    g += 16
    x += 16
    to += 16
  }
  if (count > 0) {
    const own = f32x4.sub(f32x4.mul(loadPart(g, count, 0), by), shift)
    storePart(to, f32x4.relaxed_nmadd(f32x4.sub(loadPart(x, count, 0), center), slope, own), count)
  }
}

/** Sum over the rows, in order, of dy times the normalised x; words: x, dy, out, rows, width, epsilon, centered. */
export function layer_norm_weight_gradient(words: usize): void {
  const width = word(words, 4)
  const bytes = <usize>width << 2
  const to = address(words, 2)
  memory.fill(to, 0, bytes)
  for (let row = 0; row < word(words, 3); row++) {
    const x = address(words, 0) + <usize>row * bytes
    const upstream = address(words, 1) + <usize>row * bytes
    const mean = centerOf(x, width, word(words, 6))
    const center = f32x4.splat(mean)
    const scale = f32x4.splat(scaleOf(x, width, mean, real(words, 5)))
    let left = width
    for (let i: usize = 0; left > 0; i += 16) {
      if (left >= 4) {
        const h = f32x4.mul(f32x4.sub(v128.load(x + i), center), scale)
        v128.store(to + i, f32x4.relaxed_madd(h, v128.load(upstream + i), v128.load(to + i)))
      } else {
        const h = f32x4.mul(f32x4.sub(loadPart(x + i, left, 0), center), scale)
        storePart(to + i, f32x4.relaxed_madd(h, loadPart(upstream + i, left, 0), loadPart(to + i, left, 0)), left)
      }
      left -= 4
    }
  }
}

/** to = (x - mean) factor + offset. */
export function affineRow(x: usize, to: usize, count: i32, mean: f32, factor: f32, offset: f32): void {
  const center = f32x4.splat(mean)
  const by = f32x4.splat(factor)
  const shift = f32x4.splat(offset)
  for (; count >= 4; count -= 4) {
    v128.store(to, f32x4.relaxed_madd(f32x4.sub(v128.load(x), center), by, shift))
    x += 16
    to += 16
  }
  if (count > 0) storePart(to, f32x4.relaxed_madd(f32x4.sub(loadPart(x, count, 0), center), by, shift), count)
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
