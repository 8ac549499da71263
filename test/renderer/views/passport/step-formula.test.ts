import { describe, expect, it } from 'vitest'
import { optimizers, type UpdateParts } from '../../../../src/core/spec/index.ts'
import { stepFormula } from '../../../../src/renderer/views/passport/step-formula.ts'

const update: UpdateParts = {
  step: 3,
  from: 0.5,
  to: 0.494,
  parts: [],
  numbers: {
    rate: 0.03,
    gradient: 0.2,
    clipped: 0.2,
    update: 1,
    beta1: 0.9,
    beta2: 0.999,
    'mean.after': 0.02,
    'square.after': 0.00004,
  },
}

describe('the formula of a step', () => {
  it('of plain descent is minus rate times gradient, and leads to the new value', () => {
    expect(stepFormula('sgd', 'weight', update)).toEqual([
      { symbols: 'Δw = −η·g', numbers: '−0.03·0.2', result: '−0.00600' },
      { symbols: 'w ← w + Δw', numbers: '0.5 + (−0.00600)', result: '0.49400' },
    ])
  })

  it('corrects what Adam remembers: the first step is as if it had always been so', () => {
    const step = stepFormula('adam', 'weight', update).at(-2)
    expect(step?.numbers).toContain('−0.03·0.20000 / (√0.04000')
  })

  it('speaks of b where a bias moves', () => {
    expect(stepFormula('sgd', 'bias', update).map(({ symbols }) => symbols)).toEqual(['Δb = −η·g', 'b ← b + Δb'])
  })

  it.each(optimizers)('of %s says its letters alone before the first step', (name) => {
    const lines = stepFormula(name, 'weight', null)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(line).toMatchObject({ numbers: '', result: '' })
  })
})
