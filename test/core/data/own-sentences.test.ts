import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { conflictsOf } from '../../../src/core/data/conflicts.ts'
import type { Dataset } from '../../../src/core/data/dataset.ts'
import { rideOn } from '../../../src/core/explain/ride.ts'
import {
  acceptRecipe,
  conflictRecipe,
  cutterOf,
  editRecipe,
  type Recipe,
  type SentencesData,
  storyRecipe,
  tokenizers,
} from '../../../src/core/spec/index.ts'
import { sessionOf, trainSteps } from '../../support/sessions.ts'

type Pair = readonly [context: string, answer: string, reward?: number]

function sentences(pairs: readonly Pair[], tokenizer = 'word'): Recipe {
  const examples = pairs.map(([context, answer, reward = 1]) => ({ context, answer, reward }))
  return acceptRecipe({ ...storyRecipe, data: { source: 'sentences', tokenizer, examples } })
}

const dataOf = (pairs: readonly Pair[], tokenizer?: string): Dataset => buildDataset(sentences(pairs, tokenizer))
const fault = (code: string, at?: string) => expect.objectContaining(at === undefined ? { code } : { code, at })

const mixed: readonly Pair[] = [
  ['나는 너를', '사랑해'],
  ['I love 너를', 'you 👩‍👩‍👧'],
  ['🐶 sit!', '앉아'],
  ['日本語 и русский', 'عربي'],
]

describe('own sentences', () => {
  it.each(tokenizers)('give the same numbers composed and decomposed: %s', (tokenizer) => {
    const turned = (form: 'NFC' | 'NFD') =>
      dataOf(
        mixed.map(([context, answer]) => [context.normalize(form), answer.normalize(form)] as const),
        tokenizer,
      )
    const [composed, decomposed] = [turned('NFC'), turned('NFD')]
    expect(decomposed.inputNames).toEqual(composed.inputNames)
    expect(decomposed.outputNames).toEqual(composed.outputNames)
    expect(decomposed.train).toEqual(composed.train)
    expect(composed.inputsOf?.('나는 너를'.normalize('NFD'))).toEqual(composed.inputsOf?.('나는 너를'))
  })

  it.each(tokenizers)('of emoji and mixed scripts train, speak and ride: %s', (tokenizer) => {
    const session = sessionOf(sentences(mixed, tokenizer))
    trainSteps(session, 50)
    const said = session.say('🐶', 1)
    expect(session.dataset.outputNames[said.answer]).toBe(said.text)
    expect(session.reward('I love', said.answer, 1).after.every((p) => p >= 0 && p <= 1)).toBe(true)
    const ride = rideOn(session, '나는', { words: 3, temperature: 1, top: 2, seed: 3 })
    expect(ride.steps).toHaveLength(3)
    for (const { next } of ride.steps) {
      expect(next).toHaveLength(2)
      expect(next[0]?.probability).toBeGreaterThanOrEqual(next[1]?.probability ?? 1)
    }
  })

  it('in letters are put together to syllables again', () => {
    const text = '값진 닭고기, 뷁 no. 7 👍🏽'
    const cutter = cutterOf('jamo', text)
    const letters = cutter.cut(text)
    expect(letters.length).toBeGreaterThan([...text].length)
    expect(cutter.join(letters)).toBe(text)
    expect(cutter.join(cutter.cut(text.normalize('NFD')))).toBe(text)
  })

  it('of ten thousand words are either learned or refused by their number', () => {
    const words = (count: number, from = 0): string =>
      Array.from({ length: count }, (_, n) => `말${from + n}`).join(' ')
    const sets = (count: number): Pair[] =>
      Array.from({ length: count }, (_, n): Pair => [words(500, 500 * n), `a${n}`])
    const within = dataOf(sets(8))
    expect([within.inputWidth, within.inputsOf?.(words(10_000)).filter((x) => x === 1).length]).toEqual([4000, 4000])
    expect(() => dataOf(sets(20))).toThrow(fault('DATA-001', 'data.examples'))
    expect(() =>
      dataOf([
        [words(10_000), 'a'],
        ['b', 'c'],
      ]),
    ).toThrow(fault('RECIPE-018', 'data.examples.0.context'))
    const many = Array.from({ length: 10_000 }, (_, n): Pair => [`a${n % 50} b${n % 40}`, `c${n % 30}`])
    expect(dataOf(many)).toMatchObject({ inputWidth: 90, outputWidth: 30, train: { count: 10_000 } })
    const tooMany = (): unknown => sentences([...many, ['one', 'more']])
    expect(tooMany).toThrow(fault('RECIPE-017'))
  })

  it('without a word, or with one answer alone, are refused at their place', () => {
    const given = (pairs: readonly Pair[]) => () => sentences(pairs)
    expect(
      given([
        ['', 'a'],
        ['b', 'c'],
      ]),
    ).toThrow(fault('RECIPE-016', 'data.examples.0.context'))
    expect(
      given([
        ['a', 'b'],
        ['c', ' \t\n'],
      ]),
    ).toThrow(fault('RECIPE-016', 'data.examples.1.answer'))
    expect(
      given([
        ['a', 'b'],
        ['c', 'b'],
      ]),
    ).toThrow(fault('RECIPE-015'))
    expect(given([])).toThrow(fault('RECIPE-015'))
  })

  it('are added, changed and removed while the words that stay keep what they learned', () => {
    const recipe = sentences([
      ['Go', 'Outside'],
      ['Come', 'Inside'],
    ])
    const session = sessionOf(recipe)
    trainSteps(session, 100)
    const edit = (examples: unknown): void => {
      const dataset = buildDataset(editRecipe(session.recipe, 'data.examples', examples))
      session.change('data.examples', examples, dataset)
    }
    const share = (context: string, answer: string): number =>
      session.predict(session.dataset.inputsOf?.(context) ?? new Float32Array())[
        session.dataset.outputNames.indexOf(answer)
      ] ?? Number.NaN
    const before = share('Go', 'Outside')
    const { examples } = recipe.data as SentencesData
    edit([...examples, { context: 'Get', answer: 'Inside', reward: 1 }])
    expect(share('Go', 'Outside')).toBeCloseTo(before, 6)
    edit(examples)
    expect(share('Go', 'Outside')).toBeCloseTo(before, 6)
  })
})

describe('conflicts', () => {
  const data = acceptRecipe(conflictRecipe).data as SentencesData

  it('are two right answers for one context, in one or another spelling of it', () => {
    const spelled = {
      ...data,
      examples: data.examples.map((each) => ({ ...each, context: ` ${each.context.normalize('NFD')} ` })),
    }
    for (const each of [data, spelled]) {
      expect(conflictsOf(each)).toEqual([
        { code: 'TEACH-101', at: 'data.examples.4', values: { context: 'Go', answers: 'Outside, Potty', count: 2 } },
      ])
      expect(conflictsOf(each, [{ context: 'Come', answer: 'Potty' }])).toMatchObject([
        { code: 'TEACH-101' },
        { code: 'TEACH-102', at: 'data.examples.1' },
      ])
    }
  })

  it('are an answer both praised and scolded; scolding others is none', () => {
    const examples = [
      { context: 'a', answer: 'b', reward: 1 },
      { context: 'a', answer: 'c', reward: -1 },
    ]
    expect(conflictsOf({ ...data, examples })).toEqual([])
    const both = [...examples, { context: 'a', answer: 'b', reward: -0.5 }]
    expect(conflictsOf({ ...data, examples: both })).toEqual([
      { code: 'TEACH-103', at: 'data.examples.2', values: { context: 'a', answer: 'b' } },
    ])
  })
})
