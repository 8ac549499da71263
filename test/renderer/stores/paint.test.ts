import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acceptRecipe, circleRecipe, type PaintedPoint } from '../../../src/core/spec/index.ts'
import { useApp } from '../../../src/renderer/stores/app.ts'
import { useEdits } from '../../../src/renderer/stores/edits.ts'
import { useNotices } from '../../../src/renderer/stores/notices.ts'
import { usePaint } from '../../../src/renderer/stores/paint.ts'
import { usePoints } from '../../../src/renderer/stores/points.ts'
import { useProbe } from '../../../src/renderer/stores/probe.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import type { Argument } from '../../../src/shared/protocol.ts'
import { aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage, settled } from '../set-up.ts'

let bridge: FixtureBridge
let version = 2
const recipeOf = (points: readonly PaintedPoint[], shape = 'drawn') =>
  acceptRecipe({ ...circleRecipe, data: { ...circleRecipe.data, shape, points } })
const paints = (): readonly Argument<'run.paint'>[] =>
  bridge.calls.flatMap(({ name, argument }) => (name === 'run.paint' ? [argument as Argument<'run.paint'>] : []))

/** Services whose run has these points. */
async function painted(points: readonly PaintedPoint[], shape = 'drawn'): Promise<ReturnType<typeof usePaint>> {
  useRun().update(aRun({ version: version++, recipe: recipeOf(points, shape) }))
  await settled()
  return usePaint()
}

beforeEach(async () => {
  bridge = freshPage()
  bridge.answer('run.points', () => ({ train: [1, 1, 1], test: [-1, 0, 0] }))
  useApp().view = 'lab'
  await useRun().show('lab')
})

// What waits for a frame is sent before the next page is made.
afterEach(async () => {
  await settled()
  await settled()
})

describe('painting', () => {
  it('asks first what to begin with where other points are, and turns those into painted ones', async () => {
    usePoints()
    const paint = await painted([], 'circle')
    paint.toggle()
    expect([paint.isOn, useApp().paintShown]).toEqual([false, true])
    await paint.begin('present')
    expect(bridge.calls.findLast(({ name }) => name === 'run.edit')?.argument).toMatchObject({
      path: 'data',
      value: {
        shape: 'drawn',
        points: [
          [1, 1, 1],
          [-1, 0, 0],
        ],
      },
    })
    await paint.begin('empty')
    expect(bridge.calls.findLast(({ name }) => name === 'run.edit')?.argument).toMatchObject({ value: { points: [] } })
  })

  it('goes on with the painting that was there before another shape', async () => {
    const paint = await painted([[0, 0, 1]], 'spiral')
    await paint.begin('last')
    expect(bridge.calls.findLast(({ name }) => name === 'run.edit')?.argument).toEqual({
      run: 'a',
      path: 'data.shape',
      value: 'drawn',
    })
  })

  it('takes the point away that is tried, and ends where another shape or a fork comes', async () => {
    const paint = await painted([])
    useProbe().place = [1, 1]
    paint.toggle()
    expect([paint.isOn, useProbe().place]).toEqual([true, null])
    await painted([], 'circle')
    expect(paint.isOn).toBe(false)
    await painted([])
    paint.toggle()
    useRun().accompany(aRun({ run: 'b' }))
    await settled()
    expect([paint.isOn, paint.canPaint]).toEqual([false, false])
  })

  it('shows a stroke at once, and sends what comes within a frame as one call', async () => {
    const paint = await painted([[0, 0, 0]])
    paint.enter()
    paint.chooseClass(2)
    paint.press([1, 1], false)
    paint.drag([1.1, 1])
    paint.drag([2, 1])
    paint.release()
    paint.drag([3, 3])
    expect(paint.painting).toEqual([
      [0, 0, 0],
      [1, 1, 2],
      [2, 1, 2],
    ])
    expect(paint.counts).toEqual([1, 0, 2, 0, 0, 0])
    expect(paints()).toEqual([])
    bridge.answer('run.paint', () => aRun({ version: version++, recipe: recipeOf([...paint.painting]) }))
    await settled()
    await settled()
    const put = [
      [1, 1, 2],
      [2, 1, 2],
    ]
    expect(paints()).toEqual([{ run: 'a', stroke: expect.any(Number), put, take: [] }])
    expect(paint.painting).toHaveLength(3)
    expect(useEdits().canUndo).toBe(true)
  })

  it('sends strokes apart, and all of them at once where something else is to follow', async () => {
    const paint = await painted([[0, 0, 0]])
    paint.press([1, 1], false)
    paint.press([0, 0], true)
    void useEdits().undo()
    expect(bridge.calls.at(-1)?.name).toBe('run.undo')
    expect(paints().map(({ put, take }) => [put, take])).toEqual([
      [[[1, 1, 0]], []],
      [[], [[0, 0, 0]]],
    ])
    const [first, second] = paints()
    expect(second?.stroke).toBeGreaterThan(first?.stroke ?? Number.NaN)
  })

  it('rubs out with the eraser, sprays, and takes the nearest point out', async () => {
    const paint = await painted([
      [0, 0, 0],
      [0.5, 0, 1],
      [5, 5, 2],
    ])
    paint.tool = 'eraser'
    paint.press([0.2, 0], false)
    expect(paint.painting).toEqual([[5, 5, 2]])
    paint.chooseClass(3)
    expect(paint.tool).toBe('point')
    paint.tool = 'spray'
    paint.density = 10
    paint.cursor = [-3, 0]
    paint.drop()
    expect(paint.counts).toEqual([0, 0, 1, 10, 0, 0])
    paint.cursor = [6, 6]
    expect(paint.takeNearest()).toEqual([5, 5, 2])
    expect(paint.counts[2]).toBe(0)
  })

  it('keeps to the most points that there may be', async () => {
    const paint = await painted(Array.from({ length: 9998 }, (): PaintedPoint => [0, 0, 0]))
    paint.tool = 'spray'
    paint.density = 50
    paint.drop()
    paint.drop()
    expect(paint.painting).toHaveLength(10_000)
  })

  it('tells what was refused and shows the painting as it is', async () => {
    const paint = await painted([[0, 0, 0]])
    bridge.answer('run.paint', () => {
      throw { code: 'RUN-008', values: { step: 3 } }
    })
    paint.press([1, 1], false)
    await settled()
    await settled()
    expect(paint.painting).toEqual([[0, 0, 0]])
    expect(useNotices().list).toMatchObject([{ kind: 'fault', fault: { code: 'RUN-008' } }])
  })
})
