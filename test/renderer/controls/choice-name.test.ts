import { describe, expect, it } from 'vitest'
import { hyperparameters } from '../../../src/core/spec/index.ts'
import { choiceKey, choiceName } from '../../../src/renderer/controls/choice-name.ts'
import en from '../../../src/renderer/i18n/en.json'

/** Features whose name is their formula. */
const formulas = new Set(['x', 'y', 'xy', 'sin x', 'sin y'])

describe('the name of a choice', () => {
  it('is there for every choice of the table', () => {
    const choices = hyperparameters.flatMap((entry) =>
      entry.kind === 'choice' || entry.kind === 'set' ? entry.choices : [],
    )
    const nameless = choices.filter((choice) => !formulas.has(choice) && !(choiceKey(choice) in en.choice))
    expect(nameless).toEqual([])
  })

  it('is the choice itself where that is a formula', () => {
    expect(choiceName('sin x')).toBe('sin x')
    expect(choiceName('x^2')).toBe('x²')
  })
})
