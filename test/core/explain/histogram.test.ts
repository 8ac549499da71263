import { describe, expect, it } from 'vitest'
import { binsOf, heapOf, heapsOf } from '../../../src/core/explain/histogram.ts'
import { recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

describe('a histogram', () => {
  it('counts every finite value once, both ends included', () => {
    expect(binsOf([0, 1, 2, 3, 4], 4)).toEqual({ low: 0, high: 4, counts: [1, 1, 1, 2] })
    expect(binsOf([1, Number.NaN, 3, Number.POSITIVE_INFINITY], 2)).toEqual({ low: 1, high: 3, counts: [1, 1] })
  })

  it('gives equal values a stretch of their own', () => {
    const { low, high, counts } = binsOf([2, 2, 2], 3)
    expect([low, high]).toEqual([1, 3])
    expect(counts).toEqual([0, 3, 0])
  })

  it('has mean, deviation, zeros and what is not finite', () => {
    expect(heapOf([])).toBeNull()
    expect(heapOf([0, 2, 4, Number.NaN])).toMatchObject({
      count: 4,
      mean: 2,
      zeros: 0.25,
      notFinite: 1,
      low: 0,
      high: 4,
    })
    // The bins reach beyond numbers that are all one.
    expect(heapOf([0, 0])).toMatchObject({ least: 0, greatest: 0, low: -1e-6, high: 1e-6 })
    expect(heapOf([Number.NaN])).toMatchObject({ least: 0, greatest: 0, low: 0, high: 0 })
    expect(heapOf([0, 2, 4])?.deviation).toBeCloseTo(Math.sqrt(8 / 3), 12)
  })
})

describe('the heaps of a network', () => {
  it('hold all parameters and activations, layer by layer', () => {
    const session = sessionOf(recipeOf('circle'))
    trainSteps(session, 5)
    const { step, layers } = heapsOf(session)
    expect(step).toBe(5)
    expect(layers).toHaveLength(session.layers.length)
    expect(layers[0]).toMatchObject({ weights: null, gradients: null, dead: 0 })
    session.layers.forEach(({ parameterCount, units }, index) => {
      expect(layers[index]?.weights?.count ?? 0).toBe(parameterCount)
      expect(layers[index]?.gradients?.count ?? 0).toBe(parameterCount)
      expect(layers[index]?.activations?.count).toBe(units * Math.min(256, session.dataset.train.count))
    })
    expect(layers.at(-1)?.gradients?.deviation).toBeGreaterThan(0)
  })

  it('tell a layer whose stops never speak from one that does', () => {
    const session = sessionOf(recipeOf('deep'))
    const own = session.parameters.filter(({ layer }) => layer === 2)
    for (const { name, size, kind } of own) {
      for (let i = 0; i < size; i++) session.setParameter(name, i, kind === 'bias' ? -1 : 0)
    }
    const { layers } = heapsOf(session)
    expect(layers[2]).toMatchObject({ dead: 1, activations: { zeros: 1 } })
    expect(layers[1]?.dead).toBeLessThan(1)
  })
})
