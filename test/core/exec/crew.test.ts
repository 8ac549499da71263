import { describe, expect, it } from 'vitest'
import { benchCases } from '../../../src/cli/bench/cases.ts'
import { WasmBackend } from '../../../src/core/exec/wasm.ts'
import { weightsHash } from '../../../src/core/io/hash.ts'
import { Session } from '../../../src/core/train/session.ts'
import { createCrew, type NodeCrew } from '../../../src/main/training/crew.ts'
import { kernels } from '../../support/kernels.ts'

const large = benchCases.filter(({ name }) => name.startsWith('mnist-784-512'))

/** Long enough for a thread to start on a busy machine; the result is the same when it has not. */
const joinMs = 400

async function hashWith(crew: NodeCrew | null, isWide: boolean): Promise<readonly string[]> {
  const hashes: string[] = []
  for (const { recipe, dataset } of large) {
    const session = Session.create(recipe, dataset, { ...kernels, isWide, crew })
    await new Promise((resolve) => setTimeout(resolve, joinMs))
    for (let done = 0; done < 12; ) done += session.train(12 - done)
    const { tensors } = session.snapshot()
    hashes.push(
      weightsHash(
        session.parameters.map(({ name, shape }) => ({
          name,
          shape,
          data: tensors.get(name)?.data ?? new Float32Array(),
        })),
      ),
    )
    session.dispose()
  }
  return hashes
}

describe('compute threads', () => {
  it('give the same bits as one thread, with either register block', async () => {
    const crew = createCrew(2)
    try {
      const alone = await hashWith(null, false)
      expect(alone).toHaveLength(1)
      expect(await hashWith(crew, false)).toEqual(alone)
      expect(await hashWith(null, true)).toEqual(alone)
      expect(await hashWith(crew, true)).toEqual(alone)
    } finally {
      crew.dispose()
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
