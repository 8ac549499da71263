import { describe, expect, it } from 'vitest'
import {
  acceptRecipe,
  circleRecipe,
  mostPaintedPoints,
  type PaintedPoint,
  paintedClasses,
  repainted,
} from '../../../src/core/spec/index.ts'
import { faultOf } from '../../support/fault.ts'

const drawn = (points: unknown, parts: object = {}): unknown => ({
  ...circleRecipe,
  data: { source: 'points', shape: 'drawn', points, ...parts },
})

describe('a recipe with painted points', () => {
  it('keeps them as they are, and -0 as 0', () => {
    const points = [
      [1.25, -6, 0],
      [-0, 6, 5],
    ]
    expect(acceptRecipe(drawn(points)).data).toMatchObject({ shape: 'drawn', points: [points[0], [0, 6, 5]] })
  })
  it('may be empty, or of one class: it is a painting that is not finished', () => {
    expect(acceptRecipe(drawn(undefined)).data).toMatchObject({ points: [] })
    expect(acceptRecipe(drawn([[0, 0, 3]])).data).toMatchObject({ points: [[0, 0, 3]] })
  })
  it('keeps the painting while another shape is chosen, and carries none where nothing was painted', () => {
    const other = acceptRecipe(drawn([[0, 0, 1]], { shape: 'spiral' }))
    expect(other.data).toMatchObject({ shape: 'spiral', points: [[0, 0, 1]] })
    expect(acceptRecipe(circleRecipe).data).not.toHaveProperty('points')
  })

  const one = [0, 0, 0]
  const cases: readonly (readonly [what: string, points: unknown, code: string, at: string])[] = [
    ['points that are no list', { 0: one }, 'RECIPE-004', 'data.points'],
    ['more points than there may be', Array(mostPaintedPoints + 1).fill(one), 'RECIPE-017', 'data.points'],
    ['a point that is no list', [one, 'a'], 'RECIPE-023', 'data.points.1'],
    ['a point without a class', [[0, 0]], 'RECIPE-023', 'data.points.0'],
    ['a point with more than a class', [[0, 0, 0, 0]], 'RECIPE-023', 'data.points.0'],
    ['a place left of the plane', [[-6.01, 0, 0]], 'RECIPE-024', 'data.points.0.0'],
    ['a place above the plane', [one, [0, 6.01, 0]], 'RECIPE-024', 'data.points.1.1'],
    ['a place that is no number', [['1', 0, 0]], 'RECIPE-024', 'data.points.0.0'],
    ['a place that is NaN', [[0, Number.NaN, 0]], 'RECIPE-024', 'data.points.0.1'],
    ['a class that is not whole', [[0, 0, 0.5]], 'RECIPE-025', 'data.points.0.2'],
    ['a class below the first', [[0, 0, -1]], 'RECIPE-025', 'data.points.0.2'],
    ['a class beyond the last', [[0, 0, 6]], 'RECIPE-025', 'data.points.0.2'],
  ]
  it.each(cases)('is refused for %s', (_, points, code, at) => {
    const fault = faultOf(() => acceptRecipe(drawn(points)))
    expect([fault.code, fault.at]).toEqual([code, at])
  })
})

describe('the classes of a painting', () => {
  const of = (...labels: readonly number[]) => paintedClasses(labels.map((label): PaintedPoint => [0, 0, label]))
  it('are those that occur, in order, and at least two outputs', () => {
    expect(of(4, 1, 4, 2)).toEqual({ occurring: [1, 2, 4], outputs: [1, 2, 4] })
    expect(of()).toEqual({ occurring: [], outputs: [0, 1] })
    expect(of(0)).toEqual({ occurring: [0], outputs: [0, 1] })
    expect(of(3, 3)).toEqual({ occurring: [3], outputs: [0, 3] })
  })
})

describe('painting over', () => {
  const a: PaintedPoint = [1, 1, 0]
  const b: PaintedPoint = [2, 2, 1]
  it('takes points out by what they are, the newest of equal ones, and puts others behind', () => {
    expect(repainted([a, b, a], [], [a])).toEqual([a, b])
    expect(repainted([a, b], [[3, 3, 2]], [a])).toEqual([b, [3, 3, 2]])
    expect(repainted([a, a, b], [], [a, a])).toEqual([b])
  })
  it('leaves what is not there', () => {
    expect(repainted([a], [], [b, [1, 1, 1]])).toEqual([a])
  })
})
