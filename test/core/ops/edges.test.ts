/** The fast backend at the edges of shapes: output and gradients against the oracle's, for every op of the list. */
import { describe, expect, it } from 'vitest'
import { differentiate, opNamed } from '../../../src/core/graph/graph.ts'
import { ops } from '../../../src/core/ops/index.ts'
import { compute, relativeError, someValue } from '../../support/compute.ts'
import { edgeCases } from './edge-cases.ts'

// Float32 has 24 bits; sums of some hundred terms and polynomials of 2 units in the last place lose up to 8 of them.
const allowed = 2e-5

describe('the edges of shapes', () => {
  it('have a case for every op of the list that has a gradient rule', () => {
    const named = ops.filter((op) => op.gradient !== 'backwardOnly').map((op) => op.name)
    expect(named.filter((name) => !Object.hasOwn(edgeCases, name))).toEqual([])
  })

  for (const [name, entries] of Object.entries(edgeCases)) {
    it(`of ${name}: both backends agree, gradients included`, () => {
      for (const { inputs, attributes = {}, targets } of entries) {
        const shapes = inputs.map((value) => value.shape)
        const upstream = someValue(opNamed(name).shape(shapes, attributes), 77)
        const [fast, oracle] = (['wasm', 'reference'] as const).map((kind) =>
          compute(kind, [...inputs, upstream], (graph, leaves) => {
            const [above] = leaves.slice(-1)
            const output = graph.apply(name, leaves.slice(0, -1), attributes)
            const wanted = (targets ?? inputs.map((_, index) => index)).flatMap((index) => leaves[index] ?? [])
            return above === undefined ? [output] : [output, ...differentiate(graph, output, above, wanted)]
          }),
        )
        oracle?.forEach((expected, index) => {
          const place = `${name} ${shapes.map((shape) => `[${shape}]`)} ${JSON.stringify(attributes)} ${index}`
          if (expected !== null) expect(relativeError(fast?.[index] ?? [], expected), place).toBeLessThan(allowed)
        })
      }
    })
  }
})
