/** Edits of an accepted recipe by path: `training.optimizer.learningRate`, `network.0.units`, `network`, `data`. */
import { acceptRecipe } from './check.ts'
import { checkEntry, isFields, unknownKey } from './check-value.ts'
import { Fault } from './fault.ts'
import { hyperparameterAt, hyperparameters } from './hyperparameters.ts'
import type { Recipe } from './recipe.ts'

/** The recipe with one value replaced, checked as a whole; the given recipe stays as it is. */
export function editRecipe(recipe: Recipe, path: string, value: unknown): Recipe {
  return acceptRecipe(replaceAt(recipe, path.split('.'), 0, value))
}

function replaceAt(node: unknown, keys: readonly string[], depth: number, value: unknown): unknown {
  const key = keys[depth]
  if (key === undefined) return value
  const path = keys.slice(0, depth + 1).join('.')
  if (Array.isArray(node)) {
    const index = /^\d{1,6}$/.test(key) ? Number(key) : node.length
    if (index >= node.length) throw new Fault('RECIPE-020', { count: node.length }, path)
    return node.map((item, i) => (i === index ? replaceAt(item, keys, depth + 1, value) : item))
  }
  const known = isFields(node) ? Object.keys(node) : []
  if (!isFields(node) || !Object.hasOwn(node, key)) throw unknownKey(path, key, known)
  // Values are replaced at their place, so the order of the keys stays.
  return Object.fromEntries(
    Object.entries(node).map(([name, item]) => [name, name === key ? replaceAt(item, keys, depth + 1, value) : item]),
  )
}

/** The value at a path of a recipe; undefined where there is none. */
export function recipeValue(recipe: Recipe, path: string): unknown {
  let value: unknown = recipe
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.getOwnPropertyDescriptor(value, key)?.value
  }
  return value
}

/** What is wrong with one value of the hyperparameter table, for the field of a form; null when nothing is. */
export function checkValue(path: string, value: unknown): Fault | null {
  const entry = hyperparameterAt(path)
  if (entry === undefined) {
    return unknownKey(
      path,
      path,
      hyperparameters.map((known) => known.path),
    )
  }
  try {
    checkEntry(entry, path, value)
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}
