import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { describeNetwork } from '../../../src/core/nn/network.ts'
import { acceptRecipe, circleRecipe, Fault, type Recipe } from '../../../src/core/spec/index.ts'
import { neededBytes } from '../../../src/core/train/room.ts'
import { Session } from '../../../src/core/train/session.ts'
import { sentence } from '../../../src/shared/messages.ts'
import { faultOf } from '../../support/fault.ts'
import { kernels } from '../../support/kernels.ts'
import { recipeOf, sessionOf } from '../../support/sessions.ts'

/** Twenty layers of the widest kind: 19 x 4096 x 4096 and some, about 319 million parameters. */
const huge = Array.from({ length: 20 }, () => ({ layer: 'dense', units: 4096, activation: 'relu' }))

function hugeRecipe(optimizer: string): Recipe {
  return acceptRecipe({ ...circleRecipe, network: huge, training: { optimizer: { name: optimizer } } })
}

/** Bytes that the process holds outside its heap of objects. */
const held = (): number => process.memoryUsage().arrayBuffers + process.memoryUsage().external

describe('a network of hundreds of millions of parameters', () => {
  it.each([
    ['sgd', 4.8],
    ['adam', 11.9],
  ])('is refused with %s before memory is taken, saying that it needs %s GiB of 4', (optimizer, needed) => {
    const recipe = hugeRecipe(optimizer)
    const dataset = buildDataset(recipe)
    const before = held()
    const fault = faultOf(() => Session.create(recipe, dataset, kernels))
    expect(fault).toMatchObject({ code: 'MEMORY-001', values: { needed, available: 4 } })
    // The smallest of its matrices has 64 MiB.
    expect(held() - before).toBeLessThan(2 ** 24)
    for (const language of ['en', 'ko'] as const) {
      expect(sentence(fault, language)).toMatch(new RegExp(`${needed} ?GiB.* 4 ?GiB`))
    }
  })

  it('is refused as an edit, which then changes nothing', () => {
    const session = sessionOf(recipeOf('circle'))
    session.train(3)
    const before = session.snapshot()
    expect(() => session.change('network', huge)).toThrow(Fault)
    expect(session.snapshot()).toEqual(before)
    expect(session.train(3)).toBe(3)
  })
})

describe('what training needs', () => {
  it('is parameters, gradients, state, both states kept for a divergence, and the data', () => {
    const needed = (optimizer: string): number => {
      const recipe = recipeOf('circle', { optimizer: { name: optimizer } })
      const dataset = buildDataset(recipe)
      return neededBytes(recipe, dataset, describeNetwork(recipe, dataset))
    }
    // 500 points of two inputs and two numbers that say the class; 28 parameters.
    expect(needed('sgd')).toBe(4 * (500 * 4 + 28 * (1 + 1 + 2)))
    expect(needed('adam')).toBe(4 * (500 * 4 + 28 * (1 + 1 + 2 + 2 * 3)))
  })
})
