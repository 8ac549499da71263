/** An optimizer's step on one parameter, taken apart. */
import { optimizers } from '../optim/index.ts'
import { readCells } from '../optim/update.ts'
import type { OptimizerName, OptimizerSpec, UpdatePart, UpdatePartKind, UpdateParts } from '../spec/index.ts'
import type { UpdateRecord } from '../train/watch.ts'

/** What the optimizers below are given: the gradient with bounds and penalties, and both sides of the memories. */
interface Step {
  readonly spec: OptimizerSpec
  readonly g: number
  /** Count of the update, from 1. */
  readonly t: number
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/**
 * What an optimizer puts in the gradient's place: `direction` with its memory of gradients (momentum), and that over its
 * own measure of step. The parameter moves by `-rate x scaled`.
 */
interface Direction {
  readonly direction: number
  readonly scaled: number
}

const plain = ({ g }: Step): Direction => ({ direction: g, scaled: g })

/** Kingma and Ba 2014, algorithm 1: `m / (1 - beta1^t)` over `sqrt(v / (1 - beta2^t)) + epsilon`. */
function adamDirection({ spec, t, after: [m = 0, v = 0] }: Step): Direction {
  const direction = m / (1 - spec.beta1 ** t)
  return { direction, scaled: direction / (Math.sqrt(v / (1 - spec.beta2 ** t)) + spec.epsilon) }
}

/** Dozat 2016, as in `optim/nadam.ts`. */
function nadamDirection({ spec, g, t, after: [m = 0, v = 0] }: Step): Direction {
  const mu = (at: number): number => spec.beta1 * (1 - 0.5 * 0.96 ** (at * spec.momentumDecay))
  let product = 1
  for (let done = 1; done <= t; done++) product *= mu(done)
  const next = mu(t + 1)
  const direction = ((1 - mu(t)) / (1 - product)) * g + (next / (1 - product * mu(t) * next)) * m
  return { direction, scaled: direction / (Math.sqrt(v / (1 - spec.beta2 ** t)) + spec.epsilon) }
}

/** The formulas are those of `optim/*.ts`, where their sources are named. */
const directions: Readonly<Record<OptimizerName, (step: Step) => Direction>> = {
  sgd: plain,
  momentum: ({ after: [v = 0] }) => ({ direction: v, scaled: v }),
  nesterov({ spec, g, after: [v = 0] }) {
    const direction = g + spec.momentum * v
    return { direction, scaled: direction }
  },
  rmsprop: ({ spec, g, after: [v = 0] }) => ({ direction: g, scaled: g / (Math.sqrt(v) + spec.epsilon) }),
  adagrad: ({ spec, g, after: [s = 0] }) => ({ direction: g, scaled: g / (Math.sqrt(s) + spec.epsilon) }),
  adadelta: ({ spec, g, before: [, u = 0], after: [v = 0] }) => ({
    direction: g,
    scaled: (Math.sqrt(u + spec.epsilon) / Math.sqrt(v + spec.epsilon)) * g,
  }),
  adam: adamDirection,
  adamw: adamDirection,
  adamax({ spec, t, after: [m = 0, u = 0] }) {
    const direction = m / (1 - spec.beta1 ** t)
    return { direction, scaled: direction / u }
  },
  nadam: nadamDirection,
}

const withMomentum: ReadonlySet<OptimizerName> = new Set(['momentum', 'nesterov', 'adam', 'adamw', 'adamax', 'nadam'])
const withScale: ReadonlySet<OptimizerName> = new Set([
  'rmsprop',
  'adagrad',
  'adadelta',
  'adam',
  'adamw',
  'adamax',
  'nadam',
])

/**
 * Takes one update apart. The parts add up to `to - from`: with g the gradient, c its bounds, p the penalties and d, s
 * the optimizer's direction and scaled direction, they are `-rate g`, `-rate (c - g)`, `-rate p`, `-rate (d - (c + p))`,
 * `-rate (s - d)`, AdamW's `-rate weightDecay w`, what a hold took back, and what rounding to float32 leaves.
 */
export function updateParts(name: OptimizerName, record: UpdateRecord, isPenalised: boolean): UpdateParts {
  const optimizer = optimizers[name]
  const { spec, l1, l2, scale, most } = readCells(optimizer, record.cells)
  const rate = spec.learningRate
  const { from, to, moved, gradient } = record
  const bounded = Math.max(-most, Math.min(most, gradient * scale))
  // AdamW shrinks a weight before the penalties look at it.
  const seen = name === 'adamw' && isPenalised ? from * (1 - rate * spec.weightDecay) : from
  const penalty = isPenalised ? l2 * from + l1 * Math.sign(from) : 0
  const clipped = bounded + penalty
  const { direction, scaled } = directions[name]({
    spec,
    g: clipped,
    t: record.update,
    before: record.memoryBefore,
    after: record.memoryAfter,
  })
  const parts: UpdatePart[] = []
  const add = (kind: UpdatePartKind, change: number, isThere = true): void => {
    if (isThere) parts.push({ kind, change: change === 0 ? 0 : change })
  }
  add('gradient', -rate * gradient)
  add('clipping', -rate * (bounded - gradient), bounded !== gradient)
  add('penalty', -rate * penalty, isPenalised && (l1 > 0 || l2 > 0))
  add('momentum', -rate * (direction - clipped), withMomentum.has(name))
  add('scale', -rate * (scaled - direction), withScale.has(name))
  add('decay', seen - from, name === 'adamw' && isPenalised)
  add('hold', to - moved, to !== moved)
  const sum = parts.reduce((total, { change }) => total + change, 0)
  add('rounding', to - from - sum)
  return { step: record.step, from, to, parts, numbers: numbersOf(record, name, { rate, clipped, l1, l2, scale }) }
}

/** The numbers of the formula by name. */
function numbersOf(
  record: UpdateRecord,
  name: OptimizerName,
  { rate, clipped, l1, l2, scale }: Readonly<Record<'rate' | 'clipped' | 'l1' | 'l2' | 'scale', number>>,
): Record<string, number> {
  const optimizer = optimizers[name]
  const { spec } = readCells(optimizer, record.cells)
  const own = optimizer.cells.map((cell) => [cell, spec[cell]] as const)
  const memories = optimizer.slots.flatMap((slot, index) => [
    [`${slot}.before`, record.memoryBefore[index] ?? 0] as const,
    [`${slot}.after`, record.memoryAfter[index] ?? 0] as const,
  ])
  const { gradient, update } = record
  return Object.fromEntries([
    ...Object.entries({ rate, gradient, clipped, update, l1, l2, clipScale: scale }),
    ...own,
    ...memories,
  ])
}
