import { describe, expect, it } from 'vitest'
import { progressLine } from '../../src/cli/progress.ts'

const half = { doneSteps: 500, totalSteps: 1000, epoch: 20, loss: 0.12345, stepsPerSecond: 250 }

describe('the progress line', () => {
  it('shows share, figures, rate and time left', () => {
    expect(progressLine(half, 100, 'en')).toBe(
      '██████████░░░░░░░░░░ 50% · epoch 20 · loss 0.1235 · 250 steps/s · 0:02 left',
    )
  })

  it('speaks Korean', () => {
    expect(progressLine(half, 100, 'ko')).toContain('남은 시간 0:02')
  })

  it('fits its terminal, Hangul taking two cells', () => {
    expect(progressLine(half, 30, 'en')).toHaveLength(30)
    expect(progressLine(half, 30, 'ko').length).toBeLessThan(30)
  })

  it('counts hours and knows that a still run has no end', () => {
    expect(progressLine({ ...half, totalSteps: 1_000_500 }, 100, 'en')).toContain('1:06:40 left')
    expect(progressLine({ ...half, stepsPerSecond: 0 }, 100, 'en')).toContain('? left')
    expect(progressLine({ ...half, loss: null, doneSteps: 2000 }, 100, 'en')).toContain('100%')
  })
})
