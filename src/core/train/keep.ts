/** What of a network's numbers stays when its shape changes. */
import { type BufferInfo, type Network, startBuffers } from '../nn/network.ts'
import type { ParameterInfo } from '../spec/index.ts'
import { emptyState, type Machine } from './machine.ts'

/** Old values by tensor, each with its shape. */
interface OldTensor {
  readonly info: ParameterInfo
  readonly values: ArrayLike<number>
}

/**
 * Copies what an old tensor and a new one share, from the first row and column on, into `target`.
 *
 * Tensors of more axes stay where their shapes are equal. Weights [out, in] of inputs that did not exist before become
 * 0, so that a new stop is silent at first and the network computes what it did; rows of new stops keep their fresh
 * values.
 */
function keepShared(old: OldTensor, info: ParameterInfo, target: Float32Array): void {
  if (info.shape.length > 2 || old.info.shape.length > 2) {
    if (old.info.shape.join() === info.shape.join()) target.set(Float32Array.from(old.values))
    return
  }
  const [oldRows = 1, oldColumns = 1] = old.info.shape
  const [rows = 1, columns = 1] = info.shape
  for (let row = 0; row < Math.min(oldRows, rows); row++) {
    for (let column = 0; column < columns; column++) {
      const from = row * oldColumns + column
      target[row * columns + column] = column < oldColumns ? (old.values[from] ?? 0) : 0
    }
  }
}

/**
 * For each new tensor the old one that it continues: counted from the input for hidden layers, and the output's for the
 * output. A tensor of another kind of place has none.
 */
function continuedTensors(
  before: readonly ParameterInfo[],
  after: readonly ParameterInfo[],
): readonly (ParameterInfo | null)[] {
  const lastBefore = before.at(-1)?.layer ?? 0
  const lastAfter = after.at(-1)?.layer ?? 0
  return after.map((info) => {
    const layer = info.layer === lastAfter ? lastBefore : info.layer
    if (info.layer !== lastAfter && layer >= lastBefore) return null
    return before.find((old) => old.layer === layer && ownName(old) === ownName(info)) ?? null
  })
}

/** A tensor's name within its layer: `weight` of `layers.0.weight`. */
const ownName = ({ name }: ParameterInfo): string => name.replace(/^layers\.\d+\./, '')

/** A function that copies into the new network's values what the old one's share with them, and returns them. */
function keepTensors(
  before: readonly ParameterInfo[],
  after: readonly ParameterInfo[],
): (old: Float32Array, fresh: Float32Array) => Float32Array {
  const continued = continuedTensors(before, after)
  return (old, fresh) => {
    after.forEach((made, index) => {
      const info = continued[index]
      if (info === null || info === undefined) return
      const values = old.subarray(info.offset, info.offset + info.size)
      keepShared({ info, values }, made, fresh.subarray(made.offset, made.offset + made.size))
    })
    return fresh
  }
}

/** The new network's buffers: old values where name and size are the same, else their start. */
function keepBuffers(before: readonly BufferInfo[], old: Float32Array, network: Network): Float32Array {
  const values = startBuffers(network)
  for (const { name, offset, size } of network.buffers) {
    const kept = before.find((buffer) => buffer.name === name && buffer.size === size)
    if (kept !== undefined) values.set(old.subarray(kept.offset, kept.offset + size), offset)
  }
  return values
}

/** A network in a machine's memory. */
interface Housed {
  readonly network: Network
  readonly machine: Machine
}

/**
 * Fills a new machine: parameters, buffers and, for the same optimizer, its state, as far as the old network has them;
 * `fresh` are the start values of the others.
 */
export function keepState(old: Housed, made: Housed, fresh: Float32Array, sameOptimizer: boolean): void {
  const state = emptyState()
  old.machine.copyState(state)
  const [values = new Float32Array(), ...slots] = state.tensors
  const kept = keepTensors(old.network.parameters, made.network.parameters)
  made.machine.writeParametersAndSlots([
    kept(values, fresh),
    ...(sameOptimizer ? slots.map((slot) => kept(slot, new Float32Array(fresh.length))) : []),
  ])
  made.machine.write('buffers', keepBuffers(old.network.buffers, state.buffers, made.network))
  made.machine.setUpdates(sameOptimizer ? state.updates : 0)
}
