import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import type { Dataset, Rows } from '../../../src/core/data/dataset.ts'
import { acceptRecipe, circleRecipe, randomShapes } from '../../../src/core/spec/index.ts'
import { codeOf } from '../../support/fault.ts'

const build = (data: object, seed = 1): Dataset =>
  buildDataset(acceptRecipe({ ...circleRecipe, seed, data: { ...circleRecipe.data, ...data } }))

/** Points of a part of the data: x, y and the class or value. */
function pointsOf(dataset: Dataset, rows: Rows, places: Float32Array): { x: number; y: number; target: number }[] {
  const step = dataset.task === 'classes' ? 2 : 1
  return Array.from({ length: rows.count }, (_, i) => ({
    x: places[2 * i] ?? Number.NaN,
    y: places[2 * i + 1] ?? Number.NaN,
    target: rows.targets[step * i] ?? Number.NaN,
  }))
}

const all = (dataset: Dataset): { x: number; y: number; target: number }[] => [
  ...pointsOf(dataset, dataset.train, dataset.trainPoints),
  ...pointsOf(dataset, dataset.test, dataset.testPoints),
]

describe.each(randomShapes)('the set %s', (shape) => {
  it('has as many points as asked for, split by share', () => {
    const dataset = build({ shape, samples: 101, testShare: 0.3 })
    expect([dataset.train.count, dataset.test.count]).toEqual([71, 30])
    expect(dataset.train.inputs).toHaveLength(142)
    expect(dataset.trainPoints).toHaveLength(142)
    expect(dataset.train.targets).toHaveLength(dataset.task === 'classes' ? 142 : 71)
  })
  it('is the same for the same seed and another for another', () => {
    expect(build({ shape }).train).toEqual(build({ shape }).train)
    expect(build({ shape }, 2).train.inputs).not.toEqual(build({ shape }).train.inputs)
  })
  it('stays finite with all the noise there is', () => {
    expect(all(build({ shape, noise: 1 })).every((p) => Number.isFinite(p.x + p.y + p.target))).toBe(true)
  })
})

describe('points without noise', () => {
  it('of circle lie within 2.5 or between 3.5 and 5', () => {
    const points = all(build({ shape: 'circle' }))
    for (const { x, y, target } of points) {
      const radius = Math.hypot(x, y)
      expect(target === 1 ? radius < 2.5 : radius >= 3.5 && radius < 5.001).toBe(true)
    }
    expect(points.filter((point) => point.target === 1)).toHaveLength(250)
  })
  it('of xor keep 0.3 from the axes and have the class of their quadrant', () => {
    for (const { x, y, target } of all(build({ shape: 'xor' }))) {
      expect(Math.min(Math.abs(x), Math.abs(y))).toBeGreaterThanOrEqual(0.2999)
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(5.3001)
      expect(target).toBe(x * y >= 0 ? 1 : 0)
    }
  })
  it('of gauss lie about (2, 2) and (-2, -2) with variance 0.5', () => {
    const points = all(build({ shape: 'gauss', samples: 10000 }))
    for (const [target, centre] of [
      [1, 2],
      [0, -2],
    ]) {
      const xs = points.filter((point) => point.target === target).map((point) => point.x)
      const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length
      const variance = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / xs.length
      // Five standard errors of 5000 points.
      expect(Math.abs(mean - (centre ?? 0))).toBeLessThan(0.05)
      expect(Math.abs(variance - 0.5)).toBeLessThan(0.05)
    }
  })
  it('of spiral lie on two arms opposite each other', () => {
    for (const { x, y, target } of all(build({ shape: 'spiral' }))) {
      const radius = Math.hypot(x, y)
      const turn = 2 * Math.PI * ((1.75 * radius) / 5 + (target === 1 ? 0 : 0.5))
      // radius and angle are found again from coordinates rounded to float32, up to 6
      expect(x).toBeCloseTo(radius * Math.sin(turn), 4)
      expect(y).toBeCloseTo(radius * Math.cos(turn), 4)
    }
  })
  it('of plane have a tenth of x + y', () => {
    // coordinates up to 6 rounded to float32
    for (const { x, y, target } of all(build({ shape: 'plane' }))) expect(target).toBeCloseTo((x + y) / 10, 5)
  })
  it('of multi-gauss are 0 far from the six centres and between -1 and 1 near them', () => {
    const dataset = build({ shape: 'multi-gauss', samples: 2000 })
    const centres = [-4, 0, 4].flatMap((x) => [-2.5, 2.5].map((y) => ({ x, y })))
    for (const { x, y, target } of all(dataset)) {
      const near = Math.min(...centres.map((centre) => Math.hypot(x - centre.x, y - centre.y)))
      // distances of coordinates up to 6 rounded to float32
      expect(Math.abs(target)).toBeCloseTo(Math.max(0, 1 - near / 2), 4)
    }
    expect([dataset.task, dataset.outputWidth]).toEqual(['number', 1])
  })
})

describe('features', () => {
  const names = ['x', 'y', 'x^2', 'y^2', 'xy', 'sin x', 'sin y']
  it('enter in the order of the table', () => {
    const dataset = build({ features: names })
    expect(dataset.inputNames).toEqual(names)
    const inputs = dataset.featuresOf?.(Float32Array.from([2, -3]))
    expect([...(inputs ?? [])].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([
      2, -3, 4, 9, -6, 0.9093, -0.1411,
    ])
  })
  it('of the training points are its inputs', () => {
    const dataset = build({ features: ['xy', 'y'] })
    expect(dataset.featuresOf?.(dataset.trainPoints)).toEqual(dataset.train.inputs)
  })
  it('refuse a point that is no place', () => {
    const { featuresOf } = build({})
    expect(codeOf(() => featuresOf?.(Float32Array.from([Number.NaN, 0])))).toBe('DATA-003')
    expect(codeOf(() => featuresOf?.(Float32Array.from([0, 1e30])))).toBe('DATA-003')
  })
})

describe('noise', () => {
  it('leaves the places of circle as they are and changes classes near the border', () => {
    const calm = build({ shape: 'circle' })
    const noisy = build({ shape: 'circle', noise: 0.5 })
    expect(noisy.trainPoints).toEqual(calm.trainPoints)
    expect(noisy.train.targets).not.toEqual(calm.train.targets)
  })
})
