import { cos } from '../../data/elementary.ts'
import { progress, type Schedule } from './schedule.ts'

/** `end + (1 - end) (1 + cos(pi t / steps)) / 2` (Loshchilov and Hutter 2017, equation 5). */
export const cosine: Schedule = {
  name: 'cosine',
  share: (step, spec) => spec.endShare + ((1 - spec.endShare) * (1 + cos(Math.PI * progress(step, spec)))) / 2,
}
