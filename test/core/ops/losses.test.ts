/** Losses: the kernels against float64, for every length of the last vector, and what their attributes mean. */
import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../../src/core/graph/node.ts'
import { applyOp, compute, relativeError, someNumbers, someValue, type Value } from '../../support/compute.ts'

const lengths = [1, 2, 3, 4, 5, 7, 8, 9, 33]
// A mean of some dozen float32 terms.
const allowed = 1e-6

function near(op: string, values: readonly Value[], attributes: Attributes = {}): void {
  const [found, expected] = (['wasm', 'reference'] as const).map((kind) => applyOp(kind, op, values, attributes))
  expect(relativeError(found ?? [], expected ?? []), `${op} ${JSON.stringify(attributes)}`).toBeLessThan(allowed)
}

describe('losses of pairs', () => {
  const upstream: Value = { shape: [], data: [1.5] }
  for (const op of ['mae', 'huber', 'binary_cross_entropy', 'hinge', 'mse']) {
    it(`${op} and its gradient agree with float64 for every length`, () => {
      for (const n of lengths) {
        const pair = [3, 5].map((seed) => ({ shape: [n], data: someNumbers(n, seed).map((x) => 4 * x) }))
        const attributes = op === 'huber' ? { delta: 0.75 } : {}
        near(op, pair, attributes)
        near(`${op}_gradient`, [...pair, upstream], attributes)
      }
    })
  }

  it('refuse other shapes and a delta of 0', () => {
    expect(() => applyOp('reference', 'mae', [someValue([2]), someValue([3])])).toThrow('mae: shapes are equal')
    expect(() => applyOp('reference', 'huber', [someValue([2]), someValue([2])], { delta: 0 })).toThrow('huber: delta')
  })

  it('binary cross-entropy stays finite far out', () => {
    const far: Value[] = [
      { shape: [2], data: [500, -500] },
      { shape: [2], data: [0, 1] },
    ]
    expect(applyOp('wasm', 'binary_cross_entropy', far)[0]).toBe(500)
  })
})

describe('cross-entropy', () => {
  const targets: Value = { shape: [5, 2], data: [0, 1, 2, -1, 1, 0.5, 2, 1, 1, 1] }
  const logits = { shape: [5, 3], data: someNumbers(15, 4).map((x) => 3 * x) }
  const upstream: Value = { shape: [], data: [1] }

  it('agrees with float64 under smoothing and with rows left out', () => {
    for (const attributes of [{}, { smoothing: 0.3 }, { ignored: 1 }, { smoothing: 0.1, ignored: 2 }]) {
      near('cross_entropy', [logits, targets], attributes)
      near('cross_entropy_gradient', [logits, targets, upstream], attributes)
    }
  })

  it('gives the same bits for loss and gradient apart and in one call', () => {
    const attributes = { smoothing: 0.1, ignored: 2 }
    const both = compute('wasm', [logits, targets, upstream], (graph, [x, y, above]) => {
      if (x === undefined || y === undefined || above === undefined) throw new Error('three leaves')
      return [
        graph.apply('cross_entropy', [x, y], attributes),
        graph.apply('cross_entropy_gradient', [x, y, above], attributes),
      ]
    })
    expect(both[0]).toEqual(applyOp('wasm', 'cross_entropy', [logits, targets], attributes))
    expect(both[1]).toEqual(applyOp('wasm', 'cross_entropy_gradient', [logits, targets, upstream], attributes))
  })

  it('leaves out rows of no class, and is 0 where none is left', () => {
    const none: Value = { shape: [2, 2], data: [-1, 1, 9, 1] }
    const some = { shape: [2, 3], data: someNumbers(6) }
    for (const kind of ['wasm', 'reference'] as const) {
      expect([...applyOp(kind, 'cross_entropy', [some, none])]).toEqual([0])
      expect([...applyOp(kind, 'cross_entropy_gradient', [some, none, upstream])]).toEqual([0, 0, 0, 0, 0, 0])
    }
    expect(() => applyOp('reference', 'cross_entropy', [some, none], { smoothing: 1 })).toThrow('smoothing')
  })

  it('log-softmax is the logarithm of softmax without its rounding', () => {
    for (const n of lengths) {
      near('log_softmax', [someValue([3, n], 2)])
      near('log_softmax_gradient', [someValue([3, n], 2), someValue([3, n], 3)])
    }
    const [, far] = applyOp('wasm', 'log_softmax', [{ shape: [1, 2], data: [300, 0] }])
    expect(far).toBe(-300)
  })
})
