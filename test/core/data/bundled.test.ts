import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { acceptRecipe, cutterOf, type Tokenizer, tokenizers } from '../../../src/core/spec/index.ts'

execFileSync(process.execPath, [join(import.meta.dirname, '../../../scripts/pack-data.mjs')])
const packed = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../../src/core/gen', name))
const recipe = (data: object): ReturnType<typeof acceptRecipe> =>
  acceptRecipe({ format: 'paramap/1', data, network: [] })

describe('digits', () => {
  it('are 10,000 pictures of ten classes from 0 to 1', () => {
    const { train, test, inputShape, outputNames } = buildDataset(recipe({ source: 'digits' }), {
      digits: packed('digits.bin'),
    })
    expect([train.count, test.count, inputShape]).toEqual([8000, 2000, [1, 28, 28]])
    expect(Math.max(...train.inputs.subarray(0, 100_000))).toBe(1)
    const counts = outputNames.map(
      (_, digit) => train.targets.filter((value, i) => i % 2 === 0 && value === digit).length,
    )
    expect(Math.min(...counts)).toBeGreaterThan(600)
  })

  it('that are damaged are refused', () => {
    expect(() => buildDataset(recipe({ source: 'digits' }), { digits: new Uint8Array(9) })).toThrow(
      expect.objectContaining({ code: 'DATA-007' }),
    )
  })
})

describe('the table iris', () => {
  it('has 150 rows, four columns and three classes', () => {
    const dataset = buildDataset(recipe({ source: 'table' }), { table: packed('iris.csv').toString() })
    expect([dataset.train.count, dataset.test.count]).toEqual([120, 30])
    expect([dataset.inputWidth, dataset.outputNames]).toEqual([4, ['setosa', 'versicolor', 'virginica']])
  })
})

const words = '나는 너를 사랑해. I love you, 3 times!\n'

describe('a tokenizer', () => {
  const expected: Readonly<Record<Exclude<Tokenizer, 'bpe'>, readonly string[]>> = {
    word: ['나는', '너를', 'ab'],
    syllable: ['나', '는', ' ', '너', '를', ' ', 'ab'],
    jamo: [...'나는 너를 ab'.normalize('NFD')],
    char: [...'나는 너를 ab'],
    byte: Array.from(new TextEncoder().encode('나는 너를 ab'), (byte) => byte.toString(16).padStart(2, '0')),
  }
  for (const [name, tokens] of Object.entries(expected)) {
    it(`${name} cuts as it says`, () => {
      expect(cutterOf(name as Tokenizer, '').cut('나는 너를 ab')).toEqual(tokens)
    })
  }
  for (const name of tokenizers.filter((tokenizer) => tokenizer !== 'word')) {
    it(`${name} puts together what it cut`, () => {
      const cutter = cutterOf(name, words.repeat(9))
      expect(cutter.join(cutter.cut(words))).toBe(words)
    })
  }

  it('bpe makes frequent words one piece', () => {
    expect(cutterOf('bpe', words.repeat(9)).cut(words)).toContain(' 사랑해.')
  })
})

describe('a text', () => {
  const data = { source: 'text', path: 'a.txt', context: 8, testShare: 0.2 }

  it('gives every token the next one as its class', () => {
    const dataset = buildDataset(recipe(data), { text: words.repeat(20) })
    const { inputs, targets, count } = dataset.train
    expect(count).toBeGreaterThan(100)
    for (let i = 0; i < 7; i++) expect(targets[2 * i]).toBe(inputs[i + 1])
    expect(dataset.textOf?.([...inputs.subarray(0, 8)])).toBe(words.slice(0, 8))
    expect(dataset.tokensOf?.('나☃')).toEqual([inputs[0], 0])
    expect(dataset.test.count).toBeGreaterThan(5)
  })

  it('that is too short is refused', () => {
    expect(() => buildDataset(recipe(data), { text: '짧다' })).toThrow(expect.objectContaining({ code: 'DATA-006' }))
  })
})
