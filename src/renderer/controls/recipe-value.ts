/** Reads a recipe by the paths of the hyperparameter table. */
import type { Hyperparameter, Recipe } from '../../core/spec/index.ts'

/** The value at a path such as `training.optimizer.learningRate` or `network.0.units`; undefined where there is none. */
export function recipeValue(recipe: Recipe, path: string): unknown {
  let node: unknown = recipe
  for (const key of path.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined
    node = Object.getOwnPropertyDescriptor(node, key)?.value
  }
  return node
}

/** Where the recipe says what `only` of the table asks for. */
const choosers: Readonly<Record<string, string>> = {
  source: 'data.source',
  optimizer: 'training.optimizer.name',
  schedule: 'training.schedule.name',
  loss: 'training.loss',
  initializer: 'training.initializer',
}

/** Whether an entry of the table means anything in this recipe: its data source, its optimizer. */
export function applies(entry: Hyperparameter, recipe: Recipe): boolean {
  if (recipeValue(recipe, entry.path) === undefined) return false
  return Object.entries(entry.only ?? {}).every(([key, allowed]) => {
    const chosen = recipeValue(recipe, choosers[key] ?? key)
    return typeof chosen === 'string' && allowed.includes(chosen)
  })
}
