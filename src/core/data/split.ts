/** Which rows are learned from and which only test. */
import type { Rows } from './dataset.ts'
import { Stream } from './random.ts'

/** Indices of the rows of either part. */
export interface Split {
  readonly train: Uint32Array
  readonly test: Uint32Array
}

/** Indices of the test rows, `testShare` of `count` rounded, and of the others, both in random order; one row at least trains. */
export function testRows(count: number, testShare: number, seed: number): Split {
  const order = new Stream(seed, 'split').permutation(count)
  const tests = Math.max(0, Math.min(count - 1, Math.round(count * testShare)))
  return { test: order.slice(0, tests), train: order.slice(tests) }
}

/**
 * The same split with rows that are alike on one side: each goes where the first of its kind in the random order went.
 * `alike` names for each row the first that is like it. Where all rows are alike, they train.
 */
export function testRowsTogether(alike: Uint32Array, testShare: number, seed: number): Split {
  const count = alike.length
  const { train, test } = testRows(count, testShare, seed)
  const sizes = new Uint32Array(count)
  for (const first of alike) sizes[first] = (sizes[first] ?? 0) + 1
  const isTest = new Uint8Array(count)
  const isPlaced = new Uint8Array(count)
  let left = test.length
  for (const row of [...test, ...train]) {
    const kind = alike[row] ?? 0
    const size = sizes[kind] ?? 0
    if (isPlaced[kind] === 1) continue
    isPlaced[kind] = 1
    if (size > left || size === count) continue
    left -= size
    isTest[kind] = 1
  }
  const order = Uint32Array.from([...test, ...train])
  return {
    test: order.filter((row) => isTest[alike[row] ?? 0] === 1),
    train: order.filter((row) => isTest[alike[row] ?? 0] === 0),
  }
}

/** The named rows of a matrix [rows, width], in that order. */
export function takeFloats(matrix: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const taken = new Float32Array(rows.length * width)
  rows.forEach((row, i) => {
    // Rows are short: a view of each would cost more than its numbers.
    for (let j = 0; j < width; j++) taken[i * width + j] = matrix[row * width + j] ?? 0
  })
  return taken
}

/** The named rows of inputs and targets, in that order. */
export function takeRows(rows: Rows, indices: Uint32Array): Rows {
  if (rows.count === 0) return rows
  return {
    count: indices.length,
    inputs: takeFloats(rows.inputs, rows.inputs.length / rows.count, indices),
    targets: takeFloats(rows.targets, rows.targets.length / rows.count, indices),
  }
}
