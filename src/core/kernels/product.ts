// The matrix product. B is packed panel by panel (8 columns, padded with zeros); A is read where it lies.
// Every element: blocks of 256 terms in order, each one chain of fused multiply-adds from 0, added one after the other.
import { reluRows, sigmoidRows, tanhRows } from './elementwise'
import { address, loadPart, storePart, word } from './memory'

// @ts-ignore: decorator
@inline
const block: i32 = 256

let panel: usize = 0

/** Memory for one packed panel of B (256 x 8 floats), given by the host. */
export function usePanel(at: usize): void {
  panel = at
}

/** words: A, B, out, batch, M, N, K, strides of A (row, depth), of B (depth, column), bias (0 none), activation (0 none). */
export function matmul(words: usize): void {
  let a = address(words, 0)
  let b = address(words, 1)
  let c = address(words, 2)
  const M = word(words, 4)
  const N = word(words, 5)
  const K = word(words, 6)
  const bias = address(words, 11)
  for (let n = word(words, 3); n > 0; n--) {
    productOf(a, b, c, M, N, K, words)
    if (bias != 0) addBias(c, bias, M, N)
    activate(c, M * N, word(words, 12))
    a += <usize>(M * K) << 2
    b += <usize>(K * N) << 2
    c += <usize>(M * N) << 2
  }
}

function productOf(a: usize, b: usize, c: usize, M: i32, N: i32, K: i32, words: usize): void {
  const rowA = <usize>word(words, 7) << 2
  const depthA = <usize>word(words, 8) << 2
  const depthB = <usize>word(words, 9) << 2
  const columnB = <usize>word(words, 10) << 2
  if (K == 0) memory.fill(c, 0, <usize>(M * N) << 2)
  for (let k0 = 0; k0 < K; k0 += block) {
    const depth = min(block, K - k0)
    for (let j = 0; j < N; j += 8) {
      const columns = min(8, N - j)
      packPanel(b + <usize>k0 * depthB + <usize>j * columnB, depth, columns, depthB, columnB)
      const from = a + <usize>k0 * depthA
      const to = c + (<usize>j << 2)
      let i = 0
      for (; i + 4 <= M; i += 4) {
        fourRows(from + <usize>i * rowA, rowA, depthA, depth, to + (<usize>(i * N) << 2), N, columns, k0 > 0)
      }
      for (; i < M; i++) {
        oneRow(from + <usize>i * rowA, depthA, depth, to + (<usize>(i * N) << 2), columns, k0 > 0)
      }
    }
  }
}

function packPanel(from: usize, depth: i32, columns: i32, depthB: usize, columnB: usize): void {
  let to = panel
  if (columns == 8 && columnB == 4) {
    for (let k = 0; k < depth; k++) {
      const low = v128.load(from)
      const high = v128.load(from, 16)
      v128.store(to, low)
      v128.store(to, high, 16)
      from += depthB
      to += 32
    }
    return
  }
  for (let k = 0; k < depth; k++) {
    let at = from
    for (let j = 0; j < columns; j++) {
      store<f32>(to + (<usize>j << 2), load<f32>(at))
      at += columnB
    }
    for (let j = columns; j < 8; j++) store<f32>(to + (<usize>j << 2), 0)
    from += depthB
    to += 32
  }
}

/** Writes or adds one row of a block's result: up to 8 columns. */
// @ts-ignore: decorator
@inline
function finish(to: usize, low: v128, high: v128, columns: i32, more: bool): void {
  if (columns == 8) {
    if (more) {
      const oldLow = v128.load(to)
      const oldHigh = v128.load(to, 16)
      low = f32x4.add(oldLow, low)
      high = f32x4.add(oldHigh, high)
    }
    v128.store(to, low)
    v128.store(to, high, 16)
  } else {
    finishPart(to, low, min(columns, 4), more)
    if (columns > 4) finishPart(to + 16, high, columns - 4, more)
  }
}

function finishPart(to: usize, value: v128, count: i32, more: bool): void {
  if (count == 4) {
    v128.store(to, more ? f32x4.add(v128.load(to), value) : value)
  } else {
    storePart(to, more ? f32x4.add(loadPart(to, count, 0), value) : value, count)
  }
}

function fourRows(a: usize, row: usize, step: usize, depth: i32, c: usize, N: i32, columns: i32, more: bool): void {
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
  const width = <usize>N << 2
  finish(c, low0, high0, columns, more)
  finish(c + width, low1, high1, columns, more)
  finish(c + 2 * width, low2, high2, columns, more)
  finish(c + 3 * width, low3, high3, columns, more)
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
  finish(c, low, high, columns, more)
}

function addBias(c: usize, bias: usize, M: i32, N: i32): void {
  for (let i = 0; i < M; i++) {
    let left = N
    for (let at: usize = 0; left > 0; at += 16) {
      if (left >= 4) v128.store(c + at, f32x4.add(v128.load(c + at), v128.load(bias + at)))
      else storePart(c + at, f32x4.add(loadPart(c + at, left, 0), loadPart(bias + at, left, 0)), left)
      left -= 4
    }
    c += <usize>N << 2
  }
}

/** Numbers of the activations that can follow a product directly: see exec/fuse.ts. */
function activate(at: usize, count: i32, activation: i32): void {
  if (activation == 1) reluRows(at, at, count)
  else if (activation == 2) sigmoidRows(at, at, count)
  else if (activation == 3) tanhRows(at, at, count)
}
