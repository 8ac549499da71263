import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { trigramLoss } from '../../../src/core/data/trigram.ts'
import { acceptRecipe } from '../../../src/core/spec/index.ts'

describe('the 3-gram model with add-one smoothing', () => {
  it('gives the loss counted by hand', () => {
    // 0 1 2, 1 2 0, 2 0 1, 0 1 0: after 0 1 came 2 once and 0 once, after 1 2 came 0 once.
    const train = [0, 1, 2, 0, 1, 0]
    // 0 1 -> 2: (1 + 1) / (2 + 3); 1 2 -> 0: (1 + 1) / (1 + 3); 2 0 -> 0: (0 + 1) / (1 + 3).
    const byHand = -(Math.log(2 / 5) + Math.log(2 / 4) + Math.log(1 / 4)) / 3
    expect(trigramLoss(train, [0, 1, 2, 0, 0], 3)).toBeCloseTo(byHand, 14)
  })
  it('knows nothing of pairs that it has not seen: all tokens are as likely', () => {
    expect(trigramLoss([0, 0, 0, 0], [5, 6, 1, 2], 7)).toBeCloseTo(Math.log(7), 14)
  })
  it('gives probabilities that sum to 1 after every pair', () => {
    const train = [3, 1, 4, 1, 5, 2, 0, 5, 3, 5, 1, 4, 1, 0]
    for (const pair of [
      [1, 4],
      [4, 1],
      [2, 2],
    ]) {
      const sum = Array.from({ length: 6 }, (_, next) => Math.exp(-trigramLoss(train, [...pair, next], 6)))
      expect(sum.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    }
  })
  it('is asked for the very tokens that the test rows ask the network for', () => {
    const data = { source: 'text', path: 'a.txt', tokenizer: 'char', context: 8, testShare: 0.25 }
    const text = 'abracadabra, said the cat; a bra, a cad, a dab. '.repeat(9)
    const dataset = buildDataset(acceptRecipe({ format: 'paramap/1', data, network: [] }), { text })
    const cut = Math.round(text.length * 0.75)
    const [learned, rest] = [text.slice(0, cut), text.slice(cut)].map((part) => dataset.tokensOf?.(part) ?? [])
    const asked = Array.from(dataset.test.targets.filter((_, i) => i % 2 === 0))
    expect(asked).toEqual(rest?.slice(1, asked.length + 1))
    const history = [...(learned?.slice(-1) ?? []), rest?.[0] ?? 0]
    const expected = trigramLoss(learned ?? [], [...history, ...asked], dataset.outputWidth)
    expect(dataset.trigramLoss?.()).toBe(expected)
  })
})
