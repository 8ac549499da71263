/** One training step taken apart into its operations, and the formulas of each with their numbers. */

/** One operation of a step; layers count as in the run, so that 0 is the input, which does nothing. */
export type Phase =
  | { readonly kind: 'forward' | 'backward'; readonly layer: number }
  | { readonly kind: 'loss' | 'update'; readonly layer: null }

/** The operations of a step of a network of so many layers, the input counted: forward, loss, backward, update. */
export function phasesOf(layers: number): readonly Phase[] {
  const forth = Array.from({ length: layers - 1 }, (_, index) => index + 1)
  return [
    ...forth.map((layer) => ({ kind: 'forward', layer }) as const),
    { kind: 'loss', layer: null },
    ...forth.reverse().map((layer) => ({ kind: 'backward', layer }) as const),
    { kind: 'update', layer: null },
  ]
}

/** Where a person is in a step that is taken apart. */
export interface OperationState {
  /** Number of the step. */
  readonly step: number
  /** Place among `phasesOf`. */
  readonly phase: number
  /** Rows of the batch, the one that is looked at, and its place in the training data. */
  readonly rows: number
  readonly row: number
  readonly sample: number
  /** Whether the run has taken the step; until then nothing of it has changed. */
  readonly isTaken: boolean
}

/** To an operation by its place, to the next or the one before, through the whole step, or away from it. */
export type OperationMove = number | 'next' | 'back' | 'finish' | 'leave'

/** A product `a b` of a sum; `from` counts where it comes from: a stop of a layer, a row of the batch, an output. */
export interface Term {
  readonly a: number
  readonly b: number
  readonly from: number
}

/** The largest products of a sum in their order, and the others as one number. */
export interface TermSum {
  readonly terms: readonly Term[]
  readonly rest: number
  readonly restCount: number
}

/**
 * A formula: which one, its numbers by name, its sum where it has one, and what the core made of them.
 * `given` is what comes out of a layer that no formula of a single stop describes.
 */
export interface OperationLine {
  readonly rule: OperationRule
  readonly numbers: Readonly<Record<string, number>>
  readonly sum: TermSum | null
  readonly result: number
}

/** What a step's operation says of one stop or line. */
export interface OperationLines {
  readonly step: number
  readonly phase: number
  readonly row: number
  /** The stop that is meant, and where a line is meant the stop that it comes from. */
  readonly stop: number
  readonly from: number | null
  readonly lines: readonly OperationLine[]
}

/** What a function of one number makes of it: the activation of the stop's layer. */
export type Bend = (z: number) => number

type Numbers = Readonly<Record<string, number>>
type Worth = (numbers: Numbers, sum: TermSum, bend: Bend) => number

const added = ({ terms, rest }: TermSum): number => terms.reduce((total, { a, b }) => total + a * b, rest)
const over = (sum: TermSum, loss: (gap: number) => number): number =>
  sum.terms.reduce((total, { a, b }) => total + loss(a - b), sum.rest)
const huber = (gap: number, delta: number): number =>
  Math.abs(gap) <= delta ? (gap * gap) / 2 : delta * (Math.abs(gap) - delta / 2)
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
const read =
  <const Names extends readonly string[]>(names: Names, worth: (...values: number[]) => number): Worth =>
  (numbers) =>
    worth(...names.map((name) => numbers[name] ?? Number.NaN))

/** What each formula makes of its numbers, so that everybody can do the sum again. */
const worths = {
  sum: (numbers, sum) => added(sum) + (numbers.bias ?? 0),
  activation: (numbers, _sum, bend) => bend(numbers.z ?? Number.NaN),
  softmax: read(['z', 'others'], (z = 0, others = 0) => Math.exp(z) / (Math.exp(z) + others)),
  given: (numbers) => numbers.value ?? Number.NaN,
  crossEntropy: read(['p'], (p = 0) => -Math.log(p)),
  smoothed: read(
    ['reward', 'smoothing', 'own', 'mean'],
    (reward = 1, smoothing = 0, own = 0, mean = 0) => reward * ((1 - smoothing) * own + smoothing * mean),
  ),
  scolded: read(['reward', 'others'], (reward = 1, others = 0) => reward * Math.log(others)),
  binary: read(['m', 'y'], (m = 0, y = 0) => Math.max(0, m) - m * y + Math.log1p(Math.exp(-Math.abs(m)))),
  hinge: read(['m', 's'], (m = 0, s = 0) => Math.max(0, 1 - m * s)),
  squaredClasses: read(['m', 's'], (m = 0, s = 0) => (Math.tanh(m * Math.SQRT1_2) - s) ** 2 / 2),
  squared: (numbers, sum) => over(sum, (gap) => gap * gap) / (numbers.count ?? 1),
  absolute: (numbers, sum) => over(sum, Math.abs) / (numbers.count ?? 1),
  huber: (numbers, sum) => over(sum, (gap) => huber(gap, numbers.delta ?? 1)) / (numbers.count ?? 1),
  mean: (numbers, sum) => added(sum) / (numbers.count ?? 1) + (numbers.penalty ?? 0),
  miss: read(
    ['p', 'wanted', 'reward', 'count'],
    (p = 0, wanted = 0, reward = 1, count = 1) => (reward * (p - wanted)) / count,
  ),
  scoldedMiss: read(
    ['reward', 'p', 'share', 'count'],
    (reward = 1, p = 0, share = 1, count = 1) => (reward * p * share) / count,
  ),
  squaredMiss: read(['y', 't', 'count'], (y = 0, t = 0, count = 1) => (2 * (y - t)) / count),
  absoluteMiss: read(['y', 't', 'count'], (y = 0, t = 0, count = 1) => Math.sign(y - t) / count),
  huberMiss: read(
    ['y', 't', 'delta', 'count'],
    (y = 0, t = 0, delta = 1, count = 1) => Math.max(-delta, Math.min(delta, y - t)) / count,
  ),
  binaryMiss: read(
    ['side', 'm', 'y', 'count'],
    (side = 1, m = 0, y = 0, count = 1) => (side * (logistic(m) - y)) / count,
  ),
  hingeMiss: read(
    ['side', 'm', 's', 'count'],
    (side = 1, m = 0, s = 0, count = 1) => (m * s < 1 ? -side * s : 0) / count,
  ),
  squaredClassesMiss: read(['side', 'm', 's', 'count'], (side = 1, m = 0, s = 0, count = 1) => {
    const answer = Math.tanh(m * Math.SQRT1_2)
    return (side * (answer - s) * (1 - answer ** 2) * Math.SQRT1_2) / count
  }),
  pulled: (_numbers, sum) => added(sum),
  bent: read(['pull', 'slope'], (pull = 0, slope = 0) => pull * slope),
  weightGradient: (_numbers, sum) => added(sum),
  biasGradient: (_numbers, sum) => added(sum),
} as const satisfies Readonly<Record<string, Worth>>

/** Name of a formula. */
export type OperationRule = keyof typeof worths

const noSum: TermSum = { terms: [], rest: 0, restCount: 0 }

/** What a formula's numbers come to; `bend` is the activation of the layer. */
export const worthOf = ({ rule, numbers, sum }: Omit<OperationLine, 'result'>, bend: Bend): number =>
  (worths[rule] as Worth)(numbers, sum ?? noSum, bend)
