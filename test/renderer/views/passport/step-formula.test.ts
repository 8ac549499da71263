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
      { symbols: 'Δw = −η·g', numbers: '−0.03·0.2', result: '−0.006' },
      { symbols: 'w ← w + Δw', numbers: '0.5 + (−0.006)', result: '0.494' },
    ])
  })

  it('of a held parameter tells what the update would have made, and that it stays', () => {
    const held = { ...update, to: 0.5, parts: [{ kind: 'hold', change: 0.006 }] as const }
    expect(stepFormula('sgd', 'weight', held)).toEqual([
      { symbols: 'Δw = −η·g', numbers: '−0.03·0.2', result: '−0.006' },
      { symbols: 'w ← w', numbers: '0.5', result: '0.5' },
    ])
  })

  it('corrects what Adam remembers: the first step is as if it had always been so', () => {
    const step = stepFormula('adam', 'weight', update).at(-2)
    expect(step?.numbers).toContain('−0.03·0.2 / (√0.04')
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
