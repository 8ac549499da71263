/** What every optimizer declares; the update of all parameters is one kernel call. */
import type { OptimizerName, OptimizerSpec } from '../spec/index.ts'

/** A run of neighbouring parameters with one rule: penalties (L1, L2) apply to weights, not to biases. */
export interface Segment {
  readonly first: number
  readonly count: number
  readonly penalised: boolean
}

/** What an update reads and writes, in float64; all arrays have one element a parameter. */
export interface UpdateArguments {
  readonly parameters: Float64Array
  readonly gradients: Float64Array
  /** The optimizer's memory, one array for each of its slots. */
  readonly slots: readonly Float64Array[]
  readonly spec: OptimizerSpec
  /** Number of this update, the first is 1. */
  readonly step: number
  readonly index: number
  /** Clipped gradient with the penalties' parts. */
  readonly gradient: number
  /** True where penalties and weight decay apply. */
  readonly penalised: boolean
}

export interface Optimizer {
  readonly name: OptimizerName
  /** State tensors that it keeps beside the parameters, at most two. */
  readonly slots: readonly string[]
  /** Its own hyperparameters in the order of the kernel's cells, behind those that all share. */
  readonly cells: readonly (keyof Omit<OptimizerSpec, 'name' | 'learningRate'>)[]
  /** Changes one parameter and its state. */
  update(at: UpdateArguments): void
}

/** One element of an array that is known to be there. */
export function element(array: Float64Array | undefined, index: number): number {
  const value = array?.[index]
  if (value === undefined) throw new Error(`internal: no element ${index}`)
  return value
}
