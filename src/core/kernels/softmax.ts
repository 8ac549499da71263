// Softmax, its logarithm and the gradients of both.
import { exp4 } from './math'
import { address, loadPart, storePart, sumLanes, word } from './memory'
import { sumRow } from './reduce'

/** Largest of a row; NaN where the row has one. */
export function maxRow(from: usize, count: i32): f32 {
  let largest = f32x4.splat(-Infinity)
  for (; count >= 4; count -= 4) {
    largest = f32x4.max(largest, v128.load(from))
    from += 16
  }
  if (count > 0) largest = f32x4.max(largest, loadPart(from, count, -Infinity))
  return max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  )
}

/** to = e^(x - max); returns the sum of the row. */
export function exponentials(from: usize, to: usize, width: i32): f32 {
  const shift = f32x4.splat(maxRow(from, width))
  let total = f32x4.splat(0)
  for (; width >= 4; width -= 4) {
    const e = exp4(f32x4.sub(v128.load(from), shift))
    total = f32x4.add(total, e)
    v128.store(to, e)
    from += 16
    to += 16
  }
  if (width > 0) {
    const e = exp4(f32x4.sub(loadPart(from, width, -Infinity), shift))
    storePart(to, e, width)
    total = f32x4.add(total, loadPart(to, width, 0))
  }
  return sumLanes(total)
}

export function scaleRow(at: usize, width: i32, factor: f32): void {
  const by = f32x4.splat(factor)
  for (; width >= 4; width -= 4) {
    v128.store(at, f32x4.mul(v128.load(at), by))
    at += 16
  }
  if (width > 0) storePart(at, f32x4.mul(loadPart(at, width, 0), by), width)
}

/** words: x, out, rows, width. */
export function softmax(words: usize): void {
  let from = address(words, 0)
  let to = address(words, 1)
  const width = word(words, 3)
  for (let row = word(words, 2); row > 0; row--) {
    const total = exponentials(from, to, width)
    scaleRow(to, width, <f32>1 / total)
    from += <usize>width << 2
    to += <usize>width << 2
  }
}

/** words: y, dy, out, rows, width. */
export function softmax_gradient(words: usize): void {
  let y = address(words, 0)
  let upstream = address(words, 1)
  let to = address(words, 2)
  const width = word(words, 4)
  for (let row = word(words, 3); row > 0; row--) {
    let left = width
    for (let i: usize = 0; left > 0; i += 16) {
      if (left >= 4) v128.store(to + i, f32x4.mul(v128.load(y + i), v128.load(upstream + i)))
      else storePart(to + i, f32x4.mul(loadPart(y + i, left, 0), loadPart(upstream + i, left, 0)), left)
      left -= 4
    }
    const dot = f32x4.splat(sumRow(to, width))
    left = width
    for (let i: usize = 0; left > 0; i += 16) {
      if (left >= 4) v128.store(to + i, f32x4.mul(v128.load(y + i), f32x4.sub(v128.load(upstream + i), dot)))
      else storePart(to + i, f32x4.mul(loadPart(y + i, left, 0), f32x4.sub(loadPart(upstream + i, left, 0), dot)), left)
      left -= 4
    }
    y += <usize>width << 2
    upstream += <usize>width << 2
    to += <usize>width << 2
  }
}

/** y = x - max - ln(sum of e^(x - max)); words: x, out, rows, width. */
export function log_softmax(words: usize): void {
  let from = address(words, 0)
  let to = address(words, 1)
  const width = word(words, 3)
  for (let row = word(words, 2); row > 0; row--) {
    const total = exponentials(from, to, width)
    const shift = f32x4.splat(maxRow(from, width))
    const rest = f32x4.splat(<f32>Math.log(<f64>total))
    let left = width
    for (let i: usize = 0; left > 0; i += 16) {
      const x = left >= 4 ? v128.load(from + i) : loadPart(from + i, left, 0)
      const y = f32x4.sub(f32x4.sub(x, shift), rest)
      if (left >= 4) v128.store(to + i, y)
      else storePart(to + i, y, left)
      left -= 4
    }
    from += <usize>width << 2
    to += <usize>width << 2
  }
}

/** dx = dy - e^y (sum of dy); words: y, dy, out, rows, width. */
export function log_softmax_gradient(words: usize): void {
  let y = address(words, 0)
  let upstream = address(words, 1)
  let to = address(words, 2)
  const width = word(words, 4)
  for (let row = word(words, 3); row > 0; row--) {
    const total = f32x4.splat(sumRow(upstream, width))
    let left = width
    for (let i: usize = 0; left > 0; i += 16) {
      const whole = left >= 4
      const p = exp4(whole ? v128.load(y + i) : loadPart(y + i, left, 0))
      const value = f32x4.relaxed_nmadd(p, total, whole ? v128.load(upstream + i) : loadPart(upstream + i, left, 0))
      if (whole) v128.store(to + i, value)
      else storePart(to + i, value, left)
      left -= 4
    }
    y += <usize>width << 2
    upstream += <usize>width << 2
    to += <usize>width << 2
  }
}
