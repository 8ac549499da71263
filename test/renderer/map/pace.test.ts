import { describe, expect, it } from 'vitest'
import { createPace, readableMs } from '../../../src/renderer/map/pace.ts'
import type { Frame } from '../../../src/shared/frame.ts'
import { readFrame } from '../../../src/shared/frame.ts'
import type { FrameHead } from '../../../src/shared/protocol.ts'
import { aFrame } from '../fixture-bridge.ts'

const frame = (change: Partial<FrameHead>): Frame => readFrame(aFrame(change, { parameters: [1] }))
const running = (step: number): Frame => frame({ status: 'running', step })

describe('the pace of plates', () => {
  it('keeps a frame long enough to be read while training goes on', () => {
    const pace = createPace()
    const first = running(1)
    expect(pace.take(first, 0)).toBe(first)
    expect(pace.take(running(2), readableMs - 1)).toBe(first)
    const later = running(3)
    expect(pace.take(later, readableMs)).toBe(later)
  })

  it('goes by the network: of the curve each frame brings as many points as are new', () => {
    const pace = createPace()
    const first = readFrame(aFrame({ status: 'running', step: 1 }, { parameters: [1], curve: [1, 2, 3, 4, 5, 6] }))
    pace.take(first, 0)
    const next = readFrame(aFrame({ status: 'running', step: 2 }, { parameters: [1] }))
    expect(pace.take(next, readableMs - 1)).toBe(first)
    expect(pace.take(readFrame(aFrame({ status: 'running', step: 3 }, { parameters: [1, 2] })), 1)).not.toBe(first)
  })

  it('takes the newest at once where training stands, was rewound, or the run is another', () => {
    for (const next of [
      frame({ status: 'paused', step: 9 }),
      running(0),
      frame({ run: 'b', status: 'running', step: 9 }),
    ]) {
      const pace = createPace()
      pace.take(running(5), 0)
      expect(pace.take(next, 1)).toBe(next)
    }
  })
})
