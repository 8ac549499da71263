/** Which rows are learned from and which only test. */
import type { Rows } from './dataset.ts'
import { Stream } from './random.ts'

interface Split {
  readonly train: Uint32Array
  readonly test: Uint32Array
}

/** Indices of the test rows, `testShare` of `count` rounded, and of the others, both in random order; one row at least trains. */
export function testRows(count: number, testShare: number, seed: number): Split {
  const order = new Stream(seed, 'split').permutation(count)
  const tests = Math.max(0, Math.min(count - 1, Math.round(count * testShare)))
  return { test: order.slice(0, tests), train: order.slice(tests) }
}

/** The named rows of a matrix [rows, width], in that order. */
export function takeFloats(matrix: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const taken = new Float32Array(rows.length * width)
  rows.forEach((row, i) => {
    taken.set(matrix.subarray(row * width, (row + 1) * width), i * width)
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
