/** The update as an effect of the training program: penalties and optimizer in one pass over all parameters. */
import type { Effect } from '../exec/program.ts'
import { type Storage, sizeOf } from '../graph/node.ts'
import type { OptimizerSpec, TrainingSpec } from '../spec/index.ts'
import { element, type Optimizer, type Segment } from './optimizer.ts'

/** Where an update finds its numbers. */
export interface UpdateStorages {
  readonly parameters: Storage
  readonly gradients: Storage
  /** One for each slot of the optimizer, each as long as the parameters. */
  readonly slots: readonly Storage[]
  /** Rate, penalties, clipping and the optimizer's own, each as high and low part; then room for a note. */
  readonly cells: Storage
  /** Number of updates done. */
  readonly steps: Storage
}

/** What an update reads of the training. */
export type UpdateSpec = Pick<TrainingSpec, 'optimizer' | 'l1' | 'l2' | 'clip'>

/** Cells before the optimizer's own: rate, L1, L2, clip value, clip norm, clip scale. */
const sharedCells = 6
/** Place of the clip scale among the numbers of the cells. */
const scaleAt = 10
/** Cells in which a kernel keeps what it can make anew (the product of NAdam's momenta). */
const noteCells = 2

/** Number of cells that an optimizer needs. */
export function cellCount(optimizer: Optimizer): number {
  return sharedCells + optimizer.cells.length + noteCells
}

/** One cell: two float32s that add up to about 48 bits; 1 - 0.999 from a single one would be wrong by 1 in 10^5. */
function cellOf(value: number): readonly [number, number] {
  return [Math.fround(value), value - Math.fround(value)]
}

/** Writes the first cell, when only the learning rate changes; no array is made for it in a step. */
export function fillRateCell(rate: number, into: Float32Array): void {
  into[0] = rate
  into[1] = rate - Math.fround(rate)
}

/** Values for all cells; the note is empty. */
export function cellValues(optimizer: Optimizer, { optimizer: spec, l1, l2, clip }: UpdateSpec): Float32Array {
  const own = optimizer.cells.map((name) => spec[name])
  const note = new Array<number>(noteCells).fill(0)
  return Float32Array.from([spec.learningRate, l1, l2, clip.value, clip.norm, 1, ...own, ...note].flatMap(cellOf))
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

/** The numbers of an update, as its cells hold them. */
export interface UpdateNumbers {
  readonly spec: OptimizerSpec
  readonly l1: number
  readonly l2: number
  /** What a gradient is multiplied by, and its largest size after that. */
  readonly scale: number
  readonly most: number
}

/** Reads the cells of an update. */
export function readCells(optimizer: Optimizer, cells: Float64Array): UpdateNumbers {
  const value = (index: number): number => element(cells, 2 * index) + element(cells, 2 * index + 1)
  const own = Object.fromEntries(optimizer.cells.map((name, index) => [name, value(sharedCells + index)]))
  const spec = { name: optimizer.name, ...unusedNumbers, ...own, learningRate: value(0) }
  const clipValue = value(3)
  return {
    spec,
    l1: value(1),
    l2: value(2),
    scale: value(5),
    most: clipValue > 0 ? clipValue : Number.POSITIVE_INFINITY,
  }
}

/** For the numbers that an optimizer does not read. */
const unusedNumbers = {
  momentum: 0,
  alpha: 0,
  rho: 0,
  beta1: 0,
  beta2: 0,
  epsilon: 0,
  weightDecay: 0,
  momentumDecay: 0,
}

/** The effects that move all parameters once: the update is counted, then made. */
export function updateEffects(
  optimizer: Optimizer,
  at: UpdateStorages,
  segments: readonly Segment[],
): readonly Effect[] {
  return [countEffect(at.steps), moveEffect(optimizer, at, segments)]
}

function countEffect(steps: Storage): Effect {
  return {
    name: 'count_update',
    reads: [],
    writes: [steps],
    flops: 1,
    reference(tensor) {
      const counter = tensor(steps).data
      counter[0] = element(counter, 0) + 1
    },
    kernel: { name: 'count_update', arguments: (address) => [address(steps)] },
  }
}

function moveEffect(optimizer: Optimizer, at: UpdateStorages, segments: readonly Segment[]): Effect {
  const { parameters, gradients, slots, cells, steps } = at
  return {
    name: optimizer.name,
    reads: [gradients, cells, steps],
    writes: [parameters, ...slots],
    flops: 10 * sizeOf(parameters.shape),
    reference(tensor) {
      const { spec, l1, l2, scale, most } = readCells(optimizer, tensor(cells).data)
      const step = element(tensor(steps).data, 0)
      const state = slots.map((slot) => tensor(slot).data)
      const [w, g] = [tensor(parameters).data, tensor(gradients).data]
      for (const { first, count, penalised } of segments) {
        for (let index = first; index < first + count; index++) {
          const value = element(w, index)
          const clipped = Math.max(-most, Math.min(most, element(g, index) * scale))
          const gradient = clipped + (penalised ? l2 * value + l1 * Math.sign(value) : 0)
          optimizer.update({ parameters: w, gradients: g, slots: state, spec, step, index, gradient, penalised })
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

/** As in PyTorch's clip_grad_norm_. */
const clipEpsilon = 1e-6

/**
 * The effect that brings the gradients' common norm down to `training.clip.norm`, before the update that uses its factor
 * `min(1, most / (norm + 1e-6))`. A program whose recipe does not clip by norm leaves it out.
 */
export function clipNormEffect({ gradients, cells }: Pick<UpdateStorages, 'gradients' | 'cells'>): Effect {
  return {
    name: 'clip_norm',
    reads: [gradients, cells],
    writes: [cells],
    flops: 2 * sizeOf(gradients.shape),
    reference(tensor) {
      const data = tensor(cells).data
      const norm = Math.sqrt(tensor(gradients).data.reduce((total, value) => total + value * value, 0))
      const factor = (element(data, 8) + element(data, 9)) / (norm + clipEpsilon)
      data[scaleAt] = Math.min(factor, 1)
      data[scaleAt + 1] = 0
    },
    kernel: {
      name: 'clip_norm',
      arguments: (address) => [address(gradients), address(cells), sizeOf(gradients.shape)],
    },
  }
}
