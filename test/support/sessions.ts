/** Recipes and sessions that the tests of training share. */
import { buildDataset } from '../../src/core/data/build.ts'
import { weightsHash } from '../../src/core/io/hash.ts'
import { acceptRecipe, circleRecipe, type Recipe, storyRecipe } from '../../src/core/spec/index.ts'
import { Session, type SessionOptions } from '../../src/core/train/session.ts'
import { kernels } from './kernels.ts'

const dense = (units: number, activation: string): object => ({ layer: 'dense', units, activation })

/** Six layers of ReLU on a spiral; a batch of 32 leaves a remainder of 26 of its 250 rows. */
const deepRecipe = {
  ...circleRecipe,
  name: 'deep',
  data: { ...circleRecipe.data, shape: 'spiral', noise: 0.1, features: ['x', 'y', 'sin x', 'xy'] },
  network: [9, 8, 7, 6, 5, 4].map((units) => dense(units, 'relu')),
  training: { initializer: 'he-normal', optimizer: { name: 'sgd', learningRate: 0.03 }, batchSize: 32 },
}

/** One number from two. */
const planeRecipe = {
  ...circleRecipe,
  name: 'plane',
  data: { ...circleRecipe.data, shape: 'plane', noise: 0.1 },
  network: [dense(5, 'sigmoid'), dense(3, 'tanh')],
}

/** By name: classes, sentences, a deep network, regression. */
export const recipes = { circle: circleRecipe, story: storyRecipe, deep: deepRecipe, plane: planeRecipe } as const
export type RecipeName = keyof typeof recipes

/** Part of a recipe's training to write over the named one's. */
export interface TrainingChange {
  readonly loss?: string
  readonly optimizer?: object
  readonly batchSize?: number
  readonly l1?: number
  readonly l2?: number
  readonly stop?: { readonly epochs: number }
}

/** A named recipe, accepted, with parts of its training replaced. */
export function recipeOf(name: RecipeName, change: TrainingChange = {}): Recipe {
  const recipe = recipes[name]
  return acceptRecipe({ ...recipe, training: { stop: { epochs: 100000 }, ...recipe.training, ...change } })
}

/** A session of a recipe on data built from it. */
export function sessionOf(recipe: Recipe, options: SessionOptions = {}): Session {
  return Session.create(recipe, buildDataset(recipe), kernels, options)
}

/** Trains exactly `steps` batches, fewer only where the stop rule or divergence ends it. */
export function trainSteps(session: Session, steps: number): number {
  let done = 0
  while (done < steps && session.status === 'ready') done += session.train(steps - done)
  return done
}

/** The hash that proves two sets of parameters equal. */
export function hashOf(session: Session): string {
  const values = session.readParameters()
  return weightsHash(
    session.parameters.map(({ name, shape, offset, size }) => ({
      name,
      shape,
      data: Float32Array.from(values.subarray(offset, offset + size)),
    })),
  )
}
