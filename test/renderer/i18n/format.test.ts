import { afterEach, describe, expect, it } from 'vitest'
import {
  bytes,
  duration,
  fixed,
  parseNumber,
  percent,
  plain,
  signed,
  whole,
} from '../../../src/renderer/i18n/format.ts'
import { showLanguage } from '../../../src/renderer/i18n/index.ts'

afterEach(() => showLanguage('ko'))

describe('numbers', () => {
  it('have a true minus sign', () => {
    expect(fixed(-0.602, 3)).toBe('−0.602')
    expect(signed(0.602, 3)).toBe('+0.602')
    expect(signed(-0.602, 3)).toBe('−0.602')
  })

  it('that are none are said to be none', () => {
    expect(fixed(Number.NaN)).toBe('—')
    expect(fixed(null)).toBe('—')
    expect(fixed(Number.NEGATIVE_INFINITY)).toBe('−∞')
  })

  it('that are counted are grouped', () => {
    expect(whole(1234567)).toBe('1,234,567')
    expect(percent(0.6189)).toBe('61.9')
    expect(bytes(1536)).toBe('1.5 kB')
  })

  it('that are typed come back as they were', () => {
    for (const value of [0.03, 1e-8, -2.5, 10_000, 0]) expect(parseNumber(plain(value))).toBe(value)
    expect(parseNumber('1,234')).toBe(1234)
    expect(parseNumber('1,5')).toBeNaN()
    expect(parseNumber(' −3 ')).toBe(-3)
    expect(parseNumber('')).toBeNaN()
    expect(parseNumber('abc')).toBeNaN()
  })
})

describe('durations', () => {
  it('are written in the language that is shown', () => {
    showLanguage('ko')
    expect([54, 192, 7500].map(duration)).toEqual(['54초', '3분 12초', '2시간 5분'])
    showLanguage('en')
    expect([54, 192, 7500].map(duration)).toEqual(['54 s', '3 min 12 s', '2 h 5 min'])
    expect(duration(null)).toBe('—')
  })
})
