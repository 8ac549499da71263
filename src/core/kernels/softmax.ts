// Softmax, its gradient, and the losses that are computed from it.
import { exp4 } from './math'
import { address, loadPart, storePart, sumLanes, word } from './memory'
import { sumRow } from './reduce'

/** Largest of a row; NaN where the row has one. */
function maxRow(from: usize, count: i32): f32 {
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
function exponentials(from: usize, to: usize, width: i32): f32 {
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

function scaleRow(at: usize, width: i32, factor: f32): void {
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

/** Sum of a row without one of its elements, at least the smallest share of the whole (see ops/cross-entropy.ts). */
function sumOthers(at: usize, width: i32, right: i32, total: f32): f32 {
  const cell = at + (<usize>right << 2)
  const kept = load<f32>(cell)
  store<f32>(cell, 0)
  const others = sumRow(at, width)
  store<f32>(cell, kept)
  return max(others, <f32>1e-12 * total)
}

let scratch: usize = 0

/** Memory for one row of classes, given by the host: `useScratch(address)`. */
export function useScratch(at: usize): void {
  scratch = at
}

function lossOfRow(logits: usize, target: usize, e: usize, width: i32): f64 {
  const right = <i32>load<f32>(target)
  const reward = load<f32>(target, 4)
  const total = exponentials(logits, e, width)
  if (reward >= 0) {
    const gap = <f64>load<f32>(logits + (<usize>right << 2)) - <f64>maxRow(logits, width)
    return -<f64>reward * (gap - Math.log(<f64>total))
  }
  return <f64>reward * Math.log(<f64>sumOthers(e, width, right, total) / <f64>total)
}

/** Turns the exponentials of a row in place into the gradient with respect to its logits. */
function gradientOfRow(target: usize, e: usize, width: i32, share: f32): void {
  const right = <i32>load<f32>(target)
  const reward = load<f32>(target, 4)
  const total = sumRow(e, width)
  const cell = e + (<usize>right << 2)
  let pull = reward
  if (reward < 0) pull = (reward * load<f32>(cell)) / sumOthers(e, width, right, total)
  pull *= share
  scaleRow(e, width, pull / total)
  store<f32>(cell, load<f32>(cell) - pull)
}

/** words: logits, targets, loss, rows, width. */
export function cross_entropy(words: usize): void {
  let logits = address(words, 0)
  let target = address(words, 1)
  const rows = word(words, 3)
  const width = word(words, 4)
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    total += lossOfRow(logits, target, scratch, width)
    logits += <usize>width << 2
    target += 8
  }
  store<f32>(address(words, 2), <f32>(total / <f64>rows))
}

/** words: logits, targets, upstream, out, rows, width. */
export function cross_entropy_gradient(words: usize): void {
  let logits = address(words, 0)
  let target = address(words, 1)
  let to = address(words, 3)
  const rows = word(words, 4)
  const width = word(words, 5)
  const share = load<f32>(address(words, 2)) / <f32>rows
  for (let row = 0; row < rows; row++) {
    exponentials(logits, to, width)
    gradientOfRow(target, to, width, share)
    logits += <usize>width << 2
    to += <usize>width << 2
    target += 8
  }
}

/** Both at once; words: logits, targets, upstream, out, rows, width, loss. */
export function cross_entropy_both(words: usize): void {
  let logits = address(words, 0)
  let target = address(words, 1)
  let to = address(words, 3)
  const rows = word(words, 4)
  const width = word(words, 5)
  const share = load<f32>(address(words, 2)) / <f32>rows
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    total += lossOfRow(logits, target, to, width)
    gradientOfRow(target, to, width, share)
    logits += <usize>width << 2
    to += <usize>width << 2
    target += 8
  }
  store<f32>(address(words, 6), <f32>(total / <f64>rows))
}

/** words: x, y, loss, count. */
export function mse(words: usize): void {
  let x = address(words, 0)
  let y = address(words, 1)
  const count = word(words, 3)
  let left = count
  let total = f32x4.splat(0)
  for (; left >= 4; left -= 4) {
    const gap = f32x4.sub(v128.load(x), v128.load(y))
    total = f32x4.relaxed_madd(gap, gap, total)
    x += 16
    y += 16
  }
  if (left > 0) {
    const gap = f32x4.sub(loadPart(x, left, 0), loadPart(y, left, 0))
    total = f32x4.relaxed_madd(gap, gap, total)
  }
  store<f32>(address(words, 2), sumLanes(total) / <f32>count)
}

/** words: x, y, upstream, out, count. */
export function mse_gradient(words: usize): void {
  let x = address(words, 0)
  let y = address(words, 1)
  let to = address(words, 3)
  let left = word(words, 4)
  const factor = f32x4.splat((<f32>2 / <f32>left) * load<f32>(address(words, 2)))
  for (; left >= 4; left -= 4) {
    v128.store(to, f32x4.mul(f32x4.sub(v128.load(x), v128.load(y)), factor))
    x += 16
    y += 16
    to += 16
  }
  if (left > 0) storePart(to, f32x4.mul(f32x4.sub(loadPart(x, left, 0), loadPart(y, left, 0)), factor), left)
}
