import { describe, expect, it } from 'vitest'
import { acceptRecipe, circleRecipe } from '../../../src/core/spec/index.ts'
import { stepFormula } from '../../../src/renderer/views/lab/step-formula.ts'

const { training } = acceptRecipe(circleRecipe)

describe('the formula of a step', () => {
  it('of plain descent is minus rate times gradient', () => {
    const lines = stepFormula(training, 'weight', 0.5, 0.2)
    expect(lines.at(-1)).toMatchObject({ numbers: '−0.03·0.20000' })
    expect(lines.at(-1)?.result).toBeCloseTo(-0.006, 12)
  })

  it('adds the penalties to the gradient of a weight, not of a bias', () => {
    const punished = { ...training, l1: 0.01, l2: 0.1 }
    expect(stepFormula(punished, 'weight', -0.5, 0.2)[0]?.result).toBeCloseTo(0.2 - 0.05 - 0.01, 12)
    expect(stepFormula(punished, 'bias', -0.5, 0.2)[0]?.result).toBe(0.2)
  })

  it('says no number that it does not know', () => {
    const adam = { ...training, optimizer: { ...training.optimizer, name: 'adam' as const } }
    expect(stepFormula(adam, 'weight', 0.5, 0.2).at(-1)?.result).toBeNull()
  })
})
