/** The formula of one parameter's last step, with its numbers put in: what the optimizer read, remembered and wrote. */
import type { OptimizerName, UpdateParts } from '../../../core/spec/index.ts'
import { significant } from '../../i18n/format.ts'

/** A line: its letters, its numbers (empty before the first step), what came out. */
export interface FormulaLine {
  readonly symbols: string
  readonly numbers: string
  readonly result: string
}

/** `{name}` in `numbers` stands for a number of the update; `result` names what comes out. */
interface Rule {
  readonly symbols: string
  readonly numbers: string
  readonly result: string
}

const velocity: Rule = {
  symbols: 'v ← μ·v + g',
  numbers: '{momentum}·{velocity.before} + {g}',
  result: 'velocity.after',
}
const mean: Rule = {
  symbols: 'm ← β₁·m + (1 − β₁)·g',
  numbers: '{beta1}·{mean.before} + (1 − {beta1})·{g}',
  result: 'mean.after',
}
const square: Rule = {
  symbols: 'v ← β₂·v + (1 − β₂)·g²',
  numbers: '{beta2}·{square.before} + (1 − {beta2})·{g}²',
  result: 'square.after',
}
const adamStep: Rule = {
  symbols: 'Δw = −η·m̂ / (√v̂ + ε)',
  numbers: '−{rate}·{meanHat} / (√{squareHat} + {epsilon})',
  result: 'change',
}

/** As in the core's `optim`, where the sources are named. */
const rules: Readonly<Record<OptimizerName, readonly Rule[]>> = {
  sgd: [{ symbols: 'Δw = −η·g', numbers: '−{rate}·{g}', result: 'change' }],
  momentum: [velocity, { symbols: 'Δw = −η·v', numbers: '−{rate}·{velocity.after}', result: 'change' }],
  nesterov: [
    velocity,
    { symbols: 'Δw = −η·(g + μ·v)', numbers: '−{rate}·({g} + {momentum}·{velocity.after})', result: 'change' },
  ],
  rmsprop: [
    {
      symbols: 'v ← α·v + (1 − α)·g²',
      numbers: '{alpha}·{square.before} + (1 − {alpha})·{g}²',
      result: 'square.after',
    },
    { symbols: 'Δw = −η·g / (√v + ε)', numbers: '−{rate}·{g} / (√{square.after} + {epsilon})', result: 'change' },
  ],
  adagrad: [
    { symbols: 's ← s + g²', numbers: '{squareSum.before} + {g}²', result: 'squareSum.after' },
    { symbols: 'Δw = −η·g / (√s + ε)', numbers: '−{rate}·{g} / (√{squareSum.after} + {epsilon})', result: 'change' },
  ],
  adadelta: [
    { symbols: 'v ← ρ·v + (1 − ρ)·g²', numbers: '{rho}·{square.before} + (1 − {rho})·{g}²', result: 'square.after' },
    {
      symbols: 'Δw = −η·√(u + ε) / √(v + ε)·g',
      numbers: '−{rate}·√({stepSquare.before} + {epsilon}) / √({square.after} + {epsilon})·{g}',
      result: 'change',
    },
  ],
  adam: [mean, square, adamStep],
  adamw: [
    mean,
    square,
    {
      symbols: 'Δw = −η·m̂ / (√v̂ + ε) − η·λ·w',
      numbers: '−{rate}·{meanHat} / (√{squareHat} + {epsilon}) − {rate}·{weightDecay}·{from}',
      result: 'change',
    },
  ],
  adamax: [
    mean,
    {
      symbols: 'u ← max(β₂·u, |g| + ε)',
      numbers: 'max({beta2}·{largest.before}, |{g}| + {epsilon})',
      result: 'largest.after',
    },
    { symbols: 'Δw = −η·m̂ / u', numbers: '−{rate}·{meanHat} / {largest.after}', result: 'change' },
  ],
  nadam: [
    mean,
    square,
    {
      symbols: 'Δw = −η·(c₁·g + c₂·m) / (√v̂ + ε)',
      numbers: '−{rate}·(…) / (√{squareHat} + {epsilon})',
      result: 'change',
    },
  ],
}

/** The numbers of the update, and what the formulas make of them on the way: m̂ = m / (1 - beta1^t), v̂ likewise. */
function valuesOf({ from, to, parts, numbers }: UpdateParts): Readonly<Record<string, number>> {
  const held = parts.find(({ kind }) => kind === 'hold')?.change ?? 0
  const { beta1 = 0, beta2 = 0, update = 1, clipped = 0 } = numbers
  return {
    ...numbers,
    g: clipped,
    from,
    to,
    change: to - held - from,
    meanHat: (numbers['mean.after'] ?? 0) / (1 - beta1 ** update),
    squareHat: (numbers['square.after'] ?? 0) / (1 - beta2 ** update),
  }
}

const named = (symbols: string, kind: 'weight' | 'bias'): string =>
  kind === 'bias' ? symbols.replaceAll('w', 'b') : symbols

/** Digits of the numbers, of what comes out, and of the new value, to which a step adds little. */
const digits = { number: 7, result: 5, value: 6 }

function written(value: number | undefined): string {
  const text = significant(value ?? Number.NaN, digits.number)
  return text.startsWith('−') ? `(${text})` : text
}

/** The lines from the gradient to the new value; letters alone where no step was watched yet. */
export function stepFormula(
  optimizer: OptimizerName,
  kind: 'weight' | 'bias',
  update: UpdateParts | null,
): readonly FormulaLine[] {
  const isHeld = update?.parts.some(({ kind }) => kind === 'hold') === true
  const start: Rule = isHeld
    ? { symbols: 'w ← w', numbers: '{from}', result: 'to' }
    : { symbols: 'w ← w + Δw', numbers: '{from} + {change}', result: 'to' }
  const values = update === null ? null : valuesOf(update)
  return [...rules[optimizer], start].map(({ symbols, numbers, result }) => ({
    symbols: named(symbols, kind),
    numbers: values === null ? '' : numbers.replace(/\{([\w.]+)\}/g, (_, name: string) => written(values[name])),
    result:
      values === null ? '' : significant(values[result] ?? Number.NaN, result === 'to' ? digits.value : digits.result),
  }))
}
