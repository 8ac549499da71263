/** The one place where numbers become text: true minus, grouping, units by message. */
import type { Language } from '../../shared/protocol.ts'
import { t } from './index.ts'

const minus = '−'

/** Made once: a locale costs more than a thousand numbers. */
const grouped = new Intl.NumberFormat('en-US')

/** `1,234,567`. */
export function whole(value: number): string {
  return grouped.format(Math.round(value)).replace('-', minus)
}

/** A fixed number of decimals with a true minus sign; `∞` and `—` where there is no number. */
export function fixed(value: number | null, decimals = 2): string {
  if (value === null || Number.isNaN(value)) return '—'
  if (!Number.isFinite(value)) return value < 0 ? `${minus}∞` : '∞'
  const text = Math.abs(value) >= 1e6 ? Math.abs(value).toExponential(2) : Math.abs(value).toFixed(decimals)
  return (value < 0 ? minus : '') + text
}

/** Like `fixed`, with `+` before what is not negative. */
export function signed(value: number | null, decimals = 3): string {
  const text = fixed(value, decimals)
  return text.startsWith(minus) || text === '—' ? text : `+${text}`
}

/** A number of any size: `0.0123`, `−4.1e-9`, `5.1e+89`; what is between keeps `decimals`. */
export function small(value: number | null, decimals = 4): string {
  if (value === null || !Number.isFinite(value) || value === 0) return fixed(value, decimals)
  const size = Math.abs(value)
  if (size >= 10 ** -decimals && size < 1e6) return fixed(value, decimals)
  return (value < 0 ? minus : '') + size.toExponential(1)
}

/** A share as a percentage without the sign: `61.9`. */
export function percent(share: number | null, decimals = 1): string {
  return share === null ? '—' : fixed(share * 100, decimals)
}

/** A number as JavaScript writes it, with a true minus sign before it. */
const marked = (text: string): string => text.replace(/^-/, minus).replace('e+', 'e')

/** Below this a number is written with a power of ten. */
const leastWritten = 1e-4

/** So many significant digits, without zeros at the end: `0.0312`, `−1.5e-7`. */
export function significant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return fixed(value)
  const short = Number(value.toPrecision(digits))
  return marked(short !== 0 && Math.abs(short) < leastWritten ? short.toExponential() : String(short))
}

/** The shortest text that gives the same number back, as it would be typed: `0.03`, `1e-8`. */
export const plain = (value: number): string => marked(String(Number(value.toPrecision(6))))

/** Reads what a person typed: true minus, grouping commas and a percent sign are understood; NaN where it is no number. */
export function parseNumber(text: string): number {
  const clean = text.trim().replaceAll(minus, '-').replace(/%$/, '').trim()
  // A comma that does not group thousands may be meant as a decimal point: nobody can tell.
  const plainText = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(clean) ? clean.replaceAll(',', '') : clean
  // What `Number` would read beside these, such as 0x10, nobody means.
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plainText) ? Number(plainText) : Number.NaN
}

/** `54초`, `3분 12초`, `2시간 5분`; in English `54 s`, `3 min 12 s`. */
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '—'
  const total = Math.max(0, Math.ceil(seconds))
  if (total < 60) return t('time.seconds', { seconds: total })
  const minutes = Math.floor(total / 60)
  if (minutes < 60) return t('time.minutes', { minutes, seconds: total % 60 })
  return t('time.hours', { hours: whole(Math.floor(minutes / 60)), minutes: minutes % 60 })
}

/** `1.2 kB`, `3.4 MB`. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`
  if (size < 1e6) return `${(size / 1e3).toFixed(1)} kB`
  return size < 1e9 ? `${(size / 1e6).toFixed(1)} MB` : `${(size / 1e9).toFixed(2)} GB`
}

/** Date and time of a saved file. */
export function when(iso: string, language: Language): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return '—'
  return date.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}
