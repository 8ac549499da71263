import { describe, expect, it } from 'vitest'
import { acceptRecipe, checkValue, circleRecipe, hyperparameters } from '../../../../src/core/spec/index.ts'
import { rangeWords, unitWords } from '../../../../src/renderer/controls/hyperparameter-words.ts'
import { tries } from '../../../../src/renderer/controls/tries.ts'
import { entriesFor, presentValue } from '../../../../src/renderer/views/hyperparameters/entries.ts'

const paths = (query: string): string[] => entriesFor(query).map(({ path }) => path)

describe('the page of hyperparameters', () => {
  it('has every hyperparameter of the table, each with an example, a unit and a range', () => {
    expect(entriesFor('')).toEqual(hyperparameters)
    for (const entry of hyperparameters) {
      expect(tries[entry.path], entry.path).toBeDefined()
      expect(unitWords(entry), entry.path).not.toBe('')
      expect(rangeWords(entry), entry.path).not.toBe('')
    }
    expect(Object.keys(tries)).toHaveLength(hyperparameters.length)
  })

  it('offers only examples that the table allows', () => {
    for (const [path, { value }] of Object.entries(tries)) {
      if (value !== undefined) expect(checkValue(path, value), path).toBeNull()
    }
  })

  it('finds by a name in either language, by symbol and by choice, all words together', () => {
    expect(paths('학습률')).toContain('training.optimizer.learningRate')
    expect(paths('learning RATE')).toContain('training.optimizer.learningRate')
    expect(paths('η')).toEqual(['training.optimizer.learningRate'])
    expect(paths('adamax')).toContain('training.optimizer.name')
    expect(paths('no such thing')).toEqual([])
  })

  it('knows what the run has, and that it does not have what is not used there', () => {
    const recipe = acceptRecipe(circleRecipe)
    const value = (path: string): unknown => {
      const entry = hyperparameters.find((one) => one.path === path)
      return entry === undefined ? 'missing' : presentValue(entry, recipe)
    }
    expect(value('training.optimizer.learningRate')).toBe(0.03)
    expect(value('network.*.units')).toBe(4)
    expect(value('training.optimizer.beta1')).toBeUndefined()
    expect(value('network.*.heads')).toBeUndefined()
  })
})
