import { expect } from 'vitest'
import { Fault, faultRecord } from '../../src/core/spec/index.ts'
import { sentence } from '../../src/shared/messages.ts'

/** Runs what must fail and gives its fault, whose sentences must be complete in both languages. */
export function faultOf(run: () => unknown): Fault {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    for (const language of ['en', 'ko'] as const) {
      const text = sentence(faultRecord(error), language)
      expect(text, `${error.code} in ${language}`).not.toMatch(/\{\w+\}|^[A-Z]+-\d+$/)
    }
    return error
  }
  throw new Error('nothing was thrown')
}

/** Code of the fault of what must fail. */
export function codeOf(run: () => unknown): string {
  return faultOf(run).code
}
