import { wholePower } from './power.ts'
import type { Schedule } from './schedule.ts'

/** `factor^floor(t / every)`: a stair. */
export const step: Schedule = {
  name: 'step',
  share: (step, { every, factor }) => wholePower(factor, Math.floor(step / every)),
}
