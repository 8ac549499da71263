import { describe, expect, it } from 'vitest'
import { Stream } from '../../../src/core/data/random.ts'
import type { Storage } from '../../../src/core/graph/node.ts'
import { shuffleEffect, splitEpoch } from '../../../src/core/train/effects.ts'
import { newBackend } from '../../support/compute.ts'

/** The order that a backend draws. */
function orderOn(kind: 'wasm' | 'reference', seed: number, epoch: number, count: number): readonly number[] {
  const backend = newBackend(kind)
  const epochStorage: Storage = { name: 'epoch', shape: [2] }
  const order: Storage = { name: 'order', shape: [count] }
  const words = new Float32Array(2)
  splitEpoch(epoch, words)
  backend.write(epochStorage, words)
  const before = [shuffleEffect(seed, epochStorage, order)]
  backend.load({ before, roots: [], after: [], cursor: null, advanceBy: 0, guard: null }).run(1)
  return Array.from(backend.read(order))
}

describe('the order of an epoch', () => {
  // from 2^16 on the number has a second part, from 2^24 on one float32 would not hold it
  it.each([0, 1, 65_535, 65_536, 2 ** 24 + 1, 2 ** 31 + 3])('%s is that of its stream, on both backends', (epoch) => {
    for (const seed of [0, 7, 2 ** 32 - 1]) {
      for (const count of [0, 1, 2, 3, 4, 5, 250, 1001]) {
        const expected = Array.from(new Stream(seed, 'shuffle', epoch).permutation(count))
        expect(orderOn('wasm', seed, epoch, count)).toEqual(expected)
        expect(orderOn('reference', seed, epoch, count)).toEqual(expected)
      }
    }
  })
})
