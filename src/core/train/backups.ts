/** The last states of a session that may be needed should training diverge. */
import type { Machine } from './machine.ts'

/** Where training is in the data. */
export interface Place {
  readonly step: number
  readonly epoch: number
  /** Rows of this epoch that are done. */
  readonly cursor: number
}

interface Backup extends Place {
  /** Parameters first, then the optimizer's state. */
  readonly tensors: readonly Float32Array[]
  readonly buffers: Float32Array
  readonly updates: number
}

/** Steps between two states that are kept. */
export const backupSteps = 64

/** Keeps two states: the newest may already hold a number that makes the next loss infinite. */
export class Backups {
  #kept: Backup[] = []

  /** Keeps the present state when the last one is `backupSteps` old. */
  keep(machine: Machine, place: Place): void {
    const last = this.#kept.at(-1)
    if (last !== undefined && place.step - last.step < backupSteps) return
    const { step, epoch, cursor } = place
    const tensors = machine.readParametersAndSlots()
    const buffers = Float32Array.from(machine.read('buffers'))
    const updates = machine.read('updates')[0] ?? 0
    this.#kept = [...this.#kept.slice(-1), { step, epoch, cursor, tensors, buffers, updates }]
  }

  /** Puts the newest state back whose numbers are all finite and says where it was; null where there is none. */
  restore(machine: Machine): Place | null {
    const backup = [...this.#kept]
      .reverse()
      .find(({ tensors, buffers }) =>
        [...tensors, buffers].every((values) => values.every((value) => Number.isFinite(value))),
      )
    if (backup === undefined) return null
    machine.writeParametersAndSlots(backup.tensors)
    machine.write('buffers', backup.buffers)
    machine.write('updates', [backup.updates])
    const { step, epoch, cursor } = backup
    return { step, epoch, cursor }
  }

  /** Forgets: parameters were set from outside. */
  clear(): void {
    this.#kept = []
  }
}
