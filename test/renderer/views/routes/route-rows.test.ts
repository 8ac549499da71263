import { describe, expect, it } from 'vitest'
import { mapValues } from '../../../../src/renderer/map/scene.ts'
import { busRows, wholeProduct } from '../../../../src/renderer/views/routes/route-rows.ts'
import { aNetwork } from '../../map/a-network.ts'

// 2 -> 1 -> 1: weights 0.5 and -0.5, bias 0; weight 2, bias 0.
const network = aNetwork(2, 1, 1)
const values = {
  ...mapValues(network, null),
  parameters: Float32Array.from([0.5, -0.5, 0, 2, 0]),
  activations: Float32Array.from([1, 1, 0.25, 0.5]),
}
const route = [
  { gap: 0, from: 1, to: 0 },
  { gap: 1, from: 0, to: 0 },
]

describe('a route written out', () => {
  it('names each bus with x, w and what it brings', () => {
    expect(busRows(network, values, route)).toMatchObject([
      { name: 'layers.0.weight', index: 1, weight: -0.5, product: '1.000 · (−0.500) = −0.500' },
      { name: 'layers.1.weight', index: 0, weight: 2, product: '0.250 · 2.000 = 0.500' },
    ])
  })

  it('ends in what the route carries, the bends as the last factor', () => {
    expect(wholeProduct(network, values, route, -0.75)).toBe('1.000 · (−0.500) · 2.000 · 0.750 = −0.7500')
  })

  it('has no product where a weight is 0 or nothing is lit', () => {
    expect(wholeProduct(network, { ...values, parameters: new Float32Array(5) }, route, 0)).toBeNull()
    expect(wholeProduct(network, values, [], 0)).toBeNull()
  })
})
