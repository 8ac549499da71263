/** The learning rate as a function of the step. */
import { describe, expect, it } from 'vitest'
import { type RateSpec, rateAt, rateIsSteady } from '../../../src/core/optim/schedules/index.ts'
import { acceptRecipe, circleRecipe } from '../../../src/core/spec/index.ts'

function specOf(schedule: Partial<RateSpec['schedule']>): RateSpec {
  const { training } = acceptRecipe(circleRecipe)
  return {
    optimizer: { ...training.optimizer, learningRate: 0.1 },
    schedule: { ...training.schedule, ...schedule },
  }
}

const shares = (schedule: Partial<RateSpec['schedule']>, steps: readonly number[]): number[] =>
  steps.map((step) => rateAt(specOf(schedule), step) / 0.1)

const near = (found: readonly number[], expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length)
  found.forEach((value, i) => {
    // a few operations in float64; the cosines of two libraries differ in the last digits
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 12)
  })
}

describe('schedules', () => {
  it('constant is the rate itself, to the bit', () => {
    expect(rateAt(specOf({}), 12345)).toBe(0.1)
    expect(rateIsSteady(specOf({}), 0)).toBe(true)
  })
  it('step falls after every so many steps', () => {
    near(shares({ name: 'step', every: 10, factor: 0.5 }, [0, 9, 10, 25]), [1, 1, 0.5, 0.25])
  })
  it('exponential falls smoothly and meets the stair at its edges', () => {
    near(shares({ name: 'exponential', every: 10, factor: 0.5 }, [0, 5, 10, 20]), [1, Math.SQRT1_2, 0.5, 0.25])
  })
  it('cosine and linear end at their share and stay there', () => {
    near(shares({ name: 'cosine', steps: 100, endShare: 0.2 }, [0, 50, 100, 500]), [1, 0.6, 0.2, 0.2])
    near(shares({ name: 'linear', steps: 100, endShare: 0.2 }, [0, 50, 100, 500]), [1, 0.6, 0.2, 0.2])
  })
  it('one cycle rises from 1/25 to the rate and falls to 1/250000', () => {
    // torch.optim.lr_scheduler.OneCycleLR(max_lr, total_steps=100): its phases end at steps 29 and 99
    near(shares({ name: 'one-cycle', steps: 100 }, [0, 29, 99, 400]), [0.04, 1, 4e-6, 4e-6])
    const rates = shares({ name: 'one-cycle', steps: 3 }, [0, 1, 2, 3])
    for (const share of rates) expect(share).toBeGreaterThan(0)
  })
  it('one step is enough for each', () => {
    for (const name of ['cosine', 'linear', 'one-cycle', 'step', 'exponential'] as const) {
      for (const share of shares({ name, steps: 1, every: 1 }, [0, 1, 2])) expect(Number.isFinite(share)).toBe(true)
    }
  })
  it('warm-up rises to the rate, then any schedule begins', () => {
    near(shares({ warmupSteps: 4 }, [0, 1, 3, 4]), [0.25, 0.5, 1, 1])
    near(shares({ name: 'cosine', steps: 10, warmupSteps: 4 }, [3, 4, 9, 14]), [1, 1, 0.5, 0])
    expect(rateIsSteady(specOf({ warmupSteps: 4 }), 2)).toBe(false)
    expect(rateIsSteady(specOf({ warmupSteps: 4 }), 3)).toBe(true)
  })
})
