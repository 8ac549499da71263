// Softmax, its logarithm and the gradients of both.
import { exp4 } from './math'
import { address, firstLanes, loadPart, put, some, storePart, sumLanes, word } from './memory'
import { sumRow } from './reduce'

/** Largest of a row; NaN may be passed over: the sum of the exponentials shows it. */
export function maxRow(from: usize, count: i32): f32 {
  let m0 = f32x4.splat(-Infinity)
  let m1 = m0
  for (; count >= 8; count -= 8) {
    m0 = f32x4.pmax(m0, v128.load(from))
    m1 = f32x4.pmax(m1, v128.load(from, 16))
    from += 32
  }
  for (; count > 0; count -= 4) {
    m0 = f32x4.pmax(m0, count >= 4 ? v128.load(from) : loadPart(from, count, -Infinity))
    from += 16
  }
  m0 = f32x4.pmax(m0, m1)
  m0 = f32x4.pmax(m0, v128.shuffle<f32>(m0, m0, 2, 3, 0, 1))
  m0 = f32x4.pmax(m0, v128.shuffle<f32>(m0, m0, 1, 0, 3, 2))
  return f32x4.extract_lane(m0, 0)
}

/** to = e^(scale (x - max)); returns the sum of the row, eight partial sums joined as in `sumLanes`. */
@inline
export function scaledExponentials(from: usize, to: usize, width: i32, scale: f32): f32 {
  const shift = f32x4.splat(maxRow(from, width))
  const by = f32x4.splat(scale)
  let t0 = f32x4.splat(0)
  let t1 = t0
  for (; width >= 8; width -= 8) {
    const e0 = exp4(f32x4.mul(f32x4.sub(v128.load(from), shift), by))
    const e1 = exp4(f32x4.mul(f32x4.sub(v128.load(from, 16), shift), by))
    v128.store(to, e0)
    v128.store(to, e1, 16)
    t0 = f32x4.add(t0, e0)
    t1 = f32x4.add(t1, e1)
    from += 32
    to += 32
  }
  for (; width > 0; width -= 4) {
    let e = exp4(f32x4.mul(f32x4.sub(some(from, width), shift), by))
    if (width < 4) e = v128.and(e, firstLanes(width))
    put(to, e, width)
    t0 = f32x4.add(t0, e)
    from += 16
    to += 16
  }
  return sumLanes(f32x4.add(t0, t1))
}

/** to = e^(x - max); returns the sum of the row. */
export function exponentials(from: usize, to: usize, width: i32): f32 {
  return scaledExponentials(from, to, width, 1)
}

export function scaleRow(at: usize, width: i32, factor: f32): void {
  const by = f32x4.splat(factor)
  for (; width >= 8; width -= 8) {
    const low = f32x4.mul(v128.load(at), by)
    const high = f32x4.mul(v128.load(at, 16), by)
    v128.store(at, low)
    v128.store(at, high, 16)
    at += 32
  }
  for (; width > 0; width -= 4) {
    put(at, f32x4.mul(some(at, width), by), width)
    at += 16
  }
}

/** Sum of a b along a row, eight partial sums joined as in `sumLanes`. */
export function dotRow(a: usize, b: usize, width: i32): f32 {
  let t0 = f32x4.splat(0)
  let t1 = t0
  for (; width >= 8; width -= 8) {
    t0 = f32x4.relaxed_madd(v128.load(a), v128.load(b), t0)
    t1 = f32x4.relaxed_madd(v128.load(a, 16), v128.load(b, 16), t1)
    a += 32
    b += 32
  }
  for (; width > 0; width -= 4) {
    t0 = f32x4.relaxed_madd(some(a, width), some(b, width), t0)
    a += 16
    b += 16
  }
  return sumLanes(f32x4.add(t0, t1))
}

/** to = scale y (dy - dot): what softmax hands back along a row. */
export function pullSoftmax(y: usize, upstream: usize, to: usize, width: i32, dot: f32, scale: f32): void {
  const center = f32x4.splat(dot)
  const by = f32x4.splat(scale)
  for (; width >= 8; width -= 8) {
    const low = f32x4.mul(f32x4.mul(v128.load(y), f32x4.sub(v128.load(upstream), center)), by)
    const high = f32x4.mul(f32x4.mul(v128.load(y, 16), f32x4.sub(v128.load(upstream, 16), center)), by)
    v128.store(to, low)
    v128.store(to, high, 16)
    y += 32
    upstream += 32
    to += 32
  }
  for (; width > 0; width -= 4) {
    put(to, f32x4.mul(f32x4.mul(some(y, width), f32x4.sub(some(upstream, width), center)), by), width)
    y += 16
    upstream += 16
    to += 16
  }
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
  const width = word(words, 4)
  for (let row = 0; row < word(words, 3); row++) {
    const start = <usize>(row * width) << 2
    const y = address(words, 0) + start
    const upstream = address(words, 1) + start
    pullSoftmax(y, upstream, address(words, 2) + start, width, dotRow(y, upstream, width), 1)
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
