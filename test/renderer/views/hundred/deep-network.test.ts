import { describe, expect, it } from 'vitest'
import {
  acceptRecipe,
  circleRecipe,
  deepPlainRecipe,
  deepRepairedRecipe,
  deepRepairs,
} from '../../../../src/core/spec/index.ts'
import {
  initializerOf,
  isHundred,
  networkRepairs,
  networkWith,
  repairsOf,
  startRepairs,
} from '../../../../src/renderer/views/hundred/deep-network.ts'

const editOf = (id: string): unknown => deepRepairs.find((repair) => repair.id === id)?.edits

describe('the hundred neighbourhoods', () => {
  it('are the plain example where nothing is repaired', () => {
    expect(networkWith(new Set())).toEqual(deepPlainRecipe.network)
    expect(repairsOf(acceptRecipe(deepPlainRecipe)).size).toBe(0)
  })

  it.each(networkRepairs)('get the edit of the repair %s', (id) => {
    expect(editOf(id)).toEqual([{ path: 'network', value: networkWith(new Set([id])) }])
    const recipe = acceptRecipe({ ...deepPlainRecipe, network: networkWith(new Set([id])) })
    expect([...repairsOf(recipe)]).toEqual([id])
    expect(isHundred(recipe)).toBe(true)
  })

  it.each(startRepairs)('get the edit of the start %s', (id) => {
    expect(editOf(id)).toEqual([{ path: 'training.initializer', value: initializerOf[id] }])
  })

  it('are the repaired example where residual and norm are joined', () => {
    expect(networkWith(new Set(['residual', 'normalisation']))).toEqual(deepRepairedRecipe.network)
    expect(repairsOf(acceptRecipe(deepRepairedRecipe))).toEqual(new Set(['residual', 'normalisation', 'xavier']))
  })

  it('are no other recipe', () => {
    expect(isHundred(acceptRecipe(circleRecipe))).toBe(false)
  })
})
