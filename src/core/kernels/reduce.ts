// Sums in one fixed order (see src/core/ops/sum.ts).
import { address, loadPart, storePart, sumLanes, word } from './memory'

/** [outer, reduced, inner] -> [outer, inner]; words: x, out, outer, reduced, inner. */
export function sum(words: usize): void {
  let from = address(words, 0)
  let to = address(words, 1)
  const outer = word(words, 2)
  const reduced = word(words, 3)
  const inner = word(words, 4)
  for (let i = 0; i < outer; i++) {
    if (inner == 1) {
      store<f32>(to, sumRow(from, reduced))
    } else {
      sumColumns(from, to, reduced, inner)
    }
    from += <usize>(reduced * inner) << 2
    to += <usize>inner << 2
  }
}

/** Lane j adds every fourth term from the j-th on; then (0 + 1) + (2 + 3). */
export function sumRow(from: usize, count: i32): f32 {
  let total = f32x4.splat(0)
  for (; count >= 4; count -= 4) {
    total = f32x4.add(total, v128.load(from))
    from += 16
  }
  if (count > 0) total = f32x4.add(total, loadPart(from, count, 0))
  return sumLanes(total)
}

function sumColumns(from: usize, to: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2
  let left = columns
  for (; left >= 4; left -= 4) {
    let total = f32x4.splat(0)
    let at = from
    for (let row = 0; row < rows; row++) {
      total = f32x4.add(total, v128.load(at))
      at += stride
    }
    v128.store(to, total)
    from += 16
    to += 16
  }
  if (left > 0) {
    let total = f32x4.splat(0)
    let at = from
    for (let row = 0; row < rows; row++) {
      total = f32x4.add(total, loadPart(at, left, 0))
      at += stride
    }
    storePart(to, total, left)
  }
}
