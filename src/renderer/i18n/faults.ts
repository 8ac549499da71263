/** Faults as sentences in the language that is shown. */
import type { FaultRecord } from '../../core/spec/index.ts'
import { sentence } from '../../shared/messages.ts'
import { shownLanguage } from './index.ts'

/** What happened, where, and one way out. */
export function faultSentence(fault: FaultRecord): string {
  return sentence(fault, shownLanguage())
}
