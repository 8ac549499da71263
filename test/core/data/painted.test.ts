import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import type { Dataset } from '../../../src/core/data/dataset.ts'
import { Stream } from '../../../src/core/data/random.ts'
import { acceptRecipe, circleRecipe, type PaintedPoint } from '../../../src/core/spec/index.ts'

const recipeOf = (points: readonly PaintedPoint[], parts: object = {}, seed = 1) =>
  acceptRecipe({ ...circleRecipe, seed, data: { source: 'points', shape: 'drawn', points, ...parts } })
const build = (points: readonly PaintedPoint[], parts: object = {}, seed = 1): Dataset =>
  buildDataset(recipeOf(points, parts, seed))

function scattered(count: number, seed = 1): PaintedPoint[] {
  const random = new Stream(seed, 'data')
  const place = (): number => Math.round(1200 * random.uniform() - 600) / 100
  return Array.from({ length: count }, (_, i): PaintedPoint => [place(), place(), i % 3])
}

/** x and y of each point of a part, as texts. */
const texts = (places: Float32Array): string[] =>
  Array.from({ length: places.length / 2 }, (_, i) => `${places[2 * i]} ${places[2 * i + 1]}`)
const testsOf = (dataset: Dataset): ReadonlySet<string> => new Set(texts(dataset.testPoints))

describe('painted points', () => {
  it('become rows with the class as target and the chosen features as inputs', () => {
    const dataset = build(
      [
        [1, 2, 0],
        [-1, 2, 2],
      ],
      { testShare: 0, features: ['x', 'xy'] },
    )
    expect(dataset.outputNames).toEqual(['class0', 'class2'])
    expect([...dataset.train.inputs]).toEqual([1, 2, -1, -2])
    expect([...dataset.train.targets]).toEqual([0, 1, 1, 1])
    expect([...dataset.trainPoints]).toEqual([1, 2, -1, 2])
    expect(dataset.unfinished).toBeUndefined()
  })
  it('teach nothing while there are none, or all of one class', () => {
    expect(build([]).unfinished?.code).toBe('DATA-009')
    expect(build([[0, 0, 1]]).unfinished?.code).toBe('DATA-010')
    expect([build([]).outputWidth, build([[0, 0, 5]]).outputNames]).toEqual([2, ['class0', 'class5']])
  })
  it('do not depend on what random points are drawn by', () => {
    const points = scattered(30)
    expect(build(points, { samples: 10, noise: 1, draw: 7 }).test).toEqual(build(points).test)
  })
})

describe('the split of painted points', () => {
  it('has about the share that is asked for', () => {
    const dataset = build(scattered(3000), { testShare: 0.3 })
    // Five standard deviations of 3,000 draws.
    expect(Math.abs(dataset.test.count / 3000 - 0.3)).toBeLessThan(0.042)
  })
  it('stays while points are painted and erased', () => {
    const points = scattered(400)
    const tests = testsOf(build(points))
    const more = testsOf(build([...points, ...scattered(400, 2)]))
    expect([...tests].every((point) => more.has(point))).toBe(true)
    // The first point of each class trains in any case, so those are left.
    const fewer = build(points.filter((_, i) => i < 3 || i % 2 === 0))
    expect([...testsOf(fewer)].every((point) => tests.has(point))).toBe(true)
    expect(texts(fewer.trainPoints).some((point) => tests.has(point))).toBe(false)
  })
  it('grows with the share and changes with the seed', () => {
    const points = scattered(200)
    const some = testsOf(build(points, { testShare: 0.2 }))
    const most = testsOf(build(points, { testShare: 0.7 }))
    expect([...some].every((point) => most.has(point))).toBe(true)
    expect(testsOf(build(points, { testShare: 0.2 }, 2))).not.toEqual(some)
  })
  it('leaves every class a point to learn from, and equal points together', () => {
    const dataset = build([...scattered(60), ...scattered(60)], { testShare: 0.9 })
    expect(new Set([...dataset.train.targets].filter((_, i) => i % 2 === 0))).toEqual(new Set([0, 1, 2]))
    const tests = testsOf(dataset)
    expect(texts(dataset.trainPoints).some((point) => tests.has(point))).toBe(false)
  })
})
