// The matrix product C = A B (+ bias, activation).
//
// Every element is the sum, in order, of blocks of 256 terms, each one chain of fused multiply-adds from 0. That order
// depends on neither path nor block size, so all of them give the same bits:
// - small products read A where it lies and pack only B (product-small.ts)
// - large ones pack both sides and run a register block of 6 x 16 (fits 16 registers of 256 bits, for engines that join
//   pairs of vectors) or 4 x 8 (fits 16 registers of 128 bits) (product-large.ts)
import { reluRows, sigmoidRows, tanhRows } from './elementwise'
import { address, loadPart, storePart, word } from './memory'
import { largeProduct } from './product-large'
import { smallProduct } from './product-small'

/** From this many multiply-adds on, and with enough rows and columns, packing both sides pays. */
const largeFrom: i64 = 24 * 1024

/** words: A, B, out, batch, M, N, K, strides of A (row, depth), of B (depth, column), bias (0 none), activation (0 none). */
export function matmul(words: usize): void {
  let a = address(words, 0)
  let b = address(words, 1)
  let c = address(words, 2)
  const M = word(words, 4)
  const N = word(words, 5)
  const K = word(words, 6)
  const bias = address(words, 11)
  const isLarge = <i64>M * <i64>N * <i64>K >= largeFrom && M >= 4 && N >= 8
  for (let n = word(words, 3); n > 0; n--) {
    if (K == 0) memory.fill(c, 0, <usize>(M * N) << 2)
    else if (isLarge) largeProduct(a, b, c, words)
    else smallProduct(a, b, c, words)
    if (bias != 0) addBias(c, bias, M, N)
    activate(c, M * N, word(words, 12))
    a += <usize>(M * K) << 2
    b += <usize>(K * N) << 2
    c += <usize>(M * N) << 2
  }
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
