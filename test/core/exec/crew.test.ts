import { describe, expect, it } from 'vitest'
import type { Crew, CrewPlace } from '../../../src/core/exec/crew.ts'
import { WasmBackend } from '../../../src/core/exec/wasm.ts'
import { Session } from '../../../src/core/train/session.ts'
import { createCrew } from '../../../src/main/training/crew.ts'
import { type BitCase, bitCases, hashOf, trainSteps } from '../../support/bit-cases.ts'
import { kernels } from '../../support/kernels.ts'
import { knownHashes } from '../../support/known-hashes.ts'

const known = knownHashes()

/** A crew that tells where its threads meet, so that a test can wait until they are there. */
interface WatchedCrew extends Crew {
  /** Jobs done together by the session that was made last. */
  readonly jobs: number
  /** Resolves when every thread has joined it. */
  joined(): Promise<void>
}

function watched(crew: Crew): WatchedCrew {
  let last: CrewPlace | undefined
  const job = (word: number): number => {
    if (last === undefined) throw new Error('no session has been made')
    return Atomics.load(new Int32Array(last.memory.buffer, last.job, 2), word)
  }
  return {
    size: crew.size,
    start(place) {
      last = place
      crew.start(place)
    },
    get jobs() {
      return job(0)
    },
    joined: () => expect.poll(() => job(1), { timeout: 10_000, interval: 1 }).toBe(crew.size - 1),
  }
}

/** The hash after training, and whether the threads shared any of it. */
async function trainWith(crew: WatchedCrew, { recipe, steps, dataset }: BitCase, isWide: boolean) {
  const session = Session.create(recipe, dataset(), { ...kernels, isWide, crew })
  await crew.joined()
  expect(trainSteps(session, steps)).toBe(steps)
  const result = { hash: hashOf(session), isShared: crew.jobs > 0 }
  session.dispose()
  return result
}

describe('compute threads', () => {
  // Cases of 500 steps are small networks, which stay with the first thread; so do the narrow layers of `residual`.
  it('share the work of every family of networks and give the bits of one thread, with either register block', async () => {
    for (const size of [2, 3]) {
      const crew = createCrew(size)
      try {
        for (const bitCase of bitCases.filter(({ steps }) => steps < 500)) {
          for (const isWide of [false, true]) {
            const { hash, isShared } = await trainWith(watched(crew), bitCase, isWide)
            expect(hash, `${size}: ${bitCase.key}`).toBe(known[bitCase.key])
            expect(isShared, bitCase.key).toBe(bitCase.recipe.name !== 'residual')
          }
        }
      } finally {
        crew.dispose()
      }
    }
  })

  it('are used again when a session ends', async () => {
    const crew = createCrew(2)
    try {
      new WasmBackend({ ...kernels, crew }).dispose()
      await expect.poll(() => crew.idle, { timeout: 10_000 }).toBe(1)
      const second = new WasmBackend({ ...kernels, crew })
      expect(crew).toMatchObject({ started: 1, idle: 0 })
      second.dispose()
    } finally {
      crew.dispose()
    }
  })
})
