/** What a training session is, whole: enough to go on bit for bit. */
import type { TableCoding } from '../data/coding.ts'
import type { Recipe } from '../spec/index.ts'

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
