/** What every schedule declares: the share of the learning rate that a step uses. */
import type { ScheduleName, ScheduleSpec } from '../../spec/index.ts'

export interface Schedule {
  readonly name: ScheduleName
  /** Share of the recipe's learning rate for the step number `step`, the first after the warm-up being 0. */
  share(step: number, spec: ScheduleSpec): number
}

/** How much of the schedule's `steps` is done: from 0 to 1. */
export function progress(step: number, spec: ScheduleSpec): number {
  return Math.min(1, step / spec.steps)
}
