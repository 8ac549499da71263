import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { placedSentence, sentence, sentences } from '../../src/shared/messages.ts'
import { formatNumber } from '../../src/shared/numbers.ts'

const source = fileURLToPath(new URL('../../src', import.meta.url))

/** Codes of faults that the source names. */
function codesInSource(): Set<string> {
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((file) =>
    /\.(ts|vue)$/.test(file.name),
  )
  const text = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n')
  return new Set([...text.matchAll(/'([A-Z]+-\d{3})'/g)].map((match) => match[1] ?? ''))
}

const placeholders = (text = ''): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([name]) => name))].sort()

describe('sentences', () => {
  it('exist in both languages for every code in the source', () => {
    const codes = [...codesInSource()]
    expect(codes.length).toBeGreaterThan(50)
    for (const language of ['en', 'ko'] as const) {
      expect(codes.filter((code) => !sentences[language].has(code))).toEqual([])
    }
  })
  it('have the same codes and placeholders in both languages', () => {
    expect([...sentences.ko.keys()]).toEqual([...sentences.en.keys()])
    for (const [code, text] of sentences.en) {
      expect(placeholders(sentences.ko.get(code)), code).toEqual(placeholders(text))
    }
  })
  it('end as sentences do', () => {
    // Help and the terminal's lines of figures are no sentences; their codes end in a word.
    for (const texts of Object.values(sentences))
      for (const [code, text] of texts) if (/-\d{3}$/.test(code)) expect(text, code).toMatch(/[.?]$/)
  })
  it('have no Korean particle that depends on the value before it', () => {
    // 이/가, 은/는, 을/를, 과/와 follow the last sound of a word; a quote may stand between.
    for (const [code, text] of sentences.ko)
      expect(text, code).not.toMatch(/\}['")]*(이|가|은|는|을|를|과|와|로|으로)(?=[\s,.])/)
  })
})

describe('a sentence', () => {
  const fault = {
    code: 'RECIPE-006',
    at: 'a.b',
    values: { 'label.en': 'Rate', 'label.ko': '학습률', given: '{min}', min: 0, max: 1234, suggest: 0.01 },
  }
  it('has its values in it, those of its language where there are two', () => {
    expect(sentence(fault, 'en')).toBe("Rate must be greater than 0 and at most 1,234, not '{min}'. Try 0.01.")
    expect(sentence(fault, 'ko')).toBe("학습률: 0 초과 1,234 이하의 수여야 합니다. 받은 값: '{min}'. 추천 값: 0.01.")
  })
  it('has its place and code on a terminal', () => {
    expect(placedSentence(fault, 'en')).toMatch(/Try 0\.01\. \(a\.b\) \[RECIPE-006\]$/)
  })
  it('is the code where there is none', () => {
    expect(sentence({ code: 'NONE-001', values: {} }, 'ko')).toBe('NONE-001')
  })
})

describe('a number', () => {
  it.each([
    [1234567, '1,234,567'],
    [-1.5, '−1.5'],
    [0.1 + 0.2, '0.3'],
    [1e-8, '1e-8'],
    [-2.5e-9, '−2.5e-9'],
    [0, '0'],
  ])('%s is written %s', (value, expected) => {
    expect(formatNumber(value, 'en')).toBe(expected)
    expect(formatNumber(value, 'ko')).toBe(expected)
  })
})
