/** Finding by what is typed: words in both languages, in any order, and Korean by first consonants (ㅎㅅㄹ finds 학습률). */

const firstConsonants = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const firstSyllable = 0xac00
const lastSyllable = 0xd7a3
const syllablesPerConsonant = 588

/** Text as it is compared: composed, small, single spaces. */
export function folded(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('en').replace(/\s+/g, ' ').trim()
}

/** Each syllable as its first consonant; what is no syllable stays. */
export function consonantsOf(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      if (code < firstSyllable || code > lastSyllable) return letter
      return firstConsonants[Math.floor((code - firstSyllable) / syllablesPerConsonant)] ?? letter
    })
    .join('')
}

/** How well a text fits what is typed: 0 not at all; the beginning of all of it above that of a word, above anywhere. */
export function scoreOf(typed: string, text: string): number {
  const wanted = folded(typed)
  if (wanted === '') return 1
  const held = folded(text)
  const byConsonant = consonantsOf(held)
  const one = (word: string): number => {
    const within = /^[ㄱ-ㅎ]+$/.test(word) ? byConsonant : held
    const at = within.indexOf(word)
    if (at < 0) return 0
    if (at === 0) return 3
    return within[at - 1] === ' ' ? 2 : 1
  }
  const whole = one(wanted)
  if (whole > 0) return whole + 1
  const parts = wanted.split(' ').map(one)
  return Math.min(...parts)
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉'

/** Whether each word of what is typed is found somewhere in the texts; an index of a symbol may be typed as a digit. */
export function finds(typed: string, texts: readonly string[]): boolean {
  const held = texts.join(' ').replace(/[₀-₉]/g, (digit) => String(subscripts.indexOf(digit)))
  const wanted = folded(typed).replace(/[₀-₉]/g, (digit) => String(subscripts.indexOf(digit)))
  return wanted.split(' ').every((word) => scoreOf(word, held) > 0)
}

/** Something that can be found by several texts; the first is what is shown. */
export interface Findable {
  readonly id: string
  readonly texts: readonly string[]
}

/** What fits, best first; what was used lately before what fits as well, else the order that was given. */
export function search<Item extends Findable>(
  items: readonly Item[],
  typed: string,
  recent: readonly string[],
): readonly Item[] {
  const age = (item: Item): number => {
    const at = recent.indexOf(item.id)
    return at < 0 ? recent.length : at
  }
  return items
    .map((item, order) => ({ item, order, score: Math.max(...item.texts.map((text) => scoreOf(typed, text))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || age(a.item) - age(b.item) || a.order - b.order)
    .map(({ item }) => item)
}
