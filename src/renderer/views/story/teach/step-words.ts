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

/** Which answer was praised or scolded by whom, and what became of its probability. */
export function stepSentence(step: TaughtStep): string {
  const [before, after] = [percent(step.before[step.answer] ?? null), percent(step.after[step.answer] ?? null)]
  const what = step.reward < 0 ? 'Scolded' : 'Praised'
  if (step.before.length === 0) {
    return t(`teach.trainer${what}`, { answer: step.text, context: step.context })
  }
  return t(step.automatic ? `teach.trainer${what}Moved` : `teach.you${what}`, { answer: step.text, before, after })
}
