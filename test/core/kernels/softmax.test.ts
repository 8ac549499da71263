import { describe, expect, it } from 'vitest'
import { differentiate, Graph } from '../../../src/core/graph/graph.ts'
import {
  applyOp,
  compute,
  newBackend,
  relativeError,
  someNumbers,
  someValue,
  type Value,
} from '../../support/compute.ts'

const widths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 255, 256, 257, 300]
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number

/** Rows of logits with a class and a reward each. */
function rewarded(
  logits: readonly (readonly number[])[],
  targets: readonly (readonly [number, number])[],
): [Value, Value] {
  return [
    { shape: [logits.length, logits[0]?.length ?? 0], data: logits.flat() },
    { shape: [targets.length, 2], data: targets.flat() },
  ]
}

/** Loss and gradient of cross_entropy; both wanted, so the wasm backend computes them in one fused call. */
function lossAndGradient(kind: 'wasm' | 'reference', values: readonly [Value, Value]): [number, ArrayLike<number>] {
  const one: Value = { shape: [], data: [1] }
  const [loss, gradient] = compute(kind, [...values, one], (graph, [logits, targets, upstream]) => {
    if (logits === undefined || targets === undefined || upstream === undefined) throw new Error('three leaves')
    const output = graph.apply('cross_entropy', [logits, targets])
    return [output, ...differentiate(graph, output, upstream, [logits])]
  })
  return [loss?.[0] ?? nan, gradient ?? []]
}

describe('softmax in wasm', () => {
  it('agrees with the reference at every width, forward and backward', () => {
    for (const width of widths) {
      const x: Value = { shape: [3, width], data: someNumbers(3 * width).map((value) => 8 * value) }
      const y = applyOp('wasm', 'softmax', [x])
      // an exponential of two units in the last place, a sum and a quotient
      expect(relativeError(y, applyOp('reference', 'softmax', [x]))).toBeLessThan(1e-6)
      for (let row = 0; row < 3; row++) {
        const total = Array.from(y.slice(row * width, (row + 1) * width)).reduce((sum, value) => sum + value, 0)
        // up to a thousand quotients, each rounded at 6e-8 of itself
        expect(total).toBeCloseTo(1, 5)
      }
      const pair = [{ shape: x.shape, data: y }, someValue(x.shape, 6)]
      const [found, expected] = (['wasm', 'reference'] as const).map((kind) => applyOp(kind, 'softmax_gradient', pair))
      // Differences of products of the order of 1: their rounding is absolute.
      expect(relativeError([...(found ?? []), 1], [...(expected ?? []), 1])).toBeLessThan(1e-6)
    }
  })

  it('is finite for extreme logits and NaN for a NaN', () => {
    expect([...applyOp('wasm', 'softmax', [{ shape: [2, 3], data: [1e4, -1e4, 1e4, -3e38, 3e38, 0] }])]).toEqual([
      0.5, 0, 0.5, 0, 1, 0,
    ])
    expect([...applyOp('wasm', 'softmax', [{ shape: [1, 5], data: [1, 2, nan, 3, 4] }])]).toEqual(
      new Array(5).fill(nan),
    )
  })
})

