import { describe, expect, it } from 'vitest'
import { Stream } from '../../../src/core/data/random.ts'
import { hashStretch, quickNumber } from '../../../src/core/io/stretch.ts'

const point = '.'.charCodeAt(0)
const quick = (text: string): number => quickNumber(`7${text}8`, 1, 1 + text.length, point)

describe('a number read by its characters', () => {
  it('is that of the language, to the bit', () => {
    const random = new Stream(3, 'data')
    for (let n = 0; n < 5000; n++) {
      const digits = Array.from({ length: 1 + random.below(15) }, () => random.below(10)).join('')
      const at = random.below(digits.length)
      const text = `${random.below(2) === 0 ? '-' : ''}${digits.slice(0, at)}${random.below(3) === 0 ? '' : '.'}${digits.slice(at)}`
      expect(quick(text), text).toBe(Number(text))
    }
  })
  it('may have another sign before its fraction', () => {
    expect(quickNumber('1,25', 0, 4, ','.charCodeAt(0))).toBe(1.25)
  })
  it.each(['', '-', '.', '--1', '1-', '1.2.3', '1.', '+1', ' 1', '1e3', '1,5', 'NaN', '1234567890123456', '１'])(
    'is left to a closer look: %j',
    (text) => {
      expect(quick(text)).toBeNaN()
    },
  )
})

describe('a hash of a stretch', () => {
  const hash = (text: string, anyNumbers: boolean): number => hashStretch(text, 0, text.length, 0, anyNumbers)
  it('is the same however a cell is quoted, and a number is written where that is open', () => {
    expect(hash('a""b', false)).toBe(hash('a"b', false))
    expect(hash('1.234,5', true)).toBe(hash('1234.5', true))
  })
  it('tells values of signs alone apart, so that many of them are found as quickly as others', () => {
    const signs = Array.from({ length: 4096 }, (_, n) => n.toString(2).replaceAll('0', '.').replaceAll('1', ','))
    expect(new Set(signs.map((text) => hash(text, false))).size).toBeGreaterThan(4000)
  })
})
