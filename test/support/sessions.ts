/** Recipes and sessions that the tests of training share. */
import { buildDataset } from '../../src/core/data/build.ts'
import { acceptRecipe, type Recipe } from '../../src/core/spec/index.ts'
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

/** A session of a recipe on data built from it. */
export function sessionOf(recipe: Recipe, options: SessionOptions = {}): Session {
  return Session.create(recipe, buildDataset(recipe), kernels, options)
}
