import { describe, expect, it } from 'vitest'
import { between, moved, zoomedAround } from '../../../src/renderer/charts/zoom.ts'

const all = { min: 0, max: 100 }

describe('the stretch of epochs in sight', () => {
  it('keeps what is pointed at where it is', () => {
    const view = zoomedAround(null, all, 25, 0.5)
    expect(view).toEqual({ min: 12.5, max: 62.5 })
    expect(zoomedAround(view, all, 25, 2)).toBeNull()
  })

  it('stays within the curve and above nothing', () => {
    expect(moved({ min: 80, max: 90 }, all, 5)).toEqual({ min: 90, max: 100 })
    expect(moved(null, all, 1)).toBeNull()
    const closest = zoomedAround({ min: 50, max: 50.1 }, all, 50, 0.001)
    expect((closest?.max ?? 0) - (closest?.min ?? 0)).toBeCloseTo(0.1, 12)
  })

  it('lies between two places in either order', () => {
    expect(between(40, 10, all)).toEqual({ min: 10, max: 40 })
    expect(between(-5, 200, all)).toBeNull()
  })
})
