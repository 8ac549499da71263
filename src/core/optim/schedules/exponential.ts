import { exp, log } from '../../data/elementary.ts'
import { wholePower } from './power.ts'
import type { Schedule } from './schedule.ts'

/** `factor^(t / every)`: a smooth fall; with `every` 1 a step multiplies by the factor. */
export const exponential: Schedule = {
  name: 'exponential',
  share: (step, { every, factor }) =>
    wholePower(factor, Math.floor(step / every)) * exp(((step % every) / every) * log(factor)),
}
