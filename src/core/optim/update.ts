/** The update as an effect of the training program: penalties and optimizer in one pass over all parameters. */
import type { Effect } from '../exec/program.ts'
import type { Storage } from '../graph/node.ts'
import type { OptimizerSpec, TrainingSpec } from '../spec/index.ts'
import { element, type Optimizer, type Segment } from './optimizer.ts'

/** Where an update finds its numbers. */
export interface UpdateStorages {
  readonly parameters: Storage
  readonly gradients: Storage
  /** One for each slot of the optimizer, each as long as the parameters. */
  readonly slots: readonly Storage[]
  /** Learning rate, L1, L2 and the optimizer's own, each as high and low part. */
  readonly cells: Storage
  /** Number of updates done. */
  readonly steps: Storage
}

/** Number of cells that an optimizer needs. */
export function cellCount(optimizer: Optimizer): number {
  return 3 + optimizer.cells.length
}

/**
 * Values for the cells. A hyperparameter is written as two float32s that add up to about 48 bits, because 1 - 0.999 from
 * a single float32 would be wrong by 1 in 10^5.
 */
export function cellValues(optimizer: Optimizer, training: TrainingSpec): Float32Array {
  const { optimizer: spec, l1, l2 } = training
  const values = [spec.learningRate, l1, l2, ...optimizer.cells.map((name) => spec[name])]
  return Float32Array.from(values.flatMap((value) => [Math.fround(value), value - Math.fround(value)]))
}

/** Joins tensors that follow each other and have one rule. */
export function segmentsOf(tensors: readonly { offset: number; size: number; kind: 'weight' | 'bias' }[]): Segment[] {
  const segments: Segment[] = []
  for (const { offset, size, kind } of tensors) {
    const last = segments.at(-1)
    if (last !== undefined && last.penalised === (kind === 'weight') && last.first + last.count === offset) {
      segments[segments.length - 1] = { ...last, count: last.count + size }
    } else {
      segments.push({ first: offset, count: size, penalised: kind === 'weight' })
    }
  }
  return segments
}

function readSpec(optimizer: Optimizer, cells: Float64Array): { spec: OptimizerSpec; l1: number; l2: number } {
  const value = (index: number): number => element(cells, 2 * index) + element(cells, 2 * index + 1)
  const own = Object.fromEntries(optimizer.cells.map((name, index) => [name, value(3 + index)]))
  const none = { momentum: 0, beta1: 0, beta2: 0, epsilon: 0 }
  return { spec: { name: optimizer.name, learningRate: value(0), ...none, ...own }, l1: value(1), l2: value(2) }
}

/** The effect that moves all parameters once. */
export function updateEffect(optimizer: Optimizer, at: UpdateStorages, segments: readonly Segment[]): Effect {
  const { parameters, gradients, slots, cells, steps } = at
  return {
    name: optimizer.name,
    reads: [gradients, cells],
    writes: [parameters, steps, ...slots],
    reference(tensor) {
      const { spec, l1, l2 } = readSpec(optimizer, tensor(cells).data)
      const counter = tensor(steps).data
      const step = element(counter, 0) + 1
      counter[0] = step
      const state = slots.map((slot) => tensor(slot).data)
      const [w, g] = [tensor(parameters).data, tensor(gradients).data]
      for (const { first, count, penalised } of segments) {
        for (let index = first; index < first + count; index++) {
          const value = element(w, index)
          const penalty = penalised ? l2 * value + l1 * Math.sign(value) : 0
          const gradient = element(g, index) + penalty
          optimizer.update({ parameters: w, gradients: g, slots: state, spec, step, index, gradient })
        }
      }
    },
    kernel: {
      name: optimizer.name,
      arguments: (address) => [
        address(parameters),
        address(gradients),
        address(cells),
        address(steps),
        segments.length,
        ...[0, 1].map((index) => (slots[index] === undefined ? 0 : address(slots[index]))),
        ...segments.flatMap(({ first, count, penalised }) => [first, count, penalised ? 1 : 0]),
      ],
    },
  }
}
