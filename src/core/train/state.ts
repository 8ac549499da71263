/** What a training session is, whole: enough to go on bit for bit. */
import type { TableCoding } from '../data/coding.ts'
import type { Dataset } from '../data/dataset.ts'
import type { TextCoding } from '../data/text-coding.ts'
import { Fault, type ParameterInfo, type Recipe } from '../spec/index.ts'
import type { Place } from './backups.ts'
import type { Values } from './machine.ts'
import type { Housed } from './make.ts'

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
  /** The learner's own table: its text, so that the run goes on wherever the file is. */
  readonly table?: string
  /** Texts: the vocabulary, so that others can be read and written without the training text. */
  readonly textCoding?: TextCoding
}

/** What a snapshot keeps of a dataset. */
function codingsOf(dataset: Dataset): Pick<SessionState, 'coding' | 'table' | 'textCoding'> {
  const { coding, tableText, textCoding } = dataset
  return {
    ...(coding !== undefined && { coding }),
    ...(tableText !== undefined && { table: tableText }),
    ...(textCoding !== undefined && { textCoding }),
  }
}

/** What the names of an optimizer's state begin with. */
export const slotPrefix = (slot: string): string => `state.optimizer.${slot}.`

/** A tensor's place among all of them laid end to end. */
type Stretch = Pick<ParameterInfo, 'name' | 'shape' | 'offset' | 'size'>

/** Copies of all tensors of a session: parameters and buffers by name, then the optimizer's state. */
function stateTensors({ network, machine }: Housed): Map<string, StateTensor> {
  const tensors = new Map<string, StateTensor>()
  const add = (stretches: readonly Stretch[], values: Values, prefix: string): void => {
    for (const { name, shape, offset, size } of stretches) {
      tensors.set(prefix + name, { shape, data: Float32Array.from(values.subarray(offset, offset + size)) })
    }
  }
  add(network.parameters, machine.read('parameters'), '')
  add(network.buffers, machine.read('buffers'), '')
  machine.slotNames.forEach((slot, index) => {
    add(network.parameters, machine.readSlot(index), slotPrefix(slot))
  })
  return tensors
}

/** Everything that is needed to go on from a place bit for bit; a copy. `held` are counters beside those of machine and place. */
export function stateOf(
  housed: Housed,
  { step, ...place }: Place,
  held: Readonly<Record<string, number>>,
): SessionState {
  const { recipe, dataset, machine } = housed
  const counters = { ...place, updates: machine.updates, ...held }
  return { recipe, step, tensors: stateTensors(housed), counters, ...codingsOf(dataset) }
}

/**
 * The values of all parameters, of the buffers, or of one of the optimizer's slots (`prefix`), one tensor after the other.
 * Throws `MODEL-010` for a tensor that is missing and `MODEL-011` for one of another size.
 */
function flatTensors(state: SessionState, stretches: readonly Stretch[], prefix: string): Float32Array {
  const values = new Float32Array(stretches.reduce((count, { size }) => count + size, 0))
  for (const { name, size, offset } of stretches) {
    const tensor = state.tensors.get(prefix + name)
    if (tensor === undefined) throw new Fault('MODEL-010', { tensor: prefix + name })
    if (tensor.data.length !== size) throw new Fault('MODEL-011', { tensor: prefix + name })
    values.set(tensor.data, offset)
  }
  return values
}

/** Writes the parameters, buffers and optimizer's state of a snapshot into a machine; faults as `flatTensors`. */
export function writeState(state: SessionState, { network, machine }: Housed): void {
  const { parameters, buffers } = network
  const slots = machine.slotNames.map((slot) => flatTensors(state, parameters, slotPrefix(slot)))
  machine.writeParametersAndSlots([flatTensors(state, parameters, ''), ...slots])
  machine.write('buffers', flatTensors(state, buffers, ''))
  machine.setUpdates(state.counters.updates ?? 0)
}
