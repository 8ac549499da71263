import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import type { Dataset } from '../../../src/core/data/dataset.ts'
import { acceptRecipe, cutterOf, storyRecipe } from '../../../src/core/spec/index.ts'
import { codeOf } from '../../support/fault.ts'

const build = (examples: readonly object[]): Dataset =>
  buildDataset(acceptRecipe({ ...storyRecipe, data: { source: 'sentences', examples } }))

describe('the story', () => {
  const dataset = buildDataset(acceptRecipe(storyRecipe))
  it('has one input a word of the contexts and one output an answer', () => {
    expect(dataset.inputNames).toEqual(['나는', '너를'])
    expect(dataset.outputNames).toEqual(['사랑해', '좋아해', '미워해', '싫어해'])
    expect(dataset.contexts).toEqual(['나는 너를'])
    expect([...dataset.contextInputs]).toEqual([1, 1])
  })
  it('has one row an example: its words, its answer and its reward', () => {
    expect([...dataset.train.inputs]).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
    expect([...dataset.train.targets]).toEqual([0, 1, 1, -1, 2, -1, 3, -1])
    expect(dataset.test.count).toBe(0)
  })
})

describe('sentences', () => {
  it('are the same however they were typed', () => {
    const dataset = build([
      { context: '나는  너를', answer: '사랑해' },
      { context: '나는 너를 '.normalize('NFD'), answer: '사랑해'.normalize('NFD') },
      { context: '너를 나는', answer: '정말 좋아해' },
    ])
    expect(dataset.contexts).toEqual(['나는 너를', '너를 나는'])
    expect(dataset.outputNames).toEqual(['사랑해', '정말 좋아해'])
    expect(dataset.inputNames).toEqual(['나는', '너를'])
  })
  it('turn other contexts into inputs by the words that they know', () => {
    const dataset = build([
      { context: '😀 __proto__', answer: 'a' },
      { context: 'b', answer: 'c' },
    ])
    expect([...(dataset.inputsOf?.('__proto__ unknown 😀 😀') ?? [])]).toEqual([1, 1, 0])
    expect(codeOf(() => dataset.inputsOf?.('unknown'))).toBe('DATA-005')
  })
  it('are refused when they have too many words, answers or inputs', () => {
    const words = (from: number): string => Array.from({ length: 700 }, (_, i) => i + from).join(' ')
    const many = Array.from({ length: 7 }, (_, i) => ({ context: words(700 * i), answer: String(i) }))
    expect(codeOf(() => build(many))).toBe('DATA-001')
    const answers = Array.from({ length: 4097 }, (_, i) => ({ context: 'a', answer: String(i) }))
    expect(codeOf(() => build(answers))).toBe('DATA-002')
    const wide = Array.from({ length: 9000 }, (_, i) => ({ context: words(700 * (i % 5)), answer: String(i % 2) }))
    expect(codeOf(() => build(wide))).toBe('DATA-004')
  })
})

describe('the word tokenizer', () => {
  it('cuts at white space of any kind', () => {
    expect(cutterOf('word', '').cut(' a\u3000b\n\tc ')).toEqual(['a', 'b', 'c'])
    expect(cutterOf('word', '').cut(' \n ')).toEqual([])
  })
  it('keeps emoji with their joiners whole', () => {
    expect(cutterOf('word', '').cut('👩‍👩‍👧 🇰🇷')).toEqual(['👩‍👩‍👧', '🇰🇷'])
  })
})

describe('sentences that enter as tokens', () => {
  const dataset = buildDataset(
    acceptRecipe({
      ...storyRecipe,
      network: [{ layer: 'embedding', units: 3 }, { layer: 'flatten' }],
      data: {
        source: 'sentences',
        examples: [
          { context: 'dog chases cat', answer: 'the cat runs' },
          { context: 'cat chases dog', answer: 'the dog runs' },
          { context: 'run cat', answer: 'yes' },
        ],
      },
    }),
  )

  it('keep their order; the last word is always last', () => {
    expect(dataset.tokenNames).toEqual(['', 'dog', 'chases', 'cat', 'run'])
    expect([dataset.inputShape, dataset.vocabulary, dataset.inputWidth]).toEqual([[3], 5, 3])
    expect([...dataset.contextInputs]).toEqual([1, 2, 3, 3, 2, 1, 0, 4, 3])
    expect([...dataset.train.inputs]).toEqual([...dataset.contextInputs])
  })

  it('read other contexts by the last words that they know', () => {
    expect([...(dataset.inputsOf?.('the small dog') ?? [])]).toEqual([0, 0, 1])
    expect([...(dataset.inputsOf?.('run run dog chases cat') ?? [])]).toEqual([1, 2, 3])
    expect(codeOf(() => dataset.inputsOf?.('nobody'))).toBe('DATA-005')
  })
})
