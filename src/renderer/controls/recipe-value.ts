/** Reads a recipe by the paths of the hyperparameter table. */
import { type Hyperparameter, type Recipe, recipeValue } from '../../core/spec/index.ts'

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
