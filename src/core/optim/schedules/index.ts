/** The list of schedules. A new one is its file, its test and one line here. */
import type { ScheduleName, TrainingSpec } from '../../spec/index.ts'
import { constant } from './constant.ts'
import { cosine } from './cosine.ts'
import { exponential } from './exponential.ts'
import { linear } from './linear.ts'
import { oneCycle } from './one-cycle.ts'
import type { Schedule } from './schedule.ts'
import { step } from './step.ts'

const schedules: Readonly<Record<ScheduleName, Schedule>> = {
  constant,
  step,
  exponential,
  cosine,
  linear,
  'one-cycle': oneCycle,
}

/** What of a recipe's training decides the rate. */
export type RateSpec = Pick<TrainingSpec, 'optimizer' | 'schedule'>

/**
 * The learning rate of step number `at`, the first being 0: a function of recipe and step alone, so that a run that is
 * cut and resumed has the same.
 *
 * In the warm-up step t uses `(t + 1) / warmupSteps` of the rate; then the schedule begins.
 */
export function rateAt({ optimizer, schedule }: RateSpec, at: number): number {
  const { warmupSteps } = schedule
  if (at < warmupSteps) return (optimizer.learningRate * (at + 1)) / warmupSteps
  return optimizer.learningRate * schedules[schedule.name].share(at - warmupSteps, schedule)
}

/** True when the rate of this step is that of every later one. */
export function rateIsSteady({ schedule }: RateSpec, at: number): boolean {
  return schedule.name === 'constant' && at + 1 >= schedule.warmupSteps
}
