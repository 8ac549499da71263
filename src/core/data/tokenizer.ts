/** Cuts a text into tokens. */
import { plainText, type Tokenizer } from '../spec/index.ts'

const cutters: { readonly [Name in Tokenizer]: (text: string) => string[] } = {
  // Words are what stands between white space: emoji, punctuation and any script stay as they are typed.
  word: (text) => (text === '' ? [] : text.split(' ')),
}

/** Tokens of a text after Unicode NFC, so that Hangul typed on any system gives the same ones. */
export function tokenize(text: string, tokenizer: Tokenizer): string[] {
  return cutters[tokenizer](plainText(text))
}
