/** Cuts a text into tokens and puts tokens together again. */
import { learnPairs, pairTokens } from './byte-pairs.ts'
import type { Tokenizer } from './recipe.ts'
import { plainText } from './text.ts'

/** A tokenizer made ready. */
export interface Cutter {
  /** The tokens of a text, in order. */
  cut(text: string): string[]
  join(tokens: readonly string[]): string
}

const together = (tokens: readonly string[]): string => tokens.join('')

/** A Hangul syllable, a run of other letters and digits, or any single character. */
const syllables = /[가-힣]|[^\P{L}가-힣]+|\p{N}+|[\s\S]/gu

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')

const cutters: { readonly [Name in Exclude<Tokenizer, 'bpe'>]: Cutter } = {
  // Words are what stands between white space: emoji, punctuation and any script stay as they are typed.
  word: {
    cut: (text) =>
      plainText(text)
        .split(' ')
        .filter((word) => word !== ''),
    join: (tokens) => tokens.join(' '),
  },
  syllable: { cut: (text) => text.normalize('NFC').match(syllables) ?? [], join: together },
  // NFD takes a Hangul syllable apart into its letters; NFC puts them together again.
  jamo: { cut: (text) => [...text.normalize('NFD')], join: (tokens) => together(tokens).normalize('NFC') },
  char: { cut: (text) => [...text.normalize('NFC')], join: together },
  byte: {
    cut: (text) => Array.from(new TextEncoder().encode(text.normalize('NFC')), hex),
    join: (tokens) => new TextDecoder().decode(Uint8Array.from(tokens, (token) => Number.parseInt(token, 16))),
  },
}

/** The pairs that a tokenizer learns from a text: those of `bpe`, for all others none. */
export function pairsOf(tokenizer: Tokenizer, corpus: string): readonly (readonly [string, string])[] {
  return tokenizer === 'bpe' ? learnPairs(corpus.normalize('NFC')) : []
}

/** The tokenizer of that name; `bpe` joins `pairs`. */
export function codedCutter(tokenizer: Tokenizer, pairs: readonly (readonly [string, string])[]): Cutter {
  if (tokenizer !== 'bpe') return cutters[tokenizer]
  return { cut: (text) => pairTokens(text.normalize('NFC'), pairs), join: together }
}

/** The tokenizer of that name; `bpe` learns its pairs from `corpus`. */
export const cutterOf = (tokenizer: Tokenizer, corpus: string): Cutter =>
  codedCutter(tokenizer, pairsOf(tokenizer, corpus))
