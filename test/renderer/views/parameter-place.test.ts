import { describe, expect, it } from 'vitest'
import { acceptRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import { showLanguage } from '../../../src/renderer/i18n/index.ts'
import { parameterPlace } from '../../../src/renderer/views/parameter-place.ts'
import { aRun } from '../fixture-bridge.ts'

showLanguage('en')
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

  it('of a kernel is filter, channel, row and column', () => {
    const pictures = aRun({ recipe: sentences }, [1, 2, 2])
    const kernel = {
      name: 'layers.0.weight',
      kind: 'weight',
      shape: [2, 1, 3, 3],
      offset: 0,
      size: 18,
      layer: 1,
    } as const
    const bias = { name: 'layers.0.bias', kind: 'bias', shape: [2], offset: 18, size: 2, layer: 1 } as const
    const layers = pictures.layers.map((layer, at) => ({
      ...layer,
      ...(at < 2 && { shape: [at === 0 ? 1 : 2, 5, 5], names: [] }),
      ...(at === 1 && { kind: 'conv2d' }),
    }))
    const output = pictures.parameters.filter(({ layer }) => layer === 2)
    const [weight] = output.map((info) => (info.kind === 'weight' ? { ...info, shape: [2, 50], size: 100 } : info))
    const run = { ...pictures, layers, parameters: [kernel, bias, ...(weight ? [weight] : []), ...output.slice(1)] }
    expect(parameterPlace(run, { kind: 'weight', parameter: kernel.name, index: 14 }, 'maths')).toMatchObject({
      address: 'layers.0.weight[1, 0, 1, 2]',
      words: expect.stringMatching(/^Picture → .*Filter 2$/),
    })
    expect(parameterPlace(run, { kind: 'bias', parameter: bias.name, index: 1 }, 'maths')?.words).toMatch(/Filter 2$/)
  })

  it('is none for an input and for what is gone', () => {
    expect(parameterPlace(run, { kind: 'node', parameter: '', index: 0, node: 0 }, 'maths')).toBeNull()
    expect(parameterPlace(run, { kind: 'weight', parameter: 'layers.0.weight', index: 10 }, 'maths')).toBeNull()
  })
})
