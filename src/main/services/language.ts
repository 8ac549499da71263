/** The system's language, as far as Paramap speaks it. */
import type { Language } from '../../shared/protocol.ts'

/** Korean where the environment (first) or the system says so, else English. */
export function systemLanguage(environment: Readonly<Record<string, string | undefined>> = process.env): Language {
  const named = [environment.LC_ALL, environment.LC_MESSAGES, environment.LANG, environment.LANGUAGE]
  const first = named.find((value) => value !== undefined && value !== '')
  const said = first !== undefined && first !== 'C' && !first.startsWith('C.') && first !== 'POSIX'
  const locale = said ? first : Intl.DateTimeFormat().resolvedOptions().locale
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}
