/** When training ends by itself, and the best state on the way there. */
import { type Best, Fault, type Metrics, type StopReason, type StopSpec } from '../spec/index.ts'
import type { Session } from './session.ts'
import type { SessionState } from './state.ts'

/** The lowest loss so far and the epoch that reached it. */
interface Gain {
  loss: number
  epoch: number
}

/** Where a measured loss stands. */
interface Where {
  readonly step: number
  readonly epoch: number
}

/** The loss that decides: the test data's where there are any, else the training data's. */
const decidingLoss = ({ testLoss, trainLoss }: Metrics): number => testLoss ?? trainLoss

export class Stopping {
  /** Which rule ended training; null while none has. */
  reason: StopReason | null = null
  #gain: Gain = { loss: Number.POSITIVE_INFINITY, epoch: 0 }
  /** True where a rule reads the loss after each epoch. */
  readsLoss = false
  #kept: { readonly best: Best; readonly state: SessionState } | null = null

  /** The best state measured so far; null before the first. */
  get best(): Best | null {
    return this.#kept?.best ?? null
  }

  /** The state that belongs to `best`. Throws `RUN-007` where there is none. */
  get bestState(): SessionState {
    if (this.#kept === null) throw new Fault('RUN-007')
    return this.#kept.state
  }

  /** Takes note of a measured loss and keeps the state where it is the lowest. */
  measured(metrics: Metrics, { step, epoch }: Where, snapshot: () => SessionState): void {
    const loss = decidingLoss(metrics)
    if (!(loss < (this.#kept?.best.loss ?? Number.POSITIVE_INFINITY)) || !(loss <= this.#gain.loss)) return
    if (loss < this.#gain.loss) this.#gain = { loss, epoch }
    this.#kept = { best: { step, epoch, loss, on: metrics.testLoss === null ? 'train' : 'test' }, state: snapshot() }
  }

  /** Asks every rule that reads the number of epochs or a loss; `metrics` are those of now where one reads a loss. */
  atEpochEnd(stop: StopSpec, epoch: number, metrics: Metrics | null): void {
    this.reason = epoch >= stop.epochs ? 'epochs' : null
    if (metrics === null) return
    if (stop.loss > 0 && metrics.trainLoss <= stop.loss) this.reason = 'loss'
    else if (stop.patience > 0 && epoch - this.#gain.epoch >= stop.patience) this.reason = 'patience'
  }

  /** After an edit or a change of numbers: only the number of epochs still decides, and waiting begins anew. */
  goOn(stop: StopSpec, epoch: number): void {
    if (this.reason === 'patience') this.#gain.epoch = epoch
    this.readsLoss = stop.loss > 0 || stop.patience > 0
    this.reason = epoch >= stop.epochs ? 'epochs' : null
  }

  /** Forgets all: other data, another network, or the start again. */
  restart(epoch: number): void {
    this.#gain = { loss: Number.POSITIVE_INFINITY, epoch }
    this.#kept = null
    this.reason = null
  }

  /** A way back to what is known now, for who leaves the present for a look at the past. */
  remember(): () => void {
    const [gain, kept] = [{ ...this.#gain }, this.#kept]
    return () => {
      this.#gain = gain
      this.#kept = kept
    }
  }

  /** What a snapshot has to hold, so that a run which is resumed stops where it would have. */
  counters(): Record<string, number> {
    const { loss, epoch } = this.#gain
    return Number.isFinite(loss) ? { bestLoss: loss, bestEpoch: epoch } : {}
  }

  load({ bestLoss, bestEpoch }: Readonly<Record<string, number>>, epoch: number): void {
    this.restart(epoch)
    if (bestLoss !== undefined && bestEpoch !== undefined) this.#gain = { loss: bestLoss, epoch: bestEpoch }
  }
}

/** Why a session does not go on, as a fault: its data lack something, it diverged, a stop rule ended it. Null where it can. */
export function whyStopped({ status, fault, recipe, stopping, dataset }: Session): Fault | null {
  if (dataset.unfinished !== undefined) return dataset.unfinished
  if (status !== 'finished') return fault
  const { epochs, seconds, loss, patience } = recipe.training.stop
  if (stopping.reason === 'seconds') return new Fault('RUN-004', { seconds })
  if (stopping.reason === 'loss') return new Fault('RUN-005', { loss })
  if (stopping.reason === 'patience') return new Fault('RUN-006', { epochs: patience })
  return new Fault('RUN-003', { epochs })
}
