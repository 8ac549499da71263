/** Sentences that want different things. */
import { excerpt, type FaultRecord, plainText, type SentencesData } from '../spec/index.ts'

/** An answer praised by hand. */
export interface Praised {
  readonly context: string
  readonly answer: string
}

interface Wanted {
  readonly at: string | undefined
  readonly isPraised: boolean
  readonly isScolded: boolean
  /** No example praises it, only a person did. */
  readonly isByHand: boolean
}

/** Contexts that a message lists at most. */
const mostConflicts = 20

/**
 * What cannot be learned whole: `TEACH-101` several answers right for one context (their probabilities go to a share
 * each), `TEACH-102` the same where a person praised one of them (nothing prefers one of them), `TEACH-103` one answer
 * praised and scolded. `at` is the last example concerned.
 */
export function conflictsOf(data: SentencesData, byHand: readonly Praised[] = []): readonly FaultRecord[] {
  const contexts = new Map<string, Map<string, Wanted>>()
  const note = (context: string, answer: string, reward: number, at: string | undefined): void => {
    const answers = contexts.get(context) ?? new Map<string, Wanted>()
    contexts.set(context, answers)
    const before = answers.get(answer)
    answers.set(answer, {
      at: at ?? before?.at,
      isPraised: reward > 0 || before?.isPraised === true,
      isScolded: reward < 0 || before?.isScolded === true,
      isByHand: at === undefined && (before?.isPraised !== true || before.isByHand),
    })
  }
  data.examples.forEach(({ context, answer, reward }, index) => {
    note(plainText(context), plainText(answer), reward, `data.examples.${index}`)
  })
  for (const { context, answer } of byHand) note(context, answer, 1, undefined)
  const found: FaultRecord[] = []
  for (const [context, answers] of contexts) {
    const right = [...answers].filter(([, { isPraised }]) => isPraised)
    const isDecidedByHand = right.some(([, { isByHand }]) => isByHand)
    if (right.length > 1) {
      const code = isDecidedByHand ? 'TEACH-102' : 'TEACH-101'
      const names = right.map(([answer]) => answer).join(', ')
      found.push(record(code, right, { context: excerpt(context), answers: excerpt(names, 80), count: right.length }))
    }
    for (const entry of answers) {
      if (!entry[1].isPraised || !entry[1].isScolded) continue
      found.push(record('TEACH-103', [entry], { context: excerpt(context), answer: excerpt(entry[0]) }))
    }
  }
  return found.slice(0, mostConflicts)
}

function record(
  code: string,
  wanted: readonly (readonly [string, Wanted])[],
  values: FaultRecord['values'],
): FaultRecord {
  const at = wanted.findLast(([, place]) => place.at !== undefined)?.[1].at
  return at === undefined ? { code, values } : { code, at, values }
}
