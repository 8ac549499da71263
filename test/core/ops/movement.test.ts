/** Ops that move numbers: both backends give the same ones. */
import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../../src/core/graph/node.ts'
import { applyOp, someValue, type Value } from '../../support/compute.ts'

function same(op: string, values: readonly Value[], attributes: Attributes): Float32Array {
  const expected = Float32Array.from(applyOp('reference', op, values, attributes))
  expect(applyOp('wasm', op, values, attributes), `${op} ${JSON.stringify(attributes)}`).toEqual(expected)
  return expected
}

describe('movement', () => {
  it('transposes any order of up to five axes', () => {
    expect([...same('transpose', [{ shape: [2, 3], data: [1, 2, 3, 4, 5, 6] }], { order: [1, 0] })]).toEqual([
      1, 4, 2, 5, 3, 6,
    ])
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [0, 2, 1, 3],
      [2, 3, 0, 1],
      [1, 3, 2, 0],
    ]) {
      same('transpose', [someValue([2, 3, 4, 5])], { order })
    }
    same('transpose', [someValue([2, 3, 2, 3, 2])], { order: [4, 2, 0, 3, 1] })
    same('transpose', [someValue([0, 3])], { order: [1, 0] })
    same('transpose', [someValue([])], { order: [] })
    expect(() => applyOp('reference', 'transpose', [someValue([2, 3])], { order: [0, 0] })).toThrow('transpose: order')
  })

  it('slices and pads, empty ones included', () => {
    for (const [starts, ends] of [
      [
        [0, 0, 0],
        [2, 3, 20],
      ],
      [
        [1, 1, 3],
        [2, 3, 19],
      ],
      [
        [0, 2, 5],
        [2, 2, 6],
      ],
    ]) {
      same('slice', [someValue([2, 3, 20])], { starts, ends })
    }
    same('pad', [someValue([2, 3])], { starts: [1, 0], shape: [4, 3] })
    same('pad', [someValue([1, 2, 18])], { starts: [0, 1, 1], shape: [2, 4, 20] })
    same('pad', [someValue([0, 3])], { starts: [0, 0], shape: [2, 3] })
    // one column, so that the innermost axis that is left has a stride
    same('pad', [someValue([5, 1])], { starts: [0, 1], shape: [5, 2] })
    same('pad', [someValue([2, 3, 1])], { starts: [0, 0, 2], shape: [3, 3, 4] })
    same('slice', [someValue([5, 2])], { starts: [0, 1], ends: [5, 2] })
    expect(() => applyOp('reference', 'slice', [someValue([3])], { starts: [1], ends: [4] })).toThrow(
      'slice: 0 <= start',
    )
    expect(() => applyOp('reference', 'pad', [someValue([3])], { starts: [1], shape: [3] })).toThrow(
      'pad: [3] lies within',
    )
  })

  it('joins parts along any axis', () => {
    same('concat', [someValue([3, 2], 1), someValue([3, 4], 2)], { axis: 1 })
    same('concat', [someValue([1, 3], 1), someValue([4, 3], 2), someValue([0, 3], 3)], { axis: 0 })
    same('concat', [someValue([2, 1, 20], 1), someValue([2, 2, 20], 2)], { axis: 1 })
    const parts = [someValue([2, 3]), someValue([2, 4])]
    expect(() => applyOp('reference', 'concat', parts, { axis: 0 })).toThrow('concat: sides')
  })

  it('looks rows up and adds them back in order', () => {
    const indices: Value = { shape: [2, 3], data: [3, 0, 0, 1, 3, 0] }
    same('gather', [someValue([4, 5]), indices], {})
    same('gather', [someValue([4]), indices], {})
    same('scatter_add', [indices, { shape: [2, 3, 2], data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }], { rows: 4 })
    same(
      'scatter_add',
      [
        { shape: [0], data: [] },
        { shape: [0, 3], data: [] },
      ],
      { rows: 2 },
    )
  })

  it('gives NaN for a row that is not there and adds nothing to one', () => {
    const indices: Value = { shape: [4], data: [-1, 2, Number.NaN, 1e9] }
    expect([...same('gather', [someValue([2, 1]), indices], {})]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
    expect([...same('scatter_add', [indices, someValue([4, 1])], { rows: 2 })]).toEqual([0, 0])
  })

  it('fills with a constant', () => {
    expect([...same('constant', [], { shape: [2, 3], value: 0.5 })]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
  })
})
