/** Sentences for faults and warnings, in every language; `messages/LANGUAGE.json` has one for each code. */
import type { FaultRecord, FaultValues } from '../core/spec/index.ts'
import english from './messages/en.json' with { type: 'json' }
import korean from './messages/ko.json' with { type: 'json' }
import { formatNumber } from './numbers.ts'
import type { Language } from './protocol.ts'

/** Sentences by code, placeholders in braces. */
export const sentences: { readonly [Name in Language]: ReadonlyMap<string, string> } = {
  en: new Map(Object.entries(english)),
  ko: new Map(Object.entries(korean)),
}

/** What happened and what to do, in one or two sentences. A code without a sentence is shown as it is. */
export function sentence(fault: FaultRecord, language: Language): string {
  const template = sentences[language].get(fault.code)
  if (template === undefined) return fault.code
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = valueNamed(fault.values, name, language)
    if (value === undefined) return placeholder
    return typeof value === 'number' ? formatNumber(value, language) : value
  })
}

/** A value may come in each language: `label.en`, `label.ko`. */
function valueNamed(values: FaultValues, name: string, language: Language): string | number | undefined {
  for (const key of [`${name}.${language}`, name]) if (Object.hasOwn(values, key)) return values[key]
  return undefined
}

/** The sentence with its place and code, for a terminal: `Unknown key 'sed'. Did you mean 'seed'? (sed) [RECIPE-001]`. */
export function placedSentence(fault: FaultRecord, language: Language): string {
  const place = fault.at === undefined ? '' : ` (${fault.at})`
  return `${sentence(fault, language)}${place} [${fault.code}]`
}
