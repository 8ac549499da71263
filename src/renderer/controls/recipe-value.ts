/** Reads a recipe by the paths of the hyperparameter table. */
import {
  defaultOf,
  type Hyperparameter,
  hyperparameterAt,
  hyperparameters,
  type LayerSpec,
  type Recipe,
  recipeValue,
} from '../../core/spec/index.ts'

/** Where the recipe says what `only` of the table asks for. */
const choosers: Readonly<Record<string, string>> = {
  source: 'data.source',
  shape: 'data.shape',
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
    return chosen === undefined || (typeof chosen === 'string' && allowed.includes(chosen))
  })
}

/** Paths of the table in one layer, without those of the layers within it. */
export function layerPaths(spec: LayerSpec, at: string): readonly string[] {
  return Object.keys(spec)
    .map((key) => `${at}.${key}`)
    .filter((path) => hyperparameterAt(path) !== undefined)
}

/** The same of a list of layers, with all that is within them. */
export function pathsOfLayers(layers: readonly LayerSpec[], at: string): readonly string[] {
  return layers.flatMap((spec, index) => [
    ...layerPaths(spec, `${at}.${index}`),
    ...(spec.layer === 'residual' ? pathsOfLayers(spec.layers, `${at}.${index}.layers`) : []),
  ])
}

/** Every path of a recipe that the table has and that means something there: data, layers, training. */
export function appliedPaths(recipe: Recipe): readonly string[] {
  const plain = hyperparameters.filter((entry) => applies(entry, recipe))
  const of = (isData: boolean): readonly string[] =>
    plain.filter(({ topic }) => (topic === 'data') === isData).map(({ path }) => path)
  return [...of(true), ...pathsOfLayers(recipe.network, 'network'), ...of(false)]
}

/** What the table gives where nobody chooses. */
export function defaultAt(recipe: Recipe, path: string): unknown {
  const entry = hyperparameterAt(path)
  return entry === undefined ? undefined : defaultOf<unknown>(entry, recipe.data.source)
}

/** Whether a value of the recipe is another than the table's default. */
export const isChanged = (recipe: Recipe, path: string): boolean =>
  JSON.stringify(recipeValue(recipe, path)) !== JSON.stringify(defaultAt(recipe, path))
