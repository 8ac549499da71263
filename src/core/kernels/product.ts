// The matrix product C = A B (+ bias, activation).
//
// Every element is the sum, in order, of blocks of 256 terms, each one chain of fused multiply-adds from 0. That order
// depends on neither path nor block size nor threads, so all of them give the same bits:
// - small products read A where it lies and pack only B (product-small.ts)
// - large ones pack both sides and run a register block of 6 x 16 (fits 16 registers of 256 bits, for engines that join
//   pairs of vectors) or 4 x 8 (fits 16 registers of 128 bits) (product-large.ts)
import { reluRows, sigmoidRows, tanhRows } from './elementwise'
import { address, loadPart, storePart, word } from './memory'
import { largeProduct } from './product-large'
import { smallProduct } from './product-small'
import { partEnd, partStart, threads } from './threads'

/** From this many multiply-adds on, and with enough rows and columns, packing both sides pays. */
const largeFrom: i64 = 24 * 1024

/**
 * words: A, B, out, batch, M, N, K, strides of A (row, depth), of B (depth, column), heads, then how far apart the
 * sequences and the heads of a sequence lie in A, in B and in out, how far apart the rows of out, bias (0 none),
 * activation (0 none). Product n of the batch is head n % heads of sequence n / heads.
 */
export function matmul(words: usize): void {
  const batch = word(words, 3)
  const M = word(words, 4)
  const N = word(words, 5)
  // threads share the batch where there is one, else the longer side of the result
  if (threads == 1 || batch >= threads) {
    const last = partEnd(batch, 1)
    for (let n = partStart(batch, 1); n < last; n++) productPart(words, n, 0, M, 0, N)
  } else if (N >= M) {
    const from = partStart(N, 16)
    const to = partEnd(N, 16)
    for (let n = 0; n < batch; n++) productPart(words, n, 0, M, from, to)
  } else {
    const from = partStart(M, 12)
    const to = partEnd(M, 12)
    for (let n = 0; n < batch; n++) productPart(words, n, from, to, 0, N)
  }
}

/** Floats from the first product's side to the n-th one's; the sides' places are words `outer` and the one after it. */
@inline
function placeOf(words: usize, n: i32, outer: usize): usize {
  const heads = word(words, 11)
  return <usize>((n / heads) * word(words, outer) + (n % heads) * word(words, outer + 1)) << 2
}

/** Rows `row` to `rowEnd` and columns `column` to `columnEnd` of the n-th product of the batch. */
function productPart(words: usize, n: i32, row: i32, rowEnd: i32, column: i32, columnEnd: i32): void {
  if (row >= rowEnd || column >= columnEnd) return
  const M = word(words, 4)
  const N = word(words, 5)
  const K = word(words, 6)
  const stride = word(words, 18)
  const a = address(words, 0) + placeOf(words, n, 12) + (<usize>(row * word(words, 7)) << 2)
  const b = address(words, 1) + placeOf(words, n, 14) + (<usize>(column * word(words, 10)) << 2)
  const c = address(words, 2) + placeOf(words, n, 16) + (<usize>(row * stride + column) << 2)
  const rows = rowEnd - row
  const columns = columnEnd - column
  if (K == 0) clear(c, rows, columns, stride)
  else if (<i64>M * <i64>N * <i64>K >= largeFrom && M >= 4 && N >= 8) largeProduct(a, b, c, rows, columns, words, false)
  else smallProduct(a, b, c, rows, columns, words)
  const bias = address(words, 19)
  if (bias != 0) addBias(c, bias + (<usize>column << 2), rows, columns, stride)
  const activation = word(words, 20)
  if (activation == 0) return
  if (columns == stride) activate(c, rows * columns, activation)
  else for (let i = 0; i < rows; i++) activate(c + (<usize>(i * stride) << 2), columns, activation)
}

function clear(c: usize, rows: i32, columns: i32, stride: i32): void {
  for (let i = 0; i < rows; i++) memory.fill(c + (<usize>(i * stride) << 2), 0, <usize>columns << 2)
}

/** Adds the bias to each of `rows` rows, which are `stride` floats apart. */
export function addBias(c: usize, bias: usize, rows: i32, columns: i32, stride: i32): void {
  for (let i = 0; i < rows; i++) {
    let left = columns
    let at: usize = 0
    for (; left >= 8; left -= 8) {
      const low = f32x4.add(v128.load(c + at), v128.load(bias + at))
      const high = f32x4.add(v128.load(c + at, 16), v128.load(bias + at, 16))
      v128.store(c + at, low)
      v128.store(c + at, high, 16)
      at += 32
    }
    for (; left > 0; at += 16) {
      if (left >= 4) v128.store(c + at, f32x4.add(v128.load(c + at), v128.load(bias + at)))
      else storePart(c + at, f32x4.add(loadPart(c + at, left, 0), loadPart(bias + at, left, 0)), left)
      left -= 4
    }
    c += <usize>stride << 2
  }
}

/** Numbers of the activations that can follow a product directly: see exec/fuse.ts. */
function activate(at: usize, count: i32, activation: i32): void {
  if (activation == 1) reluRows(at, at, count)
  else if (activation == 2) sigmoidRows(at, at, count)
  else if (activation == 3) tanhRows(at, at, count)
}
