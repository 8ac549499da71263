/** The matrix product's edges: sizes around the register block (4 x 8), the vector (4) and the depth block (256). */
import { describe, expect, it } from 'vitest'
import { applyOp, relativeError, someValue, type Value } from '../../support/compute.ts'

const edges = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 255, 256, 257, 300]
const forms = [
  { transposeA: false, transposeB: false },
  { transposeA: true, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: true },
]

// A chain of 300 terms in float32 loses some bits of 24; the largest element is of the order of their root mean square.
const allowed = 5e-6

type Form = (typeof forms)[number]

function sides(M: number, N: number, K: number, form: Form, batch: readonly number[] = []): readonly [Value, Value] {
  const a = form.transposeA ? [...batch, K, M] : [...batch, M, K]
  const b = form.transposeB ? [...batch, N, K] : [...batch, K, N]
  return [someValue(a, 3), someValue(b, 4)]
}

function expectSame(M: number, N: number, K: number, form: Form, batch: readonly number[] = []): void {
  const values = sides(M, N, K, form, batch)
  const [found, expected] = [applyOp('wasm', 'matmul', values, form), applyOp('reference', 'matmul', values, form)]
  const error = relativeError(found, expected)
  if (!(error <= allowed)) expect.fail(`[${batch}] ${M} x ${N} x ${K} ${JSON.stringify(form)}: off by ${error}`)
}

describe('matmul in wasm', () => {
  for (const form of forms) {
    it(`agrees with the reference for every edge of each side, ${JSON.stringify(form)}`, () => {
      for (const side of edges) {
        for (const [other, another] of [
          [5, 9],
          [33, 3],
          [1, 8],
        ] as const) {
          expectSame(side, other, another, form)
          expectSame(other, side, another, form)
          expectSame(other, another, side, form)
        }
        if (side < 40) expectSame(side, side, side, form)
      }
      expectSame(17, 257, 300, form)
    })

    it(`agrees for batches, ${JSON.stringify(form)}`, () => {
      for (const batch of [[1], [3], [2, 3]]) expectSame(5, 9, 7, form, batch)
    })

    it(`is 0 for a depth of 0 and empty for no rows or columns, ${JSON.stringify(form)}`, () => {
      expect([...applyOp('wasm', 'matmul', sides(2, 3, 0, form), form)]).toEqual(new Array(6).fill(0))
      expect(applyOp('wasm', 'matmul', sides(0, 3, 4, form), form)).toHaveLength(0)
      expect(applyOp('wasm', 'matmul', sides(3, 0, 4, form), form)).toHaveLength(0)
    })
  }

  it('gives an element the same bits whatever the number of rows and columns around it', () => {
    const K = 300
    const values = sides(33, 17, K, { transposeA: false, transposeB: true })
    const whole = applyOp('wasm', 'matmul', values, { transposeB: true })
    const row = (value: Value, index: number): Value => ({
      shape: [1, K],
      data: Float32Array.from(value.data).slice(index * K, (index + 1) * K),
    })
    for (const [i, j] of [
      [0, 0],
      [3, 7],
      [4, 8],
      [32, 16],
      [31, 15],
    ] as const) {
      const alone = applyOp('wasm', 'matmul', [row(values[0], i), row(values[1], j)], { transposeB: true })
      expect(alone[0]).toBe(whole[i * 17 + j])
    }
  })

  it('passes NaN and infinities on', () => {
    const a: Value = { shape: [2, 2], data: [Number.NaN, 1, 1, Number.POSITIVE_INFINITY] }
    const b: Value = { shape: [2, 2], data: [1, 0, 1, 1] }
    const found = applyOp('wasm', 'matmul', [a, b])
    expect([...found]).toEqual([Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
  })
})
