import { describe, expect, it } from 'vitest'
import { layerSum, nodeCost, parameterSum } from '../../../src/renderer/views/parameter-sum.ts'
import { aRun } from '../fixture-bridge.ts'

describe('parameter counts', () => {
  it('of the story are 39', () => {
    const { layers, parameterCount } = aRun({}, [2, 5, 4])
    expect(parameterCount).toBe(39)
    expect(parameterSum(layers)).toBe('10+5 + 20+4')
  })

  it('of a layer are written as a sum', () => {
    const { layers } = aRun({}, [2, 5, 4])
    expect(layerSum(layers, 1)).toBe('2×5+5 = 15')
    expect(layerSum(layers, 0)).toBe('0')
  })

  it('grow by what one node brings', () => {
    const small = aRun({}, [2, 5, 4])
    const large = aRun({}, [2, 6, 4])
    expect(nodeCost(small.layers, 1)).toBe(large.parameterCount - small.parameterCount)
  })
})
