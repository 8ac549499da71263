/** What a machine lends to programs that are not part of every training: teaching, looking at one parameter. */
import type { Dataset } from '../data/dataset.ts'
import type { Backend } from '../exec/program.ts'
import type { Storage } from '../graph/node.ts'
import type { Network } from '../nn/network.ts'
import type { Recipe } from '../spec/index.ts'
import type { Storages } from './programs.ts'

export interface Workshop {
  readonly backend: Backend
  /** The recipe that the machine was made for; live hyperparameters may have changed since. */
  readonly recipe: Recipe
  readonly dataset: Dataset
  readonly network: Network
  readonly at: Storages
  /** Sets the learning rate of the next update. */
  useRate(rate: number): void
}

/** Parameters that follow each other, or one of the optimizer's memories of them, as a storage of its own. */
export function stretchOf(flat: Storage, first: number, count: number): Storage {
  return { name: `${flat.name}.${first}+${count}`, shape: [count], within: { storage: flat, first } }
}

/** The same of one. */
export const cellOf = (flat: Storage, index: number): Storage => stretchOf(flat, index, 1)

/** Something that is made once for each workshop and forgotten with it. */
export function perWorkshop<Made>(make: (workshop: Workshop) => Made): (workshop: Workshop) => Made {
  const made = new WeakMap<Workshop, Made>()
  return (workshop) => {
    const known = made.get(workshop) ?? make(workshop)
    made.set(workshop, known)
    return known
  }
}
