/** The formula of one parameter's next step, with its numbers where the page knows them all. */
import type { OptimizerName, TrainingSpec } from '../../../core/spec/index.ts'
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

type Lines = (letter: string, optimizer: TrainingSpec['optimizer'], g: number) => readonly FormulaLine[]

const symbolsOnly = (name: string, symbols: string): FormulaLine => ({ name, symbols, numbers: '', result: null })

/** What each optimizer makes of the gradient g; numbers where it remembers nothing that the page does not know. */
const moves: Readonly<Partial<Record<OptimizerName, Lines>>> = {
  sgd: (letter, { learningRate }, g) => [
    {
      name: 'step',
      symbols: `Δ${letter} = −η·g`,
      numbers: `−${plain(learningRate)}·${bracketed(g, 5)}`,
      result: -learningRate * g,
    },
  ],
  momentum: (letter, { learningRate, momentum }) => [
    symbolsOnly('velocity', `v ← μ·v + g,  μ = ${plain(momentum)}`),
    symbolsOnly('step', `Δ${letter} = −η·v,  η = ${plain(learningRate)}`),
  ],
  adam: (letter, { learningRate }) => [
    symbolsOnly('mean', 'm ← β₁·m + (1 − β₁)·g'),
    symbolsOnly('size', 'v ← β₂·v + (1 − β₂)·g²'),
    symbolsOnly('step', `Δ${letter} = −η·m̂ / (√v̂ + ε),  η = ${plain(learningRate)}`),
  ],
}

/** The lines from the gradient to the parameter's move. */
export function stepFormula(
  training: TrainingSpec,
  kind: 'weight' | 'bias',
  value: number,
  gradient: number,
): readonly FormulaLine[] {
  const first = pull(training, kind, value, gradient)
  const letter = kind === 'weight' ? 'w' : 'b'
  const move = moves[training.optimizer.name]
  return [first, ...(move?.(letter, training.optimizer, first.result ?? 0) ?? [])]
}
