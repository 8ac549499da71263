/** A step of praise or scolding in words and as a formula with its numbers. */
import type { TaughtStep } from '../../../../core/spec/index.ts'
import { fixed, percent, plain } from '../../../i18n/format.ts'
import { t } from '../../../i18n/index.ts'

/** A number within a formula: with brackets where it is negative. */
function inFormula(value: number, decimals: number): string {
  const text = Number.isInteger(value) ? plain(value) : fixed(value, decimals)
  return value < 0 ? `(${text})` : text
}

/** `−(1 − 0) · (−1.386) = 1.386`: the loss of a step, number by number. */
export function lossFormula({ reward, baseline, logProbability, loss }: TaughtStep): string {
  const factor = `(${plain(reward)} − ${inFormula(baseline, 3)})`
  return `−${factor} · ${inFormula(logProbability, 3)} = ${fixed(loss, 3)}`
}

/** Messages of a step: by a person, by the trainer, by the trainer with what became of the probability. */
const messages = {
  praised: { byHand: 'teach.youPraised', brief: 'teach.trainerPraised', whole: 'teach.trainerPraisedMoved' },
  scolded: { byHand: 'teach.youScolded', brief: 'teach.trainerScolded', whole: 'teach.trainerScoldedMoved' },
} as const

/** Which answer was praised or scolded by whom, and what became of its probability. */
export function stepSentence({ answer, text, context, reward, before, after, automatic }: TaughtStep): string {
  const { byHand, brief, whole } = messages[reward < 0 ? 'scolded' : 'praised']
  if (before.length === 0) return t(brief, { answer: text, context })
  const share = { before: percent(before[answer] ?? null), after: percent(after[answer] ?? null) }
  return t(automatic ? whole : byHand, { answer: text, ...share })
}
