/** The formulas of an operation as text: in general, and with numbers that come to the result that is shown. */
import { type Bend, type OperationLine, type OperationRule, type TermSum, worthOf } from '../../../core/spec/index.ts'
import { significant } from '../../i18n/format.ts'
import type { FormulaLine } from '../passport/step-formula.ts'

/** Digits of a result, and of the numbers that make it: as few as lead to that very result. */
const resultDigits = [3, 2, 1]
const leastDigits = 3
const mostDigits = 9

type Write = (value: number) => string

/** What the text of a formula is written with. */
interface Pen {
  /** A number by its name, in brackets where it is below 0. */
  readonly n: (name: string) => string
  /** The same without brackets. */
  readonly bare: (name: string) => string
  readonly sum: (one: (a: string, b: string) => string) => string
  readonly has: (name: string) => boolean
}

interface Rule {
  readonly symbols: string | ((pen: Pen) => string)
  readonly numbers: (pen: Pen) => string
}

const product = (a: string, b: string): string => `${a}·${b}`
const first = (a: string): string => a
const over = (text: string): string => (text.includes(' + ') ? `(${text})` : text)

/** A reward of 1 needs no factor. */
const rewarded = ({ n }: Pen, factor: string): string => (n('reward') === '1' ? '' : factor)

/** The letters as in the core, where each is computed (`core/explain`). */
const rules: Readonly<Record<OperationRule, Rule>> = {
  sum: { symbols: 'z = Σ w·x + b', numbers: ({ sum, n }) => `${sum(product)} + ${n('bias')}` },
  activation: { symbols: 'a = f(z)', numbers: ({ bare }) => `f(${bare('z')})` },
  softmax: { symbols: 'p = eᶻ / Σ eᶻ', numbers: ({ n }) => `e^${n('z')} / (e^${n('z')} + ${n('others')})` },
  given: { symbols: '', numbers: () => '' },
  crossEntropy: { symbols: 'ℓ = −log p(t)', numbers: ({ n }) => `−log ${n('p')}` },
  smoothed: {
    symbols: 'ℓ = −r·((1 − ε)·log p(t) + ε·mean log p)',
    numbers: ({ n }) => `${n('reward')}·((1 − ${n('smoothing')})·${n('own')} + ${n('smoothing')}·${n('mean')})`,
  },
  scolded: { symbols: 'ℓ = r·log(1 − p(t))', numbers: ({ n }) => `${n('reward')}·log ${n('others')}` },
  binary: {
    symbols: 'ℓ = max(0, m) − m·y + log(1 + e^−|m|), m = z₂ − z₁',
    numbers: ({ n }) => `max(0, ${n('m')}) − ${n('m')}·${n('y')} + log(1 + e^−|${n('m')}|)`,
  },
  hinge: { symbols: 'ℓ = max(0, 1 − s·m), m = z₂ − z₁', numbers: ({ n }) => `max(0, 1 − ${n('s')}·${n('m')})` },
  squaredClasses: {
    symbols: 'ℓ = (tanh(m / √2) − s)² / 2, m = z₂ − z₁',
    numbers: ({ n }) => `(tanh(${n('m')} / √2) − ${n('s')})² / 2`,
  },
  squared: {
    symbols: 'ℓ = Σ (y − t)² / k',
    numbers: ({ sum, n }) => `${over(sum((y, t) => `(${y} − ${t})²`))} / ${n('count')}`,
  },
  absolute: {
    symbols: 'ℓ = Σ |y − t| / k',
    numbers: ({ sum, n }) => `${over(sum((y, t) => `|${y} − ${t}|`))} / ${n('count')}`,
  },
  huber: {
    symbols: 'ℓ = Σ H(y − t) / k, H(d) = d² / 2 ↔ |d| ≤ κ',
    numbers: ({ sum, n }) => `${over(sum((y, t) => `H(${y} − ${t})`))} / ${n('count')}`,
  },
  mean: {
    symbols: 'L = Σ ℓ / n',
    numbers: ({ sum, n, has }) => `${over(sum(first))} / ${n('count')}${has('penalty') ? ` + ${n('penalty')}` : ''}`,
  },
  miss: {
    symbols: (pen) => `δ = ∂L/∂z = ${rewarded(pen, 'r·')}(p − t) / n`,
    numbers: (pen) => `${rewarded(pen, `${pen.n('reward')}·`)}(${pen.n('p')} − ${pen.n('wanted')}) / ${pen.n('count')}`,
  },
  scoldedMiss: {
    symbols: 'δ = ∂L/∂z = |r|·p·c / n',
    numbers: ({ n }) => `${n('reward')}·${n('p')}·${n('share')} / ${n('count')}`,
  },
  squaredMiss: {
    symbols: 'δ = ∂L/∂z = 2·(y − t) / (n·k)',
    numbers: ({ n }) => `2·(${n('y')} − ${n('t')}) / ${n('count')}`,
  },
  absoluteMiss: {
    symbols: 'δ = ∂L/∂z = sign(y − t) / (n·k)',
    numbers: ({ n }) => `sign(${n('y')} − ${n('t')}) / ${n('count')}`,
  },
  huberMiss: {
    symbols: 'δ = ∂L/∂z = max(−d, min(d, y − t)) / (n·k)',
    numbers: ({ n }) => `max(−${n('delta')}, min(${n('delta')}, ${n('y')} − ${n('t')})) / ${n('count')}`,
  },
  binaryMiss: {
    symbols: 'δ = ∂L/∂z = ±(σ(m) − y) / n, m = z₂ − z₁',
    numbers: ({ n }) => `${n('side')}·(σ(${n('m')}) − ${n('y')}) / ${n('count')}`,
  },
  hingeMiss: {
    symbols: 'δ = ∂L/∂z = ∓s / n ↔ s·m < 1, m = z₂ − z₁',
    numbers: ({ n }) => `−${n('side')}·${n('s')}·[${n('s')}·${n('m')} < 1] / ${n('count')}`,
  },
  squaredClassesMiss: {
    symbols: 'δ = ∂L/∂z = ±(a − s)·(1 − a²) / (√2·n), a = tanh(m / √2)',
    numbers: ({ n }) => `${n('side')}·(a − ${n('s')})·(1 − a²) / (√2·${n('count')}), a = tanh(${n('m')} / √2)`,
  },
  pulled: { symbols: '∂L/∂a = Σ w·δ', numbers: ({ sum }) => sum(product) },
  bent: { symbols: 'δ = ∂L/∂z = ∂L/∂a·f′(z)', numbers: ({ n }) => `${n('pull')}·${n('slope')}` },
  weightGradient: { symbols: '∂L/∂w = Σ δ·x', numbers: ({ sum }) => sum(product) },
  biasGradient: { symbols: '∂L/∂b = Σ δ', numbers: ({ sum }) => sum(first) },
}