describe('cross_entropy in wasm', () => {
  const rewards = [1, -1, 0.5, -0.25, 0]

  it('agrees with the reference at every width, praised and scolded, fused and not', () => {
    for (const width of widths) {
      const rows = 5
      const x: Value = { shape: [rows, width], data: someNumbers(rows * width, width).map((value) => 4 * value) }
      // One class alone cannot be scolded: nothing else could be chosen.
      const given = width === 1 ? [1, 1, 0.5, 0.25, 0] : rewards
      const y: Value = { shape: [rows, 2], data: given.flatMap((reward, row) => [(row * 7) % width, reward]) }
      const [loss, gradient] = lossAndGradient('wasm', [x, y])
      const [expectedLoss, expectedGradient] = lossAndGradient('reference', [x, y])
      // a logarithm, an exponential and a mean of some rows, in units of the order of 1
      expect(relativeError([loss, 1], [expectedLoss, 1])).toBeLessThan(2e-6)
      expect(relativeError([...Array.from(gradient), 1], [...Array.from(expectedGradient), 1])).toBeLessThan(2e-6)
      expect(applyOp('wasm', 'cross_entropy', [x, y])[0]).toBe(loss)
      expect(applyOp('wasm', 'cross_entropy_gradient', [x, y, { shape: [], data: [1] }])).toEqual(gradient)
    }
  })

  it('is finite for logits of 10^4, right and wrong, praised and scolded', () => {
    for (const reward of [1, -1, 0.3, -0.3]) {
      for (const right of [0, 1]) {
        const [loss, gradient] = lossAndGradient('wasm', rewarded([[1e4, -1e4, 0]], [[right, reward]]))
        expect(Number.isFinite(loss)).toBe(true)
        expect(Array.from(gradient).every(Number.isFinite)).toBe(true)
      }
    }
    const [loss] = lossAndGradient('wasm', rewarded([[1e4, -1e4]], [[1, 1]]))
    expect(loss).toBe(2e4)
  })

  it('keeps its digits when what is scolded is almost certain', () => {
    // The gradient towards the scolded class is -|r| p, although p - 1 has lost all its digits.
    for (const gap of [4, 8, 12, 14, 16, 20]) {
      const values = rewarded([[gap, 0, 0.5, -1]], [[0, -1]])
      const [, found] = lossAndGradient('wasm', values)
      const [, expected] = lossAndGradient('reference', values)
      expect(expected[0]).toBeGreaterThan(0.9)
      // a logarithm, an exponential and a mean of some rows
      expect(relativeError(found, expected), `gap ${gap}`).toBeLessThan(2e-6)
    }
  })

  it('keeps its digits when what is praised is almost certain', () => {
    const values = rewarded([[14, 0, 0.5, -1]], [[0, 1]])
    const [found, expected] = [lossAndGradient('wasm', values)[1], lossAndGradient('reference', values)[1]]
    // numbers far below 1, of which float32 keeps 24 bits; exponential and logarithm lose a few
    expect((found[0] ?? 0) / (expected[0] ?? 1)).toBeCloseTo(1, 5)
  })

  it('of rewards 0 is 0 with no gradient', () => {
    const [loss, gradient] = lossAndGradient('wasm', rewarded([[1, 2, 3]], [[1, 0]]))
    expect([loss + 0, ...Array.from(gradient, (value) => value + 0)]).toEqual([0, 0, 0, 0])
  })

  it('passes NaN on to loss and gradient', () => {
    for (const reward of [1, -1]) {
      const [loss, gradient] = lossAndGradient('wasm', rewarded([[1, nan, 3, 0, 1]], [[0, reward]]))
      expect(loss).toBeNaN()
      expect(Array.from(gradient)).toEqual(new Array(5).fill(nan))
    }
  })
})

describe('mse in wasm', () => {
  it('agrees with the reference at every length and passes NaN and infinity on', () => {
    for (const length of widths) {
      const values = [someValue([length], 1), someValue([length], 2)]
      // a mean of some dozen squares, each rounded at 6e-8
      expect(relativeError(applyOp('wasm', 'mse', values), applyOp('reference', 'mse', values))).toBeLessThan(1e-6)
      const three = [...values, { shape: [], data: [0.5] }]
      const [found, expected] = (['wasm', 'reference'] as const).map((kind) => applyOp(kind, 'mse_gradient', three))
      expect(relativeError(found ?? [], expected ?? [])).toBeLessThan(1e-6)
    }
    expect(applyOp('wasm', 'mse', [{ shape: [1], data: [nan] }, someValue([1])])[0]).toBeNaN()
    expect(applyOp('wasm', 'mse', [{ shape: [1], data: [1e30] }, someValue([1])])[0]).toBe(infinity)
  })
})

describe('the wasm backend', () => {
  it('multiplies and adds with one rounding on this computer, so that its bits are the standard ones', () => {
    expect(newBackend('wasm')).toMatchObject({ bitsAreStandard: true })
  })

  it('reads what was written, in place and within', () => {
    for (const kind of ['wasm', 'reference'] as const) {
      const backend = newBackend(kind)
      const whole = { name: 'whole', shape: [5] }
      backend.write(whole, [1, 2, 3, 4, 5])
      expect([...backend.read({ name: 'part', shape: [2], within: { storage: whole, first: 2 } })]).toEqual([3, 4])
      expect(() => backend.write(whole, [1, 2, 3, 4, 5, 6])).toThrow(RangeError)
      backend.dispose()
    }
  })

  it('stops a run of many steps after the first whose guard is not finite', () => {
    for (const kind of ['wasm', 'reference'] as const) {
      const backend = newBackend(kind)
      const graph = new Graph()
      const x = { name: 'x', shape: [] }
      const leaf = graph.leaf(x)
      const roots = [{ node: graph.apply('mul', [leaf, leaf]), into: x }]
      backend.write(x, [1e10])
      const run = backend.load({ before: [], roots, after: [], cursor: null, advanceBy: 0, guard: x })
      // 1e10, 1e20, 1e40: beyond float32 at the second; beyond float64 at the fifth.
      expect(run.run(100)).toBe(kind === 'wasm' ? 2 : 5)
    }
  })
})
