/** One training step done and taken back: what it would read and write. */
import type { Values } from './machine.ts'
import type { Workshop } from './workshop.ts'

/** Where a batch lies: its rows from `cursor` on in the epoch's order, and the number of its step. */
export interface Batch {
  readonly rows: number
  readonly cursor: number
  readonly step: number
}

/** All parameters, then the optimizer's memories of them. */
type Learned = readonly [parameters: Values, ...memories: Values[]]

/** A step that was done and taken back; holds are not looked at. */
export interface Rehearsal {
  readonly batch: Batch
  readonly before: Learned
  readonly after: Learned
  readonly gradients: Values
  readonly loss: number
  /** Count of the update, from 1, and its numbers. */
  readonly update: number
  readonly cells: Float64Array
}

/** Does a step by `train` and puts everything back that lasts from step to step, bit for bit. */
export function rehearse({ backend, at }: Workshop, batch: Batch, train: () => void): Rehearsal {
  // The update's numbers stay: each step sets those that change, its rate and what it clips by, itself.
  const lasting = [at.buffers, at.updates, at.gradients, at.loss, at.cursor, at.parameters, ...at.slots]
  const kept = lasting.map((storage) => ({ storage, values: backend.read(storage).slice() }))
  const learned = (): Learned => [
    backend.read(at.parameters).slice(),
    ...at.slots.map((slot) => backend.read(slot).slice()),
  ]
  const before = learned()
  train()
  const made = {
    batch,
    before,
    after: learned(),
    gradients: backend.read(at.gradients).slice(),
    loss: backend.read(at.loss)[0] ?? Number.NaN,
    update: backend.read(at.updates)[0] ?? 0,
    cells: Float64Array.from(backend.read(at.cells)),
  }
  for (const { storage, values } of kept) backend.write(storage, values)
  return made
}