type Numbers = Pick<OperationLine, 'rule' | 'numbers' | 'sum'>

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits))

/** The formula with its numbers to so many digits. */
function shortened({ rule, numbers, sum }: Numbers, digits: number): Numbers {
  const short = (value: number): number => rounded(value, digits)
  const all = Object.entries(numbers).map(([name, value]) => [name, Number.isInteger(value) ? value : short(value)])
  const terms = sum?.terms.map(({ a, b, from }) => ({ a: short(a), b: short(b), from })) ?? []
  return { rule, numbers: Object.fromEntries(all), sum: sum === null ? null : { ...sum, terms, rest: short(sum.rest) } }
}

/** The fewest digits with which the numbers come to the result as it is shown. */
function digitsFor(line: OperationLine, bend: Bend): { readonly digits: number; readonly ofResult: number } {
  for (const ofResult of resultDigits) {
    for (let digits = leastDigits; digits <= mostDigits; digits++) {
      const worth = rounded(worthOf(shortened(line, digits), bend), ofResult)
      if (worth === rounded(line.result, ofResult)) return { digits, ofResult }
    }
  }
  return { digits: mostDigits, ofResult: leastDigits }
}

const inBrackets = (text: string): string => (text.startsWith('−') ? `(${text})` : text)

/** The products that are told, and the others as one number. */
function sumText({ terms, rest, restCount }: TermSum, write: Write, one: (a: string, b: string) => string): string {
  const told = terms.map(({ a, b }) => one(write(a), write(b)))
  return [...told, ...(restCount > 0 ? [`… ${write(rest)}`] : [])].join(' + ')
}

/** A formula as text; `f` names the activation of the layer, `bend` is that, `general` stands where it has no letters. */
export function formulaText(line: OperationLine, f: string, bend: Bend, general: string): FormulaLine {
  const { digits, ofResult } = digitsFor(line, bend)
  const short = shortened(line, digits)
  const write: Write = (value) => inBrackets(significant(value, digits))
  const bare = (name: string): string => significant(short.numbers[name] ?? Number.NaN, digits)
  const pen: Pen = {
    n: (name) => inBrackets(bare(name)),
    bare,
    sum: (one) => (short.sum === null ? '' : sumText(short.sum, write, one)),
    has: (name) => (short.numbers[name] ?? 0) !== 0,
  }
  const rule = rules[line.rule]
  const named = (text: string): string => (line.rule === 'activation' ? text.replace('f(', `${f}(`) : text)
  const symbols = typeof rule.symbols === 'string' ? rule.symbols : rule.symbols(pen)
  return {
    symbols: symbols === '' ? general : named(symbols),
    numbers: named(rule.numbers(pen)),
    result: significant(line.result, ofResult),
  }
}
