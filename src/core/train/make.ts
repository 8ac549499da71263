/** Where a session computes. */
import type { Dataset } from '../data/dataset.ts'
import { bestPlan, type PlanOptions } from '../exec/plan.ts'
import { ReferenceBackend } from '../exec/reference.ts'
import { type Kernels, WasmBackend } from '../exec/wasm.ts'
import { describeNetwork, type Network, startBuffers } from '../nn/network.ts'
import type { Recipe } from '../spec/index.ts'
import { Machine, type Values } from './machine.ts'
import { checkRoom } from './room.ts'

/** Where to compute; tests use the oracle and switch fusion and reuse off. */
export interface SessionOptions {
  readonly backend?: 'wasm' | 'reference'
  readonly plan?: PlanOptions
}

/** A network in a machine's memory, with the recipe and the data that both are made of. */
export interface Housed {
  readonly recipe: Recipe
  readonly dataset: Dataset
  readonly network: Network
  readonly machine: Machine
}

/** Makes both, the machine in memory of its own. Throws `MEMORY-001` before any is taken where it would not suffice. */
export function house(
  recipe: Recipe,
  dataset: Dataset,
  kernels: Kernels,
  { backend = 'wasm', plan = bestPlan }: SessionOptions,
): Housed {
  const network = describeNetwork(recipe, dataset)
  checkRoom(recipe, dataset, network)
  const made = backend === 'wasm' ? new WasmBackend(kernels, plan) : new ReferenceBackend()
  return { recipe, dataset, network, machine: new Machine(recipe, dataset, network, made) }
}

/** Puts a machine where training begins, with these parameters. */
export function startOver({ network, machine }: Housed, values: Float32Array): void {
  machine.writeParametersAndSlots([values])
  machine.write('buffers', startBuffers(network))
  machine.write('gradients', new Float32Array(network.parameterCount))
  machine.setUpdates(0)
}

/** The fast backend's values are float32 already; the oracle's are rounded. */
export const asFloat32 = (values: Values): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values)
