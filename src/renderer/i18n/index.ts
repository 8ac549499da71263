/** Both languages, precompiled by the build; keys are checked by the compiler. */
import { createI18n } from 'vue-i18n'
import type { Language } from '../../shared/protocol.ts'
import en from './en.json'
import ko from './ko.json'

type Messages = typeof en

type Path<Tree> = Tree extends string
  ? never
  : { [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Path<Tree[Key]>}` }[keyof Tree & string]

/** Every message's key: `group.name`, `group.inner.name`. */
export type MessageKey = Path<Messages>

const i18n = createI18n({ legacy: false, locale: 'ko', fallbackLocale: 'en', messages: { ko, en } })

/** The vue-i18n plugin. */
export const messages = i18n

/** Messages without values, as they were translated first, by language. */
const fixedMessages: Readonly<Record<Language, Map<MessageKey, string>>> = { ko: new Map(), en: new Map() }

/** Translates in templates and setup; follows the language. */
export function t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string {
  if (values !== undefined) return i18n.global.t(key, { ...values })
  const known = fixedMessages[shownLanguage()]
  const found = known.get(key) ?? i18n.global.t(key, {})
  known.set(key, found)
  return found
}

/** The language that is shown. */
export function shownLanguage(): Language {
  return i18n.global.locale.value
}

/** Changes the language of all text and of the document. */
export function showLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
