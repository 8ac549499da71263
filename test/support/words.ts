/** The page's own words, so that tests find controls by the names that people read. */
import en from '../../src/renderer/i18n/en.json' with { type: 'json' }
import ko from '../../src/renderer/i18n/ko.json' with { type: 'json' }

/** Message files by language. */
export const words = { en, ko }

/** A language of the page. */
export type Language = keyof typeof words

/** Matches a name that consists of exactly this text, or begins with it and goes on with a shortcut or a number. */
export function beginning(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s|$)`)
}
