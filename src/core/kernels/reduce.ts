// Sums in one fixed order (see src/core/ops/sum.ts).
import { address, loadPart, put, some, sumLanes, word } from './memory'
import { partEnd, partStart } from './threads'

/** Columns whose sums stay in registers on one way down the rows. */
@inline
const columnsAtOnce: i32 = 32
/** Threads share columns by whole cache lines. */
@inline
const columnGrain: i32 = 32

/** [outer, reduced, inner] -> [outer, inner]; words: x, out, outer, reduced, inner. Threads share the columns. */
export function sum(words: usize): void {
  let from = address(words, 0)
  let to = address(words, 1)
  const outer = word(words, 2)
  const reduced = word(words, 3)
  const inner = word(words, 4)
  if (inner == 1) {
    const end = partEnd(outer, columnGrain)
    for (let i = partStart(outer, columnGrain); i < end; i++) {
      store<f32>(to + (<usize>i << 2), sumRow(from + (<usize>(i * reduced) << 2), reduced))
    }
    return
  }
  const first = partStart(inner, columnGrain)
  const count = partEnd(inner, columnGrain) - first
  for (let i = 0; i < outer; i++) {
    sumColumns(from + (<usize>first << 2), to + (<usize>first << 2), reduced, count, <usize>inner << 2)
    from += <usize>(reduced * inner) << 2
    to += <usize>inner << 2
  }
}

/** The partial sums of `sumRow`: four vectors, each of every sixteenth term from one of the first sixteen on. */
@inline
export function joinSums(s0: v128, s1: v128, s2: v128, s3: v128): f32 {
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)))
}

/**
 * Sixteen partial sums, each of every sixteenth term; what is left goes to the first four. Joined as vectors of four,
 * (0 + 1) + (2 + 3), and then their lanes in the same way.
 */
export function sumRow(from: usize, count: i32): f32 {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  for (; count >= 16; count -= 16) {
    s0 = f32x4.add(s0, v128.load(from))
    s1 = f32x4.add(s1, v128.load(from, 16))
    s2 = f32x4.add(s2, v128.load(from, 32))
    s3 = f32x4.add(s3, v128.load(from, 48))
    from += 64
  }
  for (; count >= 4; count -= 4) {
    s0 = f32x4.add(s0, v128.load(from))
    from += 16
  }
  if (count > 0) s0 = f32x4.add(s0, loadPart(from, count, 0))
  return joinSums(s0, s1, s2, s3)
}

/** Each column's terms one after the other, from 0. */
function sumColumns(from: usize, to: usize, rows: i32, columns: i32, stride: usize): void {
  let left = columns
  for (; left >= columnsAtOnce; left -= columnsAtOnce) {
    sumBlock(from, to, rows, stride)
    from += columnsAtOnce << 2
    to += columnsAtOnce << 2
  }
  for (; left > 0; left -= 4) {
    let total = f32x4.splat(0)
    let at = from
    for (let row = 0; row < rows; row++) {
      total = f32x4.add(total, some(at, left))
      at += stride
    }
    put(to, total, left)
    from += 16
    to += 16
  }
}

function sumBlock(at: usize, to: usize, rows: i32, stride: usize): void {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  let s2 = f32x4.splat(0)
  let s3 = f32x4.splat(0)
  let s4 = f32x4.splat(0)
  let s5 = f32x4.splat(0)
  let s6 = f32x4.splat(0)
  let s7 = f32x4.splat(0)
  for (let row = 0; row < rows; row++) {
    s0 = f32x4.add(s0, v128.load(at))
    s1 = f32x4.add(s1, v128.load(at, 16))
    s2 = f32x4.add(s2, v128.load(at, 32))
    s3 = f32x4.add(s3, v128.load(at, 48))
    s4 = f32x4.add(s4, v128.load(at, 64))
    s5 = f32x4.add(s5, v128.load(at, 80))
    s6 = f32x4.add(s6, v128.load(at, 96))
    s7 = f32x4.add(s7, v128.load(at, 112))
    at += stride
  }
  v128.store(to, s0)
  v128.store(to, s1, 16)
  v128.store(to, s2, 32)
  v128.store(to, s3, 48)
  v128.store(to, s4, 64)
  v128.store(to, s5, 80)
  v128.store(to, s6, 96)
  v128.store(to, s7, 112)
}
