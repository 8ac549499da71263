import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { describeNetwork } from '../../../src/core/nn/network.ts'
import { type RecipeName, recipeOf, sessionOf } from '../../support/sessions.ts'

function networkOf(name: RecipeName): ReturnType<typeof describeNetwork> {
  const recipe = recipeOf(name)
  return describeNetwork(recipe, buildDataset(recipe))
}

describe('a network', () => {
  it('of the story has 2 x 5 + 5 + 5 x 4 + 4 = 39 parameters', () => {
    const { layers, parameters, parameterCount, task } = networkOf('story')
    expect([task, parameterCount]).toEqual(['classes', 39])
    expect(layers.map(({ role, units, parameterCount: count }) => [role, units, count])).toEqual([
      ['input', 2, 0],
      ['hidden', 5, 15],
      ['output', 4, 24],
    ])
    expect(parameters.map(({ name, shape, offset }) => [name, shape, offset])).toEqual([
      ['layers.0.weight', [5, 2], 0],
      ['layers.0.bias', [5], 10],
      ['layers.1.weight', [4, 5], 15],
      ['layers.1.bias', [4], 35],
    ])
  })

  it('ends in a softmax for classes and in a plain sum for a number', () => {
    expect(networkOf('circle').layers.at(-1)?.activation).toBe('softmax')
    expect(networkOf('plane').layers.at(-1)?.activation).toBe('linear')
  })

  for (const name of ['circle', 'story', 'deep', 'plane'] as const) {
    it(`${name}: lays tensors and stops end to end without a gap`, () => {
      const { layers, parameters, parameterCount } = networkOf(name)
      let offset = 0
      for (const info of parameters) {
        expect(info.offset).toBe(offset)
        expect(info.size).toBe(info.shape.reduce((product, side) => product * side, 1))
        offset += info.size
      }
      expect(offset).toBe(parameterCount)
      let node = 0
      for (const layer of layers) {
        expect(layer.firstNode).toBe(node)
        node += layer.units
      }
      expect(layers.reduce((count, layer) => count + layer.parameterCount, 0)).toBe(parameterCount)
    })
  }

  it('computes tanh(x W^T + b) stop by stop and a softmax at the end', () => {
    const session = sessionOf(recipeOf('story'))
    const row = Float32Array.of(1, 0.5)
    const w = session.readParameters()
    const hidden = Array.from({ length: 5 }, (_, j) =>
      Math.tanh((w[2 * j] ?? 0) + 0.5 * (w[2 * j + 1] ?? 0) + (w[10 + j] ?? 0)),
    )
    const logits = Array.from({ length: 4 }, (_, j) =>
      hidden.reduce((sum, h, i) => sum + h * (w[15 + 5 * j + i] ?? 0), w[35 + j] ?? 0),
    )
    const total = logits.reduce((sum, z) => sum + Math.exp(z), 0)
    session.predict(row).forEach((p, j) => {
      // probabilities below 1 behind two products of five terms: some roundings of 6e-8
      expect(p).toBeCloseTo(Math.exp(logits[j] ?? 0) / total, 6)
    })
  })
})
