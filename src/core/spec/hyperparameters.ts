/**
 * The only list of hyperparameters: form, checks, help, documentation, file format and sweep read it.
 * A hyperparameter is chosen by a person before or while training; a parameter is learned.
 */
import { dataHyperparameters } from './data-hyperparameters.ts'
import type { Hyperparameter } from './hyperparameter.ts'
import { networkHyperparameters } from './network-hyperparameters.ts'
import { optimizerHyperparameters } from './optimizer-hyperparameters.ts'
import { trainingHyperparameters } from './training-hyperparameters.ts'

export const hyperparameters: readonly Hyperparameter[] = [
  ...dataHyperparameters,
  ...networkHyperparameters,
  ...optimizerHyperparameters,
  ...trainingHyperparameters,
]

const byPath: ReadonlyMap<string, Hyperparameter> = new Map(hyperparameters.map((entry) => [entry.path, entry]))

/** The entry for a path of a recipe, layer indices standing for `*`, layers of a block as those of the network; undefined where the table has none. */
export function hyperparameterAt(path: string): Hyperparameter | undefined {
  const pattern = path.replace(/\.\d+\./g, '.*.').replace(/^network\.\*(\.layers\.\*)+\./, 'network.*.')
  return byPath.get(pattern)
}
