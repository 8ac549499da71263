import { progress, type Schedule } from './schedule.ts'

/** From the whole rate straight down to `endShare`. */
export const linear: Schedule = {
  name: 'linear',
  share: (step, spec) => 1 - (1 - spec.endShare) * progress(step, spec),
}
