import { describe, expect, it } from 'vitest'
import { Stream } from '../../../src/core/data/random.ts'
import { quickNumber } from '../../../src/core/io/stretch.ts'

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
