import { describe, expect, it } from 'vitest'
import { epochRange, logRange, tickText } from '../../../src/renderer/charts/loss-options.ts'

describe('axes', () => {
  it('bound a log axis by 1, 2 or 5 of a power of ten', () => {
    const near = (range: { min: number; max: number }): number[] =>
      [range.min, range.max].map((value) => Number(value.toPrecision(6)))
    expect(near(logRange([0.178, 0.7]))).toEqual([0.1, 1])
    expect(near(logRange([0.06, 0.4]))).toEqual([0.05, 0.5])
    expect(near(logRange([3, 30]))).toEqual([2, 50])
    expect(near(logRange([1]))).toEqual([0.5, 1])
    expect(near(logRange([0, Number.NaN]))).toEqual([0.1, 1])
  })

  it('round the last epoch up, so that the axis does not move with every point', () => {
    expect(epochRange(46)).toEqual({ min: 0, max: 50 })
    expect(epochRange(47)).toEqual({ min: 0, max: 50 })
    expect(epochRange(0)).toEqual({ min: 0, max: 1 })
  })

  it('write ticks short, with a true minus', () => {
    expect([0, 0.05, 100, 1e-6, -2].map(tickText)).toEqual(['0', '0.05', '100', '1e−6', '−2'])
  })
})
