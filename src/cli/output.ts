/** What the command line says: results on stdout, everything else on stderr. */
import { type FaultRecord, type FaultValues, faultRecord } from '../core/spec/index.ts'
import { placedSentence, sentence } from '../shared/messages.ts'
import type { Language } from '../shared/protocol.ts'

/** A failure and the file or option that is to blame. */
export class FaultIn extends Error {
  readonly place: string
  readonly fault: FaultRecord

  constructor(place: string, fault: FaultRecord) {
    super(`${place}: ${fault.code}`)
    this.place = place
    this.fault = fault
  }
}

/** Runs what reads `place` and names it in any fault. */
export async function within<Result>(place: string, run: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw error instanceof FaultIn ? error : new FaultIn(place, faultRecord(error))
  }
}

/** Code that the process ends with. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const

/** Where a command writes. */
export interface Output {
  readonly json: boolean
  readonly language: Language
  /** One object as one line on stdout; nothing unless `--json`. */
  event(value: object): void
  /** Text for people on stdout; nothing with `--json`. */
  print(text: string): void
  /** A sentence on stderr. */
  note(code: string, values?: FaultValues, place?: string): void
  /** The sentence of a code. */
  say(code: string, values?: FaultValues): string
  /** Tells a failure and answers the exit code. */
  fail(error: unknown): number
}

/** Where results and everything else are written. */
export interface Streams {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
}

/** Writes on this process's streams, unless others are named. */
export function createOutput(json: boolean, language: Language, { stdout, stderr }: Streams = process): Output {
  const event = (value: object): void => {
    if (json) stdout.write(`${JSON.stringify(value)}\n`)
  }
  const complain = (text: string, place?: string): void => {
    stderr.write(`${place === undefined ? '' : `${place}: `}${text}\n`)
  }
  return {
    json,
    language,
    event,
    print: (text) => {
      if (!json) stdout.write(`${text}\n`)
    },
    note: (code, values = {}, place) => complain(sentence({ code, values }, language), place),
    say: (code, values = {}) => sentence({ code, values }, language),
    fail: (error) => {
      const fault = error instanceof FaultIn ? error.fault : faultRecord(error)
      const place = error instanceof FaultIn ? error.place : undefined
      const at = fault.at ?? place ?? null
      event({ error: { code: fault.code, message: sentence(fault, language), at } })
      // Sentences about files name them.
      complain(
        placedSentence(fault, language),
        fault.code.startsWith('FILE-') && fault.at === undefined ? undefined : place,
      )
      return fault.code.startsWith('USAGE-') ? exitCodes.usage : exitCodes.failed
    },
  }
}
