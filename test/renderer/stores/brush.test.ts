import { describe, expect, it } from 'vitest'
import type { PaintedPoint } from '../../../src/core/spec/index.ts'
import { nearest, pointAt, sprayed, within } from '../../../src/renderer/stores/brush.ts'
import { asPainting, splitPainting } from '../../../src/renderer/stores/painted-points.ts'

const points: readonly PaintedPoint[] = [
  [0, 0, 0],
  [1, 0, 1],
  [0, 2, 2],
]

describe('a brush', () => {
  it('puts a point on the plane, to two digits', () => {
    expect(pointAt([1.23456, -9], 4)).toEqual([1.23, -6, 4])
  })
  it('sprays as many points as it is dense, within its radius and on the plane', () => {
    let n = 0
    const random = (): number => (n++ * 0.37) % 1
    const put = sprayed([5.8, 0], 3, 1, 50, random)
    expect(put).toHaveLength(50)
    for (const [x, y, label] of put) {
      expect(label).toBe(3)
      // Coordinates are rounded to two digits.
      expect(Math.hypot(x - 5.8, y)).toBeLessThanOrEqual(1.01)
      expect(x).toBeLessThanOrEqual(6)
    }
  })
  it('rubs out what lies within its radius', () => {
    expect(within(points, [0, 0.5], 1.2)).toEqual([points[0], points[1]])
  })
  it('finds the nearest point, the newest of equal ones, none where there is none', () => {
    expect(nearest(points, [0.1, 1.5])).toBe(points[2])
    expect(nearest([...points, [0, 0, 5]], [0, 0])).toEqual([0, 0, 5])
    expect(nearest([], [0, 0])).toBeNull()
  })
})

describe('painted points and those of the services', () => {
  it('are told apart by part, with places as float32', () => {
    const set = { train: [Math.fround(0.1), 0, 0], test: [Math.fround(1.23), Math.fround(-4.56), 2] }
    const painting: readonly PaintedPoint[] = [
      [0.1, 0, 0],
      [1.23, -4.56, 2],
      [1.23, -4.56, 1],
    ]
    expect(splitPainting(painting, set)).toEqual({ train: [0.1, 0, 0, 1.23, -4.56, 1], test: [1.23, -4.56, 2] })
    expect(splitPainting(painting, null).test).toEqual([])
  })
  it('begin a painting with their class, numbers with their sign, on the plane', () => {
    const set = { train: [Math.fround(0.1), 7, 1], test: [0, 0, -0.4] }
    expect(asPainting({ train: set.train, test: [] }, true)).toEqual([[0.1, 6, 1]])
    expect(asPainting(set, false)).toEqual([
      [0.1, 6, 1],
      [0, 0, 0],
    ])
  })
})
