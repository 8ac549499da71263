import { describe, expect, it } from 'vitest'
import { mapValues } from '../../../src/renderer/map/scene.ts'
import { stopFormula } from '../../../src/renderer/map/stop-formula.ts'
import { aNetwork } from './a-network.ts'

const t = (key: string): string => key
const network = aNetwork(2, 1, 2)
const values = {
  ...mapValues(network, null),
  // 0.5 x - 0.25 y + 0.1; then 1 h and -1 h.
  parameters: Float32Array.from([0.5, -0.25, 0.1, 1, -1, 0, 0]),
  activations: Float32Array.from([1, 2, 0.1, 0.55, 0.45]),
  sums: Float32Array.from([1, 2, 0.1, 0.1, -0.1]),
}

describe('the formula of a stop', () => {
  it('puts weights, inputs and bias in, then the activation', () => {
    const [sum, bend] = stopFormula(network, values, { layer: 1, index: 0 }, t)
    expect(sum).toEqual({ symbols: 'z₁ = Σ w·x + b', numbers: '0.50·1.00 + (−0.25)·2.00 + 0.10', result: '0.100' })
    expect(bend).toEqual({ symbols: 'h₁ = tanh(z₁)', numbers: 'tanh(0.100)', result: '+0.100' })
  })

  it('writes the softmax of an output with the powers of all', () => {
    const [, share] = stopFormula(network, values, { layer: 2, index: 1 }, t)
    expect(share?.numbers).toBe('e^(−0.10) / (e^0.10 + e^(−0.10))')
    expect(share?.result).toBe('45.0 %')
  })

  it('writes out the largest of many terms and the rest as one number', () => {
    const wide = aNetwork(8, 1, 1)
    const some = {
      ...mapValues(wide, null),
      parameters: Float32Array.from({ length: 11 }, (_, n) => (n === 3 ? 9 : 1)),
      activations: new Float32Array(10).fill(1),
      sums: new Float32Array(10),
    }
    const [sum] = stopFormula(wide, some, { layer: 1, index: 0 }, t)
    expect(sum?.numbers).toContain('9.00·1.00')
    expect(sum?.numbers).toContain('… 4.00')
  })

  it('is empty at the input and without a passenger', () => {
    expect(stopFormula(network, values, { layer: 0, index: 0 }, t)).toEqual([])
    expect(stopFormula(network, mapValues(network, null), { layer: 1, index: 0 }, t)).toEqual([])
  })
})
