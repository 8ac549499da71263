/** The last states of a session that may be needed should training diverge. */
import { emptyState, type KeptState, type Machine } from './machine.ts'

/** Where training is in the data. */
export interface Place {
  step: number
  epoch: number
  /** Rows of this epoch that are done. */
  cursor: number
}

/** A state and where it was taken. */
interface Backup extends Place {
  readonly state: KeptState
}

/** Steps between two states that are kept. */
export const backupSteps = 64

/** States that are kept. */
export const keptStates = 2

const newBackup = (): Backup => ({ step: 0, epoch: 0, cursor: 0, state: emptyState() })

const allFinite = ({ tensors, buffers }: KeptState): boolean =>
  [...tensors, buffers].every((values) => values.every((value) => Number.isFinite(value)))

/** Keeps two states: the newest may already hold a number that makes the next loss infinite. Their memory takes turns. */
export class Backups {
  #newest = newBackup()
  #older = newBackup()
  #count = 0

  /** Keeps the present state when the last one is `backupSteps` old. */
  keep(machine: Machine, place: Place): void {
    if (this.#count > 0 && place.step - this.#newest.step < backupSteps) return
    const backup = this.#older
    this.#older = this.#newest
    this.#newest = backup
    this.#count = Math.min(keptStates, this.#count + 1)
    backup.step = place.step
    backup.epoch = place.epoch
    backup.cursor = place.cursor
    machine.copyState(backup.state)
  }

  /** Puts the newest state back whose numbers are all finite and says where it was; null where there is none. */
  restore(machine: Machine): Place | null {
    const kept = [this.#newest, this.#older].slice(0, this.#count)
    const backup = kept.find(({ state }) => allFinite(state))
    if (backup === undefined) return null
    machine.writeState(backup.state)
    const { step, epoch, cursor } = backup
    return { step, epoch, cursor }
  }

  /** Forgets: parameters were set from outside. */
  clear(): void {
    this.#count = 0
  }
}
