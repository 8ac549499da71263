import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What `garbage.ts` prints. */
interface Counted {
  readonly steps: number
  readonly collections: number
  readonly bytes: number
}

function counted(batchSize: number, schedule: string): Counted {
  const script = join(import.meta.dirname, 'garbage.ts')
  const printed = execFileSync(process.execPath, [script, String(batchSize), schedule], { encoding: 'utf8' })
  return JSON.parse(printed)
}

/**
 * Bytes that 100,000 steps may leave on the heap. A step allocates nothing: it is a round within the kernels. A call of
 * the kernels (at most 64 steps, at most an epoch) may box a number or two. Measured: 62 KB for 4,000 epochs of 25 steps,
 * 36 KB for 400 of 250; 16 bytes a step would be 1.6 MB.
 */
const mostBytes = 200_000

describe('100,000 steps', () => {
  it.each([
    ['25 an epoch', 10],
    ['250 an epoch', 1],
  ])('of %s cause no collection and allocate less than 2 bytes a step', (_, batchSize) => {
    const { steps, collections, bytes } = counted(batchSize, 'constant')
    expect([steps, collections]).toEqual([100_000, 0])
    expect(bytes).toBeLessThan(mostBytes)
  })

  // Each step is a call of its own, whose rate the engine boxes now and then: 6 to 13 bytes a step measured. Less than 16
  // make at most two collections of a young generation of 1 MB.
  it('whose rate follows a schedule cause at most two collections and allocate less than 16 bytes a step', () => {
    const { steps, collections, bytes } = counted(10, 'cosine')
    expect(steps).toBe(100_000)
    expect(collections).toBeLessThanOrEqual(2)
    expect(bytes).toBeLessThan(16 * steps)
  })
})
