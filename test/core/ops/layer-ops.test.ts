/** The ops of layers on the fast backend against the oracle, and what they refuse. */
import { describe, expect, it } from 'vitest'
import { differentiate, opNamed } from '../../../src/core/graph/graph.ts'
import type { Node } from '../../../src/core/graph/node.ts'
import { applyOp, compute, relativeError, someValue } from '../../support/compute.ts'
import { layerCases } from './layer-cases.ts'

/** Float32 has 24 bits; sums of some hundred terms and polynomials of 2 units in the last place lose up to 8 of them. */
const allowed = 2e-5

describe('ops of layers', () => {
  for (const [name, cases] of Object.entries(layerCases)) {
    it(`${name} and its gradients are the same on both backends`, () => {
      for (const { inputs, attributes = {}, targets } of cases) {
        const shape = opNamed(name).shape(
          inputs.map((value) => value.shape),
          attributes,
        )
        const build = (
          graph: Parameters<Parameters<typeof compute>[2]>[0],
          leaves: readonly Node[],
        ): (Node | null)[] => {
          const [upstream] = leaves.slice(-1)
          const output = graph.apply(name, leaves.slice(0, -1), attributes)
          const wanted = (targets ?? inputs.map((_, index) => index)).flatMap((index) => leaves[index] ?? [])
          if (upstream === undefined) return [output]
          return [output, ...differentiate(graph, output, upstream, wanted)]
        }
        const [fast, oracle] = (['wasm', 'reference'] as const).map((kind) =>
          compute(kind, [...inputs, someValue(shape, 77)], build),
        )
        oracle?.forEach((expected, index) => {
          const place = `${name} ${inputs.map((value) => `[${value.shape}]`)} ${index}`
          if (expected !== null) expect(relativeError(fast?.[index] ?? [], expected), place).toBeLessThan(allowed)
        })
      }
    })
  }

  it('refuse shapes that do not fit, with the rule and what was given', () => {
    const refused =
      (op: string, shapes: readonly (readonly number[])[], attributes = {}): (() => unknown) =>
      () =>
        opNamed(op).shape(shapes, attributes)
    expect(refused('layer_norm', [[2, 3], [4], [3]])).toThrow(/layer_norm: parameters are \[3\], got \[4\] and \[3\]/)
    expect(refused('group_norm', [[2, 3], [3], [3]], { groups: 2 })).toThrow(/2 groups share the channels/)
    expect(refused('im2col', [[1, 1, 2, 2]], { kernelH: 3, kernelW: 3, stride: 1, padding: 0, dilation: 1 })).toThrow(
      /fits/,
    )
    expect(refused('max_pool', [[1, 1, 2, 2]], { kernel: 3, stride: 1, padding: 0 })).toThrow(/window of 3/)
    expect(refused('attention_softmax', [[2, 5, 5]], { length: 3 })).toThrow(/multiple of the length 3/)
    expect(refused('rotary', [[2, 3]], {})).toThrow(/even width/)
    expect(refused('dropout', [[2], []], { rate: 1 })).toThrow(/0 <= rate < 1, got 1/)
    expect(refused('route', [[2, 3]], { chosen: 4 })).toThrow(/4 of the columns/)
    expect(refused('gru', [[2, 3, 9], [9, 3], [8]])).toThrow(/gru: \[rows, steps, 3h\]/)
    expect(refused('split_heads', [[2, 3, 8]], { first: 4, heads: 2, size: 4 })).toThrow(/2 heads of 4/)
  })

  it('dropout keeps the same elements on both backends, others in the next step, about 1 - rate of all', () => {
    const ones = { shape: [4001], data: new Float32Array(4001).fill(1) }
    const kept = (kind: 'wasm' | 'reference', step: number): Float32Array | Float64Array =>
      applyOp(kind, 'dropout', [ones, { shape: [], data: [step] }], { rate: 0.25, seed: 3, layer: 2 })
    expect(Array.from(kept('wasm', 7), Math.sign)).toEqual(Array.from(kept('reference', 7), Math.sign))
    expect(kept('wasm', 8)).not.toEqual(kept('wasm', 7))
    const share = Array.from(kept('wasm', 7)).reduce((total, value) => total + Math.sign(value), 0) / 4001
    // five standard deviations of a share of 4001 draws
    expect(Math.abs(share - 0.75)).toBeLessThan(0.035)
  })

  it('attention sees nothing later when it is causal', () => {
    const shares = applyOp('wasm', 'attention_softmax', [someValue([1, 6, 6])], { scale: 1, length: 6, causal: true })
    for (let row = 0; row < 6; row++) {
      const values = Array.from(shares.slice(row * 6, row * 6 + 6))
      expect(values.slice(row + 1).every((value) => value === 0)).toBe(true)
      // six quotients rounded at 6e-8
      expect(values.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 6)
    }
  })

  it('the router gives equal logits to the first', () => {
    const shares = applyOp('wasm', 'route', [{ shape: [1, 4], data: [1, 2, 2, 2] }], { chosen: 2 })
    expect(Array.from(shares)).toEqual([0, 0.5, 0.5, 0])
  })
})
