import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { acceptTextCoding, codedText } from '../../../src/core/data/text-coding.ts'
import { acceptRecipe, type TextData, tokenizers } from '../../../src/core/spec/index.ts'
import { codeOf, faultOf } from '../../support/fault.ts'

const recipe = (data: object): ReturnType<typeof acceptRecipe> =>
  acceptRecipe({ format: 'paramap/1', data: { source: 'text', context: 4, ...data }, network: [] })
const dataOf = (tokenizer: string): TextData => {
  const { data } = recipe({ path: 'a.txt', tokenizer })
  if (data.source !== 'text') throw new Error('no text')
  return data
}
const text = '나는 너를 사랑해. I love you, 3 times! 😀\n'.repeat(12)

describe('the coding of a text', () => {
  it.each(tokenizers)('of %s cuts and joins other texts as the dataset that learned it', (tokenizer) => {
    const data = dataOf(tokenizer)
    const learned = buildDataset(recipe({ path: 'a.txt', tokenizer }), { text })
    const travelled: unknown = JSON.parse(JSON.stringify(learned.textCoding))
    const coded = codedText(data, acceptTextCoding(travelled, data))
    for (const other of ['너를 사랑해', 'I love 너', '☃ times', text]) {
      const tokens = coded.tokensOf?.(other) ?? []
      expect(tokens).toEqual(learned.tokensOf?.(other))
      expect(coded.textOf?.(tokens)).toBe(learned.textOf?.(tokens))
    }
    expect([coded.outputNames, coded.inputWidth, coded.train.count]).toEqual([learned.outputNames, 4, 0])
  })
  it('never holds half a character, wherever the test begins', () => {
    for (let share = 0.05; share < 0.6; share += 0.01) {
      const dataset = buildDataset(recipe({ path: 'a.txt', tokenizer: 'char', testShare: share }), {
        text: '😀a😀bc'.repeat(20),
      })
      expect(dataset.outputNames.every((token) => !/^[\ud800-\udfff]$/.test(token))).toBe(true)
    }
  })
  const good = { tokens: ['\ufffd', 'a', 'b'] }
  const malformed: readonly (readonly [what: string, coding: unknown, tokenizer: string])[] = [
    ['nothing', null, 'char'],
    ['a list', [], 'char'],
    ['no tokens', {}, 'char'],
    ['one token', { tokens: ['\ufffd'] }, 'char'],
    ['no unknown token', { tokens: ['a', 'b'] }, 'char'],
    ['a token twice', { tokens: ['\ufffd', 'a', 'a'] }, 'char'],
    ['an empty token', { tokens: ['\ufffd', ''] }, 'char'],
    ['a number', { tokens: ['\ufffd', 7] }, 'char'],
    ['too many tokens', { tokens: ['\ufffd', ...Array.from({ length: 8192 }, (_, i) => `t${i}`)] }, 'char'],
    ['no bytes', good, 'byte'],
    ['pairs where none belong', { ...good, pairs: [['a', 'b']] }, 'char'],
    ['no pairs', good, 'bpe'],
    ['a pair of three', { ...good, pairs: [['a', 'b', 'a']] }, 'bpe'],
    ['too many pairs', { ...good, pairs: Array.from({ length: 513 }, () => ['a', 'b']) }, 'bpe'],
  ]
  it.each(malformed)('with %s is refused', (_what, coding, tokenizer) => {
    const fault = faultOf(() => acceptTextCoding(coding, dataOf(tokenizer)))
    expect([fault.code, fault.values.field]).toEqual(['MODEL-009', 'paramap.vocabulary'])
  })
  it('of a model of points is refused', () => {
    const { data } = acceptRecipe({ format: 'paramap/1', data: { source: 'points' }, network: [] })
    expect(codeOf(() => acceptTextCoding(good, data))).toBe('MODEL-009')
  })
})

describe('a recipe of a text', () => {
  it('names a bundled one or a file, not both', () => {
    expect(recipe({ name: 'little-stories' }).data).toMatchObject({ name: 'little-stories', tokenizer: 'char' })
    expect(recipe({ path: 'a.txt' }).data).not.toHaveProperty('name')
    expect(faultOf(() => recipe({ name: 'little-stories', path: 'a.txt' }))).toMatchObject({
      code: 'RECIPE-022',
      at: 'data.name',
    })
    expect(faultOf(() => recipe({ name: 'little-story' }))).toMatchObject({ code: 'RECIPE-008', at: 'data.name' })
    expect(faultOf(() => recipe({}))).toMatchObject({ code: 'RECIPE-012', at: 'data.path' })
  })
})
