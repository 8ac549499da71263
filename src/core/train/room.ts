/** Whether a network fits into memory, asked before any is taken. */
import type { Dataset } from '../data/dataset.ts'
import { memoryFault, mostBytes } from '../exec/memory.ts'
import type { Network } from '../nn/network.ts'
import { optimizers } from '../optim/index.ts'
import type { Recipe } from '../spec/index.ts'
import { keptStates } from './backups.ts'

const bytesANumber = 4

/**
 * Bytes that training takes at least: parameters, gradients and the optimizer's state, the states kept for a divergence,
 * and the data. What layers compute comes on top.
 */
export function neededBytes(recipe: Recipe, dataset: Dataset, network: Network): number {
  const slots = optimizers[recipe.training.optimizer.name].slots.length
  const copies = 1 + 1 + slots + keptStates * (1 + slots)
  const { train, test } = dataset
  const rows = train.inputs.length + train.targets.length + test.inputs.length + test.targets.length
  return bytesANumber * (network.parameterCount * copies + rows)
}

/** Throws `MEMORY-001` with what is needed and what there is, in GiB, where a network cannot fit. */
export function checkRoom(recipe: Recipe, dataset: Dataset, network: Network): void {
  const needed = neededBytes(recipe, dataset, network)
  if (needed > mostBytes) throw memoryFault(needed, mostBytes)
}
