/** Recipes and sessions that the tests of training share. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildDataset } from '../../src/core/data/build.ts'
import { acceptRecipe, digitsRecipe, type Recipe } from '../../src/core/spec/index.ts'
import { Session, type SessionOptions } from '../../src/core/train/session.ts'
import { denseRecipes } from './bit-cases.ts'
import { kernels } from './kernels.ts'

export { hashOf, trainSteps } from './bit-cases.ts'

export type RecipeName = keyof typeof denseRecipes

/** Part of a recipe's training to write over the named one's. */
export interface TrainingChange {
  readonly loss?: string
  readonly optimizer?: object
  readonly batchSize?: number
  readonly schedule?: object
  readonly l1?: number
  readonly l2?: number
  readonly stop?: { readonly epochs: number }
}

/** A named recipe, accepted, with parts of its training replaced. */
export function recipeOf(name: RecipeName, change: TrainingChange = {}): Recipe {
  const recipe = denseRecipes[name]
  return acceptRecipe({ ...recipe, training: { stop: { epochs: 100000 }, ...recipe.training, ...change } })
}

const digits = (): Uint8Array => readFileSync(join(import.meta.dirname, '../../src/core/gen/digits.bin'))

/** Digits through the given layers, `samples` of them. */
export function pictureSession(network: readonly object[], samples = 100): Session {
  const recipe = acceptRecipe({ ...digitsRecipe, data: { source: 'digits', samples }, network })
  return Session.create(recipe, buildDataset(recipe, { digits: digits() }), kernels)
}

/** A session of a recipe on data built from it. */
export function sessionOf(recipe: Recipe, options: SessionOptions = {}): Session {
  return Session.create(recipe, buildDataset(recipe), kernels, options)
}
