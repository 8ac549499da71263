import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  acceptRecipe,
  circleRecipe,
  conflictRecipe,
  countTerms,
  deepPlainRecipe,
  deepRepairedRecipe,
  deepRepairs,
  editRecipe,
  englishStoryRecipe,
  firstSetRecipe,
  type Recipe,
  storyRecipe,
  wordOrderRecipe,
} from '../../../src/core/spec/index.ts'
import type { Session } from '../../../src/core/train/session.ts'
import { sessionOf } from '../../support/sessions.ts'

/** Trains to the end; the largest distance of the loss from its start, as a share of it. */
function trained(recipe: Recipe): { readonly session: Session; readonly moved: number } {
  const session = sessionOf(recipe)
  const start = session.evaluate().trainLoss
  let moved = 0
  while (session.status === 'ready') {
    session.train(1000)
    moved = Math.max(moved, Math.abs(session.evaluate().trainLoss - start) / start)
  }
  return { session, moved }
}

/** What the repaired hundred reach on their own training points. */
const targetAccuracy = 0.95

describe('the examples', () => {
  it.each([storyRecipe, englishStoryRecipe, firstSetRecipe, conflictRecipe, circleRecipe, wordOrderRecipe])(
    '$name trains',
    (recipe) => {
      const { session, moved } = trained(acceptRecipe(recipe))
      expect([session.status, moved > 0.5]).toEqual(['finished', true])
    },
  )

  it.each([
    ['story', storyRecipe],
    ['story-english', englishStoryRecipe],
    ['first-sentences', firstSetRecipe],
    ['conflict', conflictRecipe],
    ['word-order', wordOrderRecipe],
    ['hundred-plain', deepPlainRecipe],
    ['hundred-repaired', deepRepairedRecipe],
  ])('%s is the recipe of the same name for the command line', (name, recipe) => {
    const file = readFileSync(new URL(`../../../examples/recipes/${name}.json`, import.meta.url), 'utf8')
    expect(JSON.parse(file)).toEqual(recipe)
  })

  it('the order of words tells what a bag of words cannot', () => {
    const { session } = trained(acceptRecipe(wordOrderRecipe))
    expect(session.evaluate().trainAccuracy).toBe(1)
    const bag = trained(acceptRecipe({ ...wordOrderRecipe, network: [{ layer: 'dense', units: 6 }] }))
    expect(bag.session.evaluate().trainAccuracy).toBe(0.5)
  })

  it('the plain hundred stay within 5 % of their starting loss, and no gradient reaches the first', () => {
    const { session, moved } = trained(acceptRecipe(deepPlainRecipe))
    expect(session.layers).toHaveLength(102)
    expect(moved).toBeLessThan(0.05)
    const gradients = session.readGradients()
    const sizeOf = (layer: number): number => {
      const tensors = session.parameters.filter((info) => info.layer === layer)
      return Math.hypot(...tensors.flatMap(({ offset, size }) => Array.from(gradients.subarray(offset, offset + size))))
    }
    expect(sizeOf(1)).toBeLessThan(sizeOf(101) * 1e-20)
  })

  it('the repaired hundred reach their target', () => {
    const { session } = trained(acceptRecipe(deepRepairedRecipe))
    expect(session.evaluate().trainAccuracy).toBeGreaterThanOrEqual(targetAccuracy)
  })

  it.each(deepRepairs)(
    '$id can be put on the plain hundred by edits; enough alone: $isEnough',
    ({ edits, isEnough }) => {
      const repaired = edits.reduce(
        (recipe, { path, value }) => editRecipe(recipe, path, value),
        acceptRecipe(deepPlainRecipe),
      )
      const { session } = trained(repaired)
      const accuracy = session.evaluate().trainAccuracy ?? 0
      if (isEnough) expect(accuracy).toBeGreaterThanOrEqual(targetAccuracy)
      else expect(accuracy).toBeLessThan(targetAccuracy)
    },
  )
})

describe('the count of a layer', () => {
  it('is the sum of its tensors, each the product of its sides', () => {
    const story = sessionOf(acceptRecipe(storyRecipe))
    const factors = (layer: number) => countTerms(story.parameters, layer).map((term) => term.factors)
    expect([factors(0), factors(1), factors(2)]).toEqual([[], [[5, 2], [5]], [[4, 5], [4]]])
    const deep = sessionOf(acceptRecipe(deepRepairedRecipe))
    deep.layers.forEach((layer, index) => {
      const terms = countTerms(deep.parameters, index)
      for (const { factors: sides, count } of terms)
        expect(sides.reduce((product, side) => product * side, 1)).toBe(count)
      expect(terms.reduce((sum, { count }) => sum + count, 0)).toBe(layer.parameterCount)
    })
  })
})
