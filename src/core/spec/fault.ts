/** Values that a message may name: plain numbers and words, formatted where the sentence is made. */
export type FaultValues = Readonly<Record<string, string | number>>

/**
 * A failure that a person can understand and act on.
 *
 * `code` is stable (`RECIPE-002`) and is the key of a sentence in every language (`src/shared/messages`).
 * `at` is the place: a path in a recipe (`training.batchSize`), a row and column, a byte offset.
 * What cannot happen is an ordinary `Error` whose message begins with `internal:`.
 */
export class Fault extends Error {
  readonly code: string
  readonly at: string | undefined
  readonly values: FaultValues

  constructor(code: string, values: FaultValues = {}, at?: string) {
    super(`${code}${at === undefined ? '' : ` at ${at}`} ${JSON.stringify(values)}`)
    this.name = 'Fault'
    this.code = code
    this.values = values
    this.at = at
  }
}

/** What crosses a process border in place of a `Fault`. */
export interface FaultRecord {
  readonly code: string
  readonly at?: string
  readonly values: FaultValues
}

/** Turns anything thrown into a record; an unexpected error becomes `INTERNAL-001` with its message. */
export function faultRecord(error: unknown): FaultRecord {
  if (error instanceof Fault) {
    return error.at === undefined
      ? { code: error.code, values: error.values }
      : { code: error.code, at: error.at, values: error.values }
  }
  return { code: 'INTERNAL-001', values: { detail: error instanceof Error ? error.message : String(error) } }
}
