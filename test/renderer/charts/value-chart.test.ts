import { describe, expect, it } from 'vitest'
import { pathOf, placeIn, spanOf, ticksOf } from '../../../src/renderer/charts/value-chart.ts'

describe('a small chart', () => {
  it('spans all finite values and is never empty', () => {
    expect(spanOf([1, Number.NaN, 3], 0)).toEqual({ low: 1, high: 3 })
    expect(spanOf([])).toEqual({ low: 0, high: 1 })
    const { low, high } = spanOf([2, 2])
    expect(high).toBeGreaterThan(low)
  })

  it('has round ticks within the span', () => {
    expect(ticksOf({ low: -0.07, high: 0.42 }, 4)).toEqual([0, 0.2, 0.4])
    expect(ticksOf({ low: 0, high: 628 }, 2)).toEqual([0, 500])
  })

  it('places values, also downwards', () => {
    expect(placeIn({ low: 0, high: 4 }, 1, 100, 0)).toBe(75)
  })

  it('breaks the line at what is no number', () => {
    const points = [1, 2, Number.NaN, 4].map((y, x) => ({ x, y }))
    expect(pathOf(points)).toBe('M0.0 1.0L1.0 2.0M3.0 4.0')
  })
})
