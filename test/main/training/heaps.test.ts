import { describe, expect, it } from 'vitest'
import { createHeapLog } from '../../../src/main/training/heaps.ts'

const at = (step: number) => () => ({ step, epoch: 0, layers: [] })

describe('histograms over time', () => {
  it('are looked at within a hundredth of the time', () => {
    let clock = 0
    const log = createHeapLog(() => clock)
    const note = (step: number): void =>
      log.note(step, clock, () => {
        clock += 5
        return at(step)()
      })
    for (let step = 0; step < 100; step++) {
      note(step)
      clock += 10
    }
    // 5 ms of looking, then 500 ms without.
    expect(log.moments.map(({ step }) => step)).toEqual([0, 50])
  })

  it('thin out, keep the first, and forget what was taken back', () => {
    let clock = 0
    const log = createHeapLog(() => clock)
    for (let step = 0; step < 5000; step++) {
      clock += 100
      log.note(step, clock, at(step))
    }
    const steps = log.moments.map(({ step }) => step)
    expect(steps.length).toBeLessThanOrEqual(40)
    expect(steps.length).toBeGreaterThan(15)
    expect(steps[0]).toBe(0)
    expect(steps.at(-1)).toBeGreaterThan(4500)
    log.cut(1000)
    expect(log.moments.every(({ step }) => step <= 1000)).toBe(true)
  })
})
