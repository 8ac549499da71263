import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Messages = Record<string, Record<string, string>>
const root = join(import.meta.dirname, '../../../src/renderer')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const en: Messages = JSON.parse(read('i18n/en.json'))
const ko: Messages = JSON.parse(read('i18n/ko.json'))

const flat = (messages: Messages): Map<string, string> =>
  new Map(
    Object.entries(messages).flatMap(([group, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text] as const),
    ),
  )
const english = flat(en)
const korean = flat(ko)
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ts|vue)$/.test(path))
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()

describe('the messages', () => {
  it('have the same keys in both languages', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('are not empty and use nothing that vue-i18n reads as syntax', () => {
    for (const [key, text] of [...english, ...korean]) {
      expect(text.trim(), key).not.toBe('')
      expect(text.replaceAll("{'|'}", ''), key).not.toMatch(/[|@]/)
    }
  })

  it('name the same values in both languages', () => {
    for (const [key, text] of english) expect(placeholders(korean.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  it('are all used', () => {
    const code = sources.map(read).join('\n')
    const unused = [...english.keys()].filter((key) => !key.startsWith('choice.') && !code.includes(`'${key}'`))
    expect(unused).toEqual([])
  })

  it('hold all Korean of the page', () => {
    for (const path of sources) {
      const code = read(path)
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\/\/.*$/gm, '')
      expect(code, path).not.toMatch(/[가-힣]/)
    }
  })
})
