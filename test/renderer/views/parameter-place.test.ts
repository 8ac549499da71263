import { describe, expect, it } from 'vitest'
import { acceptRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import { parameterPlace } from '../../../src/renderer/views/parameter-place.ts'
import { aRun } from '../fixture-bridge.ts'

const sentences = acceptRecipe(storyRecipe)
const run = aRun({ recipe: sentences }, [2, 5, 4])

describe('the place of a parameter', () => {
  it('of a weight is [out, in]', () => {
    const place = parameterPlace(run, { kind: 'weight', parameter: 'layers.1.weight', index: 7 }, 'maths')
    expect(place).toMatchObject({
      address: 'layers.1.weight[1, 2]',
      position: 15 + 7,
      path: 'parameters.layers.1.weight.7',
      words: 'h₃ → output 1',
    })
  })

  it('of a stop is that of its bias', () => {
    const place = parameterPlace(run, { kind: 'node', parameter: 'layers.0.bias', index: 2, node: 4 }, 'maths')
    expect(place).toMatchObject({ address: 'layers.0.bias[2]', position: 12, words: 'h₃' })
  })

  it('is none for an input and for what is gone', () => {
    expect(parameterPlace(run, { kind: 'node', parameter: '', index: 0, node: 0 }, 'maths')).toBeNull()
    expect(parameterPlace(run, { kind: 'weight', parameter: 'layers.0.weight', index: 10 }, 'maths')).toBeNull()
  })
})
