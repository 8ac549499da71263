import { describe, expect, it } from 'vitest'
import { acceptRecipe } from '../../../src/core/spec/index.ts'
import type { SessionState } from '../../../src/core/train/session.ts'
import { createMoments } from '../../../src/main/training/moments.ts'
import { circle } from '../support/recipes.ts'

const recipe = acceptRecipe(circle)

function stateAt(step: number, value: number, size = 4): SessionState {
  const data = new Float32Array(size).fill(value)
  return { recipe, step, counters: { epoch: step }, tensors: new Map([['layers.0.weight', { shape: [size], data }]]) }
}

describe('the moments of a run', () => {
  it('stay within their number and are dense where much changed', () => {
    let now = 0
    const moments = createMoments(() => now)
    for (let step = 0; step < 2000; step++) {
      now += 20
      moments.note(step, now, () => stateAt(step, step < 1000 ? 0.0001 * step : step))
    }
    const steps = moments.list().map(({ step }) => step)
    expect(steps).toHaveLength(300)
    expect([steps[0], steps.at(-1)]).toEqual([0, 1999])
    expect(steps.filter((step) => step >= 1000).length).toBeGreaterThan(250)
    expect(moments.at(1999)?.step).toBe(1999)
    moments.cut(1500)
    expect(moments.at(1999)?.step).toBeLessThanOrEqual(1500)
    moments.cut(-1)
    expect(moments.at(0)).toBeNull()
  })

  it('stay within their memory; networks that large have none', () => {
    let now = 0
    const moments = createMoments(() => now, 60_000)
    for (let step = 0; step < 100; step++) {
      now += 20
      moments.note(step, now, () => stateAt(step, step, 1000))
    }
    expect(moments.list()).toHaveLength(7)
    moments.note(100, now + 20, () => stateAt(100, 1, 10_000))
    expect(moments.list()).toEqual([])
  })

  it('are kept no more often than sixty a second', () => {
    const moments = createMoments(() => 0)
    moments.note(0, 0, () => stateAt(0, 0))
    moments.note(1, 10, () => stateAt(1, 1))
    expect(moments.list()).toEqual([{ step: 0, epoch: 0 }])
  })
})
