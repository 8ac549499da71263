/** The probabilities of the context that is taught: before and after the step in sight. */
import type { Said, TaughtStep } from '../../../../core/spec/index.ts'
import type { AnswerLine } from '../../answer.ts'

/** What of the teaching decides the lines. */
export interface Taught {
  /** A context that was typed and is none of the examples'; null for one of these. */
  readonly typed: string | null
  readonly context: string
  readonly said: Said | null
}

/**
 * `lines` follow the frames; right after a step by hand what was before it stands beside what is now. A typed context has
 * no frames of its own: its numbers are those of the last answer.
 */
export function taughtLines(
  lines: readonly AnswerLine[],
  { typed, context, said }: Taught,
  taught: TaughtStep | null,
  names: readonly string[],
): readonly AnswerLine[] {
  const before = taught !== null && !taught.automatic && taught.context === context ? taught.before : []
  if (typed === null) return lines.map((line, i) => ({ ...line, before: before[i] ?? line.before }))
  return (said?.probabilities ?? []).map((after, i) => ({
    name: names[i] ?? String(i + 1),
    before: before[i] ?? after,
    after,
    praised: false,
  }))
}
