/** What a training session is, whole: enough to go on bit for bit. */
import type { TableCoding } from '../data/coding.ts'
import type { Dataset } from '../data/dataset.ts'
import type { TextCoding } from '../data/text-coding.ts'
import { Fault, type ParameterInfo, type Recipe } from '../spec/index.ts'

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
  /** Texts: the vocabulary, so that others can be read and written without the training text. */
  readonly textCoding?: TextCoding
}

/** What a snapshot keeps of a dataset. */
export function codingsOf({ coding, textCoding }: Dataset): Pick<SessionState, 'coding' | 'textCoding'> {
  return { ...(coding !== undefined && { coding }), ...(textCoding !== undefined && { textCoding }) }
}

/**
 * The values of all parameters, or of one of the optimizer's slots (`prefix`), one tensor after the other.
 * Throws `MODEL-010` for a tensor that is missing and `MODEL-011` for one of another size.
 */
export function flatTensors(state: SessionState, parameters: readonly ParameterInfo[], prefix: string): Float32Array {
  const values = new Float32Array(parameters.reduce((count, info) => count + info.size, 0))
  for (const info of parameters) {
    const tensor = state.tensors.get(prefix + info.name)
    if (tensor === undefined) throw new Fault('MODEL-010', { tensor: prefix + info.name })
    if (tensor.data.length !== info.size) throw new Fault('MODEL-011', { tensor: prefix + info.name })
    values.set(tensor.data, info.offset)
  }
  return values
}
