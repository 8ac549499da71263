import { describe, expect, it } from 'vitest'
import { hyperparameterAt, hyperparameters } from '../../../src/core/spec/index.ts'
import { nearestStop, nextStop, sliderStops } from '../../../src/renderer/controls/scale.ts'

const rate = hyperparameterAt('training.optimizer.learningRate')

describe('the stops of a slider', () => {
  it('are 1-2-5 on a logarithmic scale', () => {
    if (rate?.kind !== 'number') throw new Error('no number')
    const stops = sliderStops(rate)
    expect(stops.slice(0, 4)).toEqual([0.00001, 0.00002, 0.00005, 0.0001])
    expect(stops.at(-1)).toBe(10)
  })

  it('rise and lie within the table for every number in it', () => {
    for (const entry of hyperparameters) {
      if (entry.kind !== 'number' && entry.kind !== 'integer') continue
      const stops = sliderStops(entry)
      expect(stops.length, entry.path).toBeGreaterThan(2)
      expect(
        stops.every((stop, i) => i === 0 || stop > (stops[i - 1] ?? 0)),
        entry.path,
      ).toBe(true)
      expect(stops[0], entry.path).toBeGreaterThanOrEqual(entry.min)
      expect(stops.at(-1), entry.path).toBe(entry.max)
      if (entry.exclusiveMin) expect(stops[0], entry.path).toBeGreaterThan(entry.min)
      if (entry.kind === 'integer') expect(stops.every(Number.isInteger), entry.path).toBe(true)
    }
  })

  it('begin at 0 where 0 switches something off', () => {
    const penalty = hyperparameterAt('training.l2')
    if (penalty?.kind !== 'number') throw new Error('no number')
    expect(sliderStops(penalty)[0]).toBe(0)
  })

  it('are found for a value between them', () => {
    expect(nearestStop([0.01, 0.02, 0.05], 0.03, true)).toBe(1)
    expect(nearestStop([0, 0.5, 1], 0.8, false)).toBe(2)
    expect(nextStop([1, 2, 5], 3, 1)).toBe(5)
    expect(nextStop([1, 2, 5], 3, -1)).toBe(2)
    expect(nextStop([1, 2, 5], 5, 1)).toBe(5)
  })
})
