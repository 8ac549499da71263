import { cos } from '../../data/elementary.ts'
import type { Schedule } from './schedule.ts'

// PyTorch's defaults: 30 % of the steps rise from 1/25 of the rate, the rest fall to 1/250,000 of it.
const riseShare = 0.3
const startDivisor = 25
const endDivisor = 25 * 10_000

/** Half a cosine from one share to another. */
const between = (from: number, to: number, part: number): number => to + ((from - to) * (1 + cos(Math.PI * part))) / 2

/** Up and down once, the learning rate being the top (Smith and Topin 2018), as PyTorch's OneCycleLR. */
export const oneCycle: Schedule = {
  name: 'one-cycle',
  share(step, { steps }) {
    const top = riseShare * steps - 1
    const last = Math.max(top + 1, steps - 1)
    const now = Math.min(step, last)
    if (now <= top) return between(1 / startDivisor, 1, now / top)
    return between(1, 1 / endDivisor, (now - Math.max(0, top)) / (last - Math.max(0, top)))
  },
}
