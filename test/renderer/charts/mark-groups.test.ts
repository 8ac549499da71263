import { describe, expect, it } from 'vitest'
import { groupedMarks, lossAround } from '../../../src/renderer/charts/mark-groups.ts'
import { shareAmong } from '../../../src/renderer/controls/scale.ts'
import { appended, noPoints } from '../../../src/renderer/stores/curve-points.ts'

const edit = (id: number, step: number) => ({
  id,
  run: 'r',
  step,
  epoch: step / 25,
  path: 'training.l2',
  from: 0,
  to: 1,
})

describe('marks on screen', () => {
  it('are one where they are too close to be pressed apart', () => {
    const groups = groupedMarks([edit(1, 10), edit(2, 20), edit(3, 33), edit(4, 100)], ({ step }) => step)
    expect(groups.map(({ x, edits }) => [x, edits.map(({ id }) => id)])).toEqual([
      [10, [1, 2, 3]],
      [100, [4]],
    ])
  })

  it('are none where they have no place', () => {
    expect(groupedMarks([edit(1, 10)], () => Number.NaN)).toEqual([])
  })

  it('stand among the moments of a run in proportion, and nowhere beyond the last', () => {
    const stops = [0, 100, 300]
    expect([0, 50, 100, 200, 300].map((step) => shareAmong(stops, step))).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(shareAmong(stops, 301)).toBeNaN()
    expect(shareAmong([7], 7)).toBe(1)
  })
})

describe('the loss around an edit', () => {
  const points = appended(
    noPoints,
    Float32Array.from([0, 25, 50].flatMap((step) => [step / 25, step, step / 50, 0, 0, 0])),
  )

  it('is the last one measured before it and the first one after it', () => {
    expect(lossAround(points, edit(1, 25))).toEqual([0.5, 1])
    expect(lossAround(points, edit(1, 30))).toEqual([0.5, 1])
    expect(lossAround(points, edit(1, 60))).toEqual([1, Number.NaN])
  })
})
