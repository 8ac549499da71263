import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** What `garbage.ts` prints. */
interface Counted {
  readonly steps: number
  readonly collections: number
  readonly bytes: number
}

/** MB of the young generation: nothing is collected before it is full, so what is used is what was allocated. */
const youngMegabytes = 256

function allocatedBy(batchSize: number, epochs: number): Counted {
  const flags = [`--min-semi-space-size=${youngMegabytes}`, `--max-semi-space-size=${youngMegabytes}`]
  const script = join(import.meta.dirname, 'garbage.ts')
  const found = execFileSync(process.execPath, [...flags, script, String(batchSize), String(epochs)], {
    encoding: 'utf8',
  })
  return JSON.parse(found) as Counted
}

// A step is a round within the kernels and allocates nothing. Around the steps, an epoch's shuffle allocates some
// kilobytes, and so do a call of the kernels (at most 64 steps) and the state that is kept every 64 steps. Measured:
// 3 to 8.3 KB an epoch of 25 steps (it depends on what the engine
// has compiled), 8.3 KB an epoch of 250 steps.
const mostBytesAnEpoch = 12 * 1024
const mostBytesAStep = 128

it('100,000 steps of 25 an epoch allocate less than 12 KB an epoch and cause no collection of their own', () => {
  const { steps, collections, bytes } = allocatedBy(10, 4000)
  expect([steps, collections]).toEqual([100_000, 0])
  expect(bytes / 4000).toBeLessThan(mostBytesAnEpoch)
})

it('100,000 steps of 250 an epoch allocate less than 128 bytes a step', () => {
  const { steps, collections, bytes } = allocatedBy(1, 400)
  expect([steps, collections]).toEqual([100_000, 0])
  expect(bytes / steps).toBeLessThan(mostBytesAStep)
})
