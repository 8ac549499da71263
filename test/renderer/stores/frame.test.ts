import { beforeEach, describe, expect, it } from 'vitest'
import { useCurve } from '../../../src/renderer/stores/curve.ts'
import { keepSeldom, noLens, useFrame } from '../../../src/renderer/stores/frame.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { readFrame } from '../../../src/shared/frame.ts'
import type { FrameHead } from '../../../src/shared/protocol.ts'
import { aFrame, aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage, settled } from '../set-up.ts'

let bridge: FixtureBridge

beforeEach(async () => {
  bridge = freshPage()
  await useRun().show('lab')
  useFrame().start()
})

const point = (epoch: number): number[] => [epoch, epoch * 25, 0.5, 0.6, 0.9, 0.8]

describe('the frames', () => {
  it('are asked for one at a time', async () => {
    expect(bridge.watched).toHaveLength(1)
    bridge.sendFrame(aFrame({ step: 1 }))
    await settled()
    expect(bridge.watched).toHaveLength(2)
    expect(useFrame().head?.step).toBe(1)
  })

  it('are asked for again when the lens changes', async () => {
    useFrame().lens = { ...noLens, parameters: true }
    await settled()
    expect(bridge.watched.at(-1)?.lens.parameters).toBe(true)
  })

  it('of another run are not shown', async () => {
    bridge.sendFrame(aFrame({ run: 'b', step: 9 }))
    await settled()
    expect(useFrame().head).toBeNull()
  })

  it('of a newer version fetch the run', async () => {
    bridge.answer('run.info', () => aRun({ version: 2 }))
    bridge.sendFrame(aFrame({ version: 2 }))
    await settled()
    expect(useRun().current?.version).toBe(2)
  })

  it('of a run that trains are written at a pace, those of another run at once', async () => {
    const frame = useFrame()
    bridge.sendFrame(aFrame({ status: 'running', step: 1 }))
    bridge.sendFrame(aFrame({ status: 'running', step: 2 }))
    expect([frame.head?.step, frame.writtenHead?.step]).toEqual([2, 1])
    useRun().update(aRun({ version: 1 }))
    bridge.answer('run.info', () => aRun({ run: 'other' }))
    await useRun().adopt(aRun({ run: 'other' }))
    bridge.sendFrame(aFrame({ run: 'other', status: 'running', step: 7 }))
    expect([frame.head?.step, frame.writtenHead?.step]).toEqual([7, 7])
  })

  it('are hidden while they do not fit the shape', async () => {
    bridge.sendFrame(aFrame({}, { parameters: [1, 2] }))
    await settled()
    expect(useFrame().latest).not.toBeNull()
    useRun().update(aRun({ version: 2 }, [2, 5, 2, 2]))
    expect(useFrame().latest).toBeNull()
    bridge.sendFrame(aFrame({ version: 2 }, { parameters: [3] }))
    await settled()
    expect(useFrame().section('parameters')).toEqual(Float32Array.of(3))
  })

  it('that come twice before they are drawn both add to the curve', async () => {
    bridge.sendFrame(aFrame({ curveReset: true }, { curve: point(1) }))
    bridge.sendFrame(aFrame({}, { curve: point(2) }))
    await settled()
    expect(useCurve().points.count).toBe(2)
  })

  it('with a reset begin the curve anew', async () => {
    bridge.sendFrame(aFrame({}, { curve: [...point(1), ...point(2)] }))
    await settled()
    bridge.sendFrame(aFrame({ curveReset: true }, { curve: point(0) }))
    await settled()
    expect(useCurve().points.count).toBe(1)
  })

  it('without what comes seldom keep it from the one before, of the same run and version, as far as the lens asks', () => {
    const lens = { ...noLens, surface: 2, parameters: true }
    const before = readFrame(aFrame({ step: 1 }, { surface: [1, 2], parameters: [7], gradients: [8] }))
    const next = (head: Partial<FrameHead>): readonly (readonly [string, readonly number[]])[] =>
      [...keepSeldom(readFrame(aFrame({ step: 2, ...head }, { parameters: [3] })), before, lens).sections].map(
        ([name, data]) => [name, [...data]],
      )
    expect(next({})).toEqual([
      ['parameters', [3]],
      ['surface', [1, 2]],
    ])
    expect(next({ run: 'another' })).toEqual([['parameters', [3]]])
    expect(next({ version: before.head.version + 1 })).toEqual([['parameters', [3]]])
    const own = readFrame(aFrame({}, { surface: [5], parameters: [6] }))
    expect(keepSeldom(own, before, lens)).toBe(own)
  })
})
