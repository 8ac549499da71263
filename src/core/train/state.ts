/** What a training session is, whole: enough to go on bit for bit. */
import type { TableCoding } from '../data/coding.ts'
import { Fault, type Recipe } from '../spec/index.ts'
import type { Machine, Values } from './machine.ts'

/** One tensor of a session's state. */
export interface StateTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** A snapshot of a session: plain data and typed arrays, so it can be cloned into another thread. */
export interface SessionState {
  readonly recipe: Recipe
  readonly step: number
  /** Parameters by name, then `state.optimizer.SLOT.NAME`. */
  readonly tensors: ReadonlyMap<string, StateTensor>
  /** Epoch, cursor and so on. Random numbers are counter-based: seed and counters are all of their state. */
  readonly counters: Readonly<Record<string, number>>
  /** Tables: how columns became inputs and outputs, so that others can be read without the training table. */
  readonly coding?: TableCoding
}

/** A tensor's place in a flat storage. */
interface TensorPlace {
  readonly name: string
  readonly shape: readonly number[]
  readonly offset: number
  readonly size: number
}

/** Copies of a machine's tensors: parameters by name, buffers, then `state.optimizer.SLOT.NAME`. */
export function tensorsOf(machine: Machine): Map<string, StateTensor> {
  const { parameters, buffers } = machine.workshop.network
  const tensors = new Map<string, StateTensor>()
  const add = (prefix: string, places: readonly TensorPlace[], values: Values): void => {
    for (const { name, shape, offset, size } of places) {
      tensors.set(prefix + name, { shape, data: Float32Array.from(values.subarray(offset, offset + size)) })
    }
  }
  add('', parameters, machine.read('parameters'))
  add('', buffers, machine.read('buffers'))
  machine.slotNames.forEach((slot, index) => {
    add(`state.optimizer.${slot}.`, parameters, machine.readSlot(index))
  })
  return tensors
}

/**
 * The values of all parameters, or of one of the optimizer's slots (`prefix`), one tensor after the other.
 * Throws `MODEL-010` for a tensor that is missing and `MODEL-011` for one of another size.
 */
export function flatTensors(state: SessionState, parameters: readonly TensorPlace[], prefix: string): Float32Array {
  const values = new Float32Array(parameters.reduce((count, info) => count + info.size, 0))
  for (const info of parameters) {
    const tensor = state.tensors.get(prefix + info.name)
    if (tensor === undefined) throw new Fault('MODEL-010', { tensor: prefix + info.name })
    if (tensor.data.length !== info.size) throw new Fault('MODEL-011', { tensor: prefix + info.name })
    values.set(tensor.data, info.offset)
  }
  return values
}
