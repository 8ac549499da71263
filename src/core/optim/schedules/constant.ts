import type { Schedule } from './schedule.ts'

/** The same rate at every step. */
export const constant: Schedule = {
  name: 'constant',
  share: () => 1,
}
