/** What becomes true after a while: as `expect.poll`, with the patience that a busy computer needs. */
import { expect } from 'vitest'

const patienceMs = 15_000

/** Asks again and again until what is expected of the answer holds. */
export const eventually = <Answer>(read: () => Answer | Promise<Answer>): ReturnType<typeof expect.poll<Answer>> =>
  expect.poll(read, { timeout: patienceMs })
