/** Where a session computes. */
import type { Dataset } from '../data/dataset.ts'
import { bestPlan, type PlanOptions } from '../exec/plan.ts'
import { ReferenceBackend } from '../exec/reference.ts'
import { type Kernels, WasmBackend } from '../exec/wasm.ts'
import type { Network } from '../nn/network.ts'
import type { Recipe } from '../spec/index.ts'
import { Machine, type Values } from './machine.ts'
import { checkRoom } from './room.ts'

/** Where to compute; tests use the oracle and switch fusion and reuse off. */
export interface SessionOptions {
  readonly backend?: 'wasm' | 'reference'
  readonly plan?: PlanOptions
}

/** A machine in memory of its own. Throws `MEMORY-001` before any is taken where it would not suffice. */
export function machineOf(
  recipe: Recipe,
  dataset: Dataset,
  network: Network,
  kernels: Kernels,
  { backend = 'wasm', plan = bestPlan }: SessionOptions,
): Machine {
  checkRoom(recipe, dataset, network)
  const made = backend === 'wasm' ? new WasmBackend(kernels, plan) : new ReferenceBackend()
  return new Machine(recipe, dataset, network, made)
}

/** The fast backend's values are float32 already; the oracle's are rounded. */
export const asFloat32 = (values: Values): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values)
