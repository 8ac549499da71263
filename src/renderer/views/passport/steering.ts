/** Which hyperparameters steer a parameter's steps: those that apply to the run and do something. */
import { type Hyperparameter, hyperparameters, type Recipe, recipeValue } from '../../../core/spec/index.ts'
import { applies } from '../../controls/recipe-value.ts'

/** Beginnings of paths, what matters most first. */
const order = [
  'training.optimizer.learningRate',
  'training.optimizer.name',
  'training.optimizer.',
  'training.batchSize',
  'training.teaching.method',
  'training.l1',
  'training.l2',
  'training.clip.',
  'training.schedule.name',
  'training.initializer',
]
/** A value of 0 or this word says that nothing is steered. */
const idle: ReadonlySet<unknown> = new Set([0, 'constant'])

export interface Steering {
  readonly entry: Hyperparameter
  readonly value: unknown
}

/** The hyperparameters that decided how a parameter moved, with their values. */
export function steeringOf(recipe: Recipe): readonly Steering[] {
  return order.flatMap((start) =>
    hyperparameters
      .filter(({ path }) => (start.endsWith('.') ? path.startsWith(start) : path === start))
      .filter((entry) => !order.some((other) => other !== start && other === entry.path) && applies(entry, recipe))
      .map((entry) => ({ entry, value: recipeValue(recipe, entry.path) }))
      .filter(({ value }) => !idle.has(value)),
  )
}
