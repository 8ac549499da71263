// Small products: B is packed panel by panel (4 or 8 columns, padded with zeros), A is read where it lies.
import { loadPart, storePart, word } from './memory'

@inline
const block: i32 = 256

let panel: usize = 0

/** Memory for one packed panel of B (256 x 8 floats), given by the host. */
export function usePanel(at: usize): void {
  panel = at
}

/** `rows` by `columns` of the result from c on; words as for `matmul`. */
export function smallProduct(a: usize, b: usize, c: usize, rows: i32, columns: i32, words: usize): void {
  const stride = word(words, 18)
  const K = word(words, 6)
  const rowA = <usize>word(words, 7) << 2
  const depthA = <usize>word(words, 8) << 2
  const depthB = <usize>word(words, 9) << 2
  const columnB = <usize>word(words, 10) << 2
  for (let k0 = 0; k0 < K; k0 += block) {
    const depth = min(block, K - k0)
    const from = a + <usize>k0 * depthA
    for (let j = 0; j < columns; ) {
      const width = columns - j > 4 ? 8 : 4
      const wide = min(width, columns - j)
      packPanel(b + <usize>k0 * depthB + <usize>j * columnB, depth, wide, width, depthB, columnB)
      let to = c + (<usize>j << 2)
      let at = from
      let i = 0
      for (; i + 4 <= rows; i += 4) {
        if (width == 8) fourRows(at, rowA, depthA, depth, to, stride, wide, k0 > 0)
        else fourThinRows(at, rowA, depthA, depth, to, stride, wide, k0 > 0)
        at += rowA << 2
        to += <usize>stride << 4
      }
      for (; i < rows; i++) {
        if (width == 8) oneRow(at, depthA, depth, to, wide, k0 > 0)
        else oneThinRow(at, depthA, depth, to, wide, k0 > 0)
        at += rowA
        to += <usize>stride << 2
      }
      j += width
    }
  }
}

function packPanel(from: usize, depth: i32, columns: i32, width: i32, depthB: usize, columnB: usize): void {
  let to = panel
  const stride = <usize>width << 2
  for (let k = 0; k < depth; k++) {
    let at = from
    let j = 0
    for (; j < columns; j++) {
      store<f32>(to + (<usize>j << 2), load<f32>(at))
      at += columnB
    }
    for (; j < width; j++) store<f32>(to + (<usize>j << 2), 0)
    from += depthB
    to += stride
  }
}

/** Writes or adds up to four columns of a block's result. */
@inline
function finish(to: usize, value: v128, count: i32, more: bool): void {
  if (count >= 4) {
    v128.store(to, more ? f32x4.add(v128.load(to), value) : value)
  } else {
    storePart(to, more ? f32x4.add(loadPart(to, count, 0), value) : value, count)
  }
}

@inline
function finishTwo(to: usize, low: v128, high: v128, columns: i32, more: bool): void {
  finish(to, low, 4, more)
  finish(to + 16, high, columns - 4, more)
}

function fourRows(a: usize, row: usize, step: usize, depth: i32, c: usize, stride: i32, columns: i32, more: bool): void {
  let low0 = f32x4.splat(0)
  let high0 = low0
  let low1 = low0
  let high1 = low0
  let low2 = low0
  let high2 = low0
  let low3 = low0
  let high3 = low0
  let b = panel
  let a1 = a + row
  let a2 = a1 + row
  let a3 = a2 + row
  for (let k = 0; k < depth; k++) {
    const low = v128.load(b)
    const high = v128.load(b, 16)
    let x = v128.load32_splat(a)
    low0 = f32x4.relaxed_madd(x, low, low0)
    high0 = f32x4.relaxed_madd(x, high, high0)
    x = v128.load32_splat(a1)
    low1 = f32x4.relaxed_madd(x, low, low1)
    high1 = f32x4.relaxed_madd(x, high, high1)
    x = v128.load32_splat(a2)
    low2 = f32x4.relaxed_madd(x, low, low2)
    high2 = f32x4.relaxed_madd(x, high, high2)
    x = v128.load32_splat(a3)
    low3 = f32x4.relaxed_madd(x, low, low3)
    high3 = f32x4.relaxed_madd(x, high, high3)
    b += 32
    a += step
    a1 += step
    a2 += step
    a3 += step
  }
  const width = <usize>stride << 2
  finishTwo(c, low0, high0, columns, more)
  finishTwo(c + width, low1, high1, columns, more)
  finishTwo(c + 2 * width, low2, high2, columns, more)
  finishTwo(c + 3 * width, low3, high3, columns, more)
}

function fourThinRows(a: usize, row: usize, step: usize, depth: i32, c: usize, stride: i32, columns: i32, more: bool): void {
  let sum0 = f32x4.splat(0)
  let sum1 = sum0
  let sum2 = sum0
  let sum3 = sum0
  let b = panel
  let a1 = a + row
  let a2 = a1 + row
  let a3 = a2 + row
  for (let k = 0; k < depth; k++) {
    const y = v128.load(b)
    sum0 = f32x4.relaxed_madd(v128.load32_splat(a), y, sum0)
    sum1 = f32x4.relaxed_madd(v128.load32_splat(a1), y, sum1)
    sum2 = f32x4.relaxed_madd(v128.load32_splat(a2), y, sum2)
    sum3 = f32x4.relaxed_madd(v128.load32_splat(a3), y, sum3)
    b += 16
    a += step
    a1 += step
    a2 += step
    a3 += step
  }
  const width = <usize>stride << 2
  finish(c, sum0, columns, more)
  finish(c + width, sum1, columns, more)
  finish(c + 2 * width, sum2, columns, more)
  finish(c + 3 * width, sum3, columns, more)
}

function oneRow(a: usize, step: usize, depth: i32, c: usize, columns: i32, more: bool): void {
  let low = f32x4.splat(0)
  let high = low
  let b = panel
  for (let k = 0; k < depth; k++) {
    const x = v128.load32_splat(a)
    low = f32x4.relaxed_madd(x, v128.load(b), low)
    high = f32x4.relaxed_madd(x, v128.load(b, 16), high)
    b += 32
    a += step
  }
  finishTwo(c, low, high, columns, more)
}

function oneThinRow(a: usize, step: usize, depth: i32, c: usize, columns: i32, more: bool): void {
  let total = f32x4.splat(0)
  let b = panel
  for (let k = 0; k < depth; k++) {
    total = f32x4.relaxed_madd(v128.load32_splat(a), v128.load(b), total)
    b += 16
    a += step
  }
  finish(c, total, columns, more)
}
