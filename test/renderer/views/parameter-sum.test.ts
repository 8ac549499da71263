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
    const run = aRun({}, [2, 5, 4])
    expect(layerSum(run, 1)).toBe('2×5+5 = 15')
    expect(layerSum(run, 0)).toBe('0')
  })

  it('of kernels count each once, those of experts together', () => {
    const { layers } = aRun({}, [1, 8, 8])
    const tensor = (name: string, kind: 'weight' | 'bias', layer: number, ...shape: number[]) => {
      const size = shape.reduce((product, side) => product * side, 1)
      return { name, kind, shape, size, offset: 0, layer }
    }
    const parameters = [
      tensor('layers.0.weight', 'weight', 1, 8, 1, 5, 5),
      tensor('layers.0.bias', 'bias', 1, 8),
      ...[0, 1, 2].map((i) => tensor(`layers.1.up.${i}.weight`, 'weight', 2, 6, 8)),
    ]
    expect(layerSum({ layers, parameters }, 1)).toMatch(/^5×5×1×8\+8 = /)
    expect(layerSum({ layers, parameters }, 2)).toMatch(/^3×\(8×6\) = /)
  })

  it('grow by what one node brings', () => {
    const small = aRun({}, [2, 5, 4])
    const large = aRun({}, [2, 6, 4])
    expect(nodeCost(small, 1)).toBe(large.parameterCount - small.parameterCount)
  })
})
