/** What Paramap means to reach in each case, and whether a run reached it. */
import { type Column, columns, type Figures, ratio } from './figures.ts'
import { formatRatio, formatValue } from './numbers.ts'

/** One bound: a step of at most so many microseconds, a product of at least so many GFLOP/s, or so many times a peer. */
export type Goal =
  | { readonly kind: 'atMost' | 'atLeast'; readonly case: string; readonly own: Column; readonly bound: number }
  | {
      readonly kind: 'ratio'
      readonly case: string
      readonly own: Column
      readonly peer: Column
      readonly bound: number
    }

function times(name: string, bound: number, peer: Column, own: Column = 'paramap-1'): Goal {
  return { kind: 'ratio', case: name, own, peer, bound }
}

/** At least `one` times PyTorch with one thread on both sides and `two` times with two. */
function timesTorch(name: string, one: number, two: number): readonly Goal[] {
  return [times(name, one, 'torch-1'), times(name, two, 'torch-2', 'paramap-2')]
}

const productSides = [96, 192, 384, 768]

/** All goals in the order of the report. Where threads are not named, both sides have one. */
export const goals: readonly Goal[] = [
  { kind: 'atMost', case: 'playground-2-4-2-1-b10-sgd', own: 'paramap-1', bound: 1.5 },
  times('playground-2-4-2-1-b10-sgd', 3, 'graph'),
  times('playground-2-4-2-1-b10-sgd', 60, 'torch-1'),
  times('deep-2-8x6-1-b10-adam', 30, 'torch-1'),
  times('hundred-layers-16-b32-adam', 12, 'torch-1'),
  times('mnist-784-128-10-b32-adam', 2, 'torch-1'),
  times('mnist-784-128-10-b32-adam', 10, 'tfjs-wasm'),
  ...timesTorch('mnist-784-512-512-10-b64-adam', 1.3, 1.3),
  ...timesTorch('mlp-1024x4-b256-adam', 1.1, 1.1),
  times('lenet-28x28-b32-adam', 1.2, 'torch-1'),
  times('gru-64-t32-b16-adam', 3, 'torch-1'),
  ...timesTorch('gpt-30k', 3, 1),
  ...timesTorch('gpt-212k', 1.3, 1),
  ...timesTorch('gpt-875k', 1.1, 1),
  ...productSides.flatMap((side): readonly Goal[] => [
    { kind: 'atLeast', case: `product-${side}`, own: 'paramap-1', bound: 100 },
    { kind: 'atLeast', case: `product-${side}`, own: 'plain-1', bound: 52 },
  ]),
]

/** A goal beside what the run reached; `shortBy` is the missing part of the bound, 0 when met. */
export interface Verdict {
  readonly goal: Goal
  readonly reached: number | null
  readonly shortBy: number
}

function reachedBy(goal: Goal, figures: Figures): number | null {
  const row = figures[goal.case]
  return goal.kind === 'ratio' ? ratio(row, goal.case, goal.own, goal.peer) : (row?.[goal.own] ?? null)
}

function missing(goal: Goal, reached: number): number {
  return goal.kind === 'atMost' ? reached / goal.bound - 1 : 1 - reached / goal.bound
}

/** Holds the figures against every goal of the cases that they have. */
export function judge(figures: Figures): readonly Verdict[] {
  return goals
    .filter((goal) => figures[goal.case] !== undefined)
    .map((goal) => {
      const reached = reachedBy(goal, figures)
      return { goal, reached, shortBy: reached === null ? 0 : Math.max(0, missing(goal, reached)) }
    })
}

/** The goal in words. */
export function goalText(goal: Goal): string {
  if (goal.kind === 'ratio') return `at least ${goal.bound}x ${columns[goal.peer].long}`
  const bound = goal.kind === 'atMost' ? `at most ${goal.bound} µs` : `at least ${goal.bound} GFLOP/s`
  return `${bound}: ${columns[goal.own].long}`
}

/** What was reached, with its unit. */
export function reachedText({ goal, reached }: Verdict): string {
  if (reached === null) return ''
  if (goal.kind === 'ratio') return formatRatio(reached)
  return `${formatValue(reached)} ${goal.kind === 'atMost' ? 'µs' : 'GFLOP/s'}`
}

/** `met`, `missed by N%` or `not measured`. */
export function verdictText({ reached, shortBy }: Verdict): string {
  if (reached === null) return 'not measured'
  return shortBy === 0 ? 'met' : `missed by ${(shortBy * 100).toFixed(shortBy < 0.01 ? 1 : 0)}%`
}
