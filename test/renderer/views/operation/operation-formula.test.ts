import { describe, expect, it } from 'vitest'
import { layerKinds, type OperationLine } from '../../../../src/core/spec/index.ts'
import { generalFormula } from '../../../../src/renderer/views/operation/layer-formulas.ts'
import { formulaText } from '../../../../src/renderer/views/operation/operation-formula.ts'
import { readNumber, readSum, toDigitsOf } from '../../../support/arithmetic.ts'
import { mapInfo, someParameters } from '../../map/a-network.ts'

const text = (line: OperationLine) => formulaText(line, 'tanh', Math.tanh, 'y = x')

/** A sum of products with its true result. */
function aSum(seed: number, count: number): OperationLine {
  const values = someParameters(2 * count + 1, seed)
  const terms = Array.from({ length: count }, (_, from) => ({
    a: values[2 * from] ?? 0,
    b: values[2 * from + 1] ?? 0,
    from,
  }))
  const bias = values.at(-1) ?? 0
  const result = terms.reduce((sum, { a, b }) => sum + a * b, bias)
  return { rule: 'sum', numbers: { bias }, sum: { terms, rest: 0, restCount: 0 }, result }
}

describe('a formula with its numbers', () => {
  it('comes to the result that is shown, digit for digit', () => {
    for (let seed = 1; seed < 200; seed++) {
      const { numbers, result } = text(aSum(seed, 1 + (seed % 6)))
      expect(toDigitsOf(readSum(numbers), result)).toBe(readNumber(result))
    }
  })

  it('tells products that are left out as one number', () => {
    const line: OperationLine = {
      rule: 'weightGradient',
      numbers: {},
      sum: { terms: [{ a: 0.5, b: -2, from: 0 }], rest: 0.25, restCount: 9 },
      result: -0.75,
    }
    expect(text(line)).toEqual({ symbols: '∂L/∂w = Σ δ·x', numbers: '0.5·(−2) + … 0.25', result: '−0.75' })
  })

  it('names the activation, and has no factor for a reward of 1', () => {
    expect(text({ rule: 'activation', numbers: { z: -0.5 }, sum: null, result: Math.tanh(-0.5) })).toEqual({
      symbols: 'a = tanh(z)',
      numbers: 'tanh(−0.5)',
      result: '−0.462',
    })
    const miss = (reward: number): OperationLine => ({
      rule: 'miss',
      numbers: { p: 0.25, wanted: 1, reward, count: 10 },
      sum: null,
      result: (reward * -0.75) / 10,
    })
    expect(text(miss(1))).toEqual({ symbols: 'δ = ∂L/∂z = (p − t) / n', numbers: '(0.25 − 1) / 10', result: '−0.075' })
    expect(text(miss(0.5)).numbers).toBe('0.5·(0.25 − 1) / 10')
  })

  it('is the one in general where a layer has none of single stops, and shows what came out', () => {
    const line: OperationLine = { rule: 'given', numbers: { value: 0.123456 }, sum: null, result: 0.123456 }
    expect(text(line)).toEqual({ symbols: 'y = x', numbers: '', result: '0.123' })
  })

  it('shows what is no number as such', () => {
    const line: OperationLine = { rule: 'bent', numbers: { pull: Number.NaN, slope: 1 }, sum: null, result: Number.NaN }
    expect(text(line)).toMatchObject({ numbers: '—·1', result: '—' })
  })
})

describe('the formula in general', () => {
  it('is known of every kind of layer, forth and back', () => {
    for (const kind of layerKinds) {
      const layers = mapInfo([2, 3, 3, 2]).layers.map((layer, index) => (index === 2 ? { ...layer, kind } : layer))
      expect(generalFormula(layers, { kind: 'forward', layer: 2 })).toMatch(/ = /)
      expect(generalFormula(layers, { kind: 'backward', layer: 1 })).toMatch(/^∂L\/∂/)
    }
    expect(generalFormula([], { kind: 'loss', layer: null })).toBe('')
  })
})
