/** Numbers as people of a language read them; the only place where they are made into text. */
import type { Language } from './protocol.ts'

/** Digits that a fraction shows; whole numbers show all of theirs. */
const significantDigits = 6

const locales: { readonly [Name in Language]: string } = { en: 'en-US', ko: 'ko-KR' }

/** `1,234,567`, `0.01`, `−1.5`; very small and very large numbers as `2.5e-9`. */
export function formatNumber(value: number, language: Language): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-6 || size >= 2 ** 53) && Number.isFinite(value)) {
    return trueMinus(String(Number(value.toPrecision(significantDigits))))
  }
  const options: Intl.NumberFormatOptions = Number.isInteger(value)
    ? { useGrouping: true }
    : { useGrouping: true, maximumSignificantDigits: significantDigits }
  return trueMinus(new Intl.NumberFormat(locales[language], options).format(value))
}

/** A minus as wide as a plus, in front only: an exponent stays as it is typed. */
function trueMinus(text: string): string {
  return text.replace(/^-/, '−')
}
