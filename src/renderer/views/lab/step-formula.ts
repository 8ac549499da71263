/** The formula of one parameter's next step, with its numbers where the page knows them all. */
import type { TrainingSpec } from '../../../core/spec/index.ts'
import { fixed, plain } from '../../i18n/format.ts'

export interface FormulaLine {
  readonly name: string
  readonly symbols: string
  /** Numbers put in; empty where the optimizer keeps some that are not at hand. */
  readonly numbers: string
  readonly result: number | null
}

function bracketed(value: number, decimals: number): string {
  return value < 0 ? `(${fixed(value, decimals)})` : fixed(value, decimals)
}

/** Gradient with its penalties: the bias has none. */
function pull(training: TrainingSpec, kind: 'weight' | 'bias', value: number, gradient: number): FormulaLine {
  const { l1, l2 } = training
  const penalised = kind === 'weight'
  const letter = kind === 'weight' ? 'w' : 'b'
  const symbols = [`g = ∂L/∂${letter}`]
  const numbers = [fixed(gradient, 5)]
  let result = gradient
  if (penalised && l2 > 0) {
    symbols.push(`λ₂·${letter}`)
    numbers.push(`${plain(l2)}·${bracketed(value, 3)}`)
    result += l2 * value
  }
  if (penalised && l1 > 0) {
    symbols.push(`λ₁·sign(${letter})`)
    numbers.push(`${plain(l1)}·${bracketed(Math.sign(value), 0)}`)
    result += l1 * Math.sign(value)
  }
  return { name: 'pull', symbols: symbols.join(' + '), numbers: numbers.join(' + '), result }
}

/** The lines from the gradient to the parameter's next value. */
export function stepFormula(
  training: TrainingSpec,
  kind: 'weight' | 'bias',
  value: number,
  gradient: number,
): readonly FormulaLine[] {
  const { name, learningRate, momentum } = training.optimizer
  const letter = kind === 'weight' ? 'w' : 'b'
  const first = pull(training, kind, value, gradient)
  const g = first.result ?? 0
  const rate = plain(learningRate)
  switch (name) {
    case 'sgd':
      return [
        first,
        {
          name: 'step',
          symbols: `Δ${letter} = −η·g`,
          numbers: `−${rate}·${bracketed(g, 5)}`,
          result: -learningRate * g,
        },
      ]
    case 'momentum':
      return [
        first,
        { name: 'velocity', symbols: `v ← μ·v + g,  μ = ${plain(momentum)}`, numbers: '', result: null },
        { name: 'step', symbols: `Δ${letter} = −η·v,  η = ${rate}`, numbers: '', result: null },
      ]
    case 'adam':
      return [
        first,
        { name: 'mean', symbols: 'm ← β₁·m + (1 − β₁)·g', numbers: '', result: null },
        { name: 'size', symbols: 'v ← β₂·v + (1 − β₂)·g²', numbers: '', result: null },
        { name: 'step', symbols: `Δ${letter} = −η·m̂ / (√v̂ + ε),  η = ${rate}`, numbers: '', result: null },
      ]
  }
}
