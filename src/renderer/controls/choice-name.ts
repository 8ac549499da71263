/** Names of choices as people write them. */
import en from '../i18n/en.json'
import { type MessageKey, t } from '../i18n/index.ts'

const names: ReadonlySet<string> = new Set(Object.keys(en.choice))

/** `xavier-uniform` -> `xavierUniform`, `x^2` -> `xSquared`: the key of a choice's message. */
export function choiceKey(choice: string): string {
  return choice.replace('^2', 'Squared').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** A choice's name in the language that is shown; names that are formulas are themselves. */
export function choiceName(choice: string): string {
  const key = choiceKey(choice)
  return names.has(key) ? t(`choice.${key}` as MessageKey) : choice
}
