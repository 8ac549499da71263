/** A run's next step taken apart: which operation of it is shown. Until the update is, nothing of the run has changed. */
import { type StepApart, takeApart } from '../../core/explain/apart.ts'
import { type OperationMove, type OperationState, type Phase, phasesOf } from '../../core/spec/index.ts'
import type { Session } from '../../core/train/session.ts'

/** What a run lets be done to it here. */
export interface Stepper {
  readonly session: Session
  /** Stands still, and throws the `Fault` that a step would be refused with. */
  standReady(): void
  /** Does the ordinary step by one batch, at once. */
  stepNow(): void
  /** Has a frame sent. */
  revision: number
}

/** The step that is shown, the operation of it, and whether the run has taken it. */
export interface OpenOperation {
  readonly apart: StepApart
  readonly phase: number
  readonly isTaken: boolean
}

/** A step by operations. Whatever else is done to the run closes it. */
export class Operations {
  readonly #run: Stepper
  #open: OpenOperation | null = null

  constructor(run: Stepper) {
    this.#run = run
  }

  /** The step that is shown; null while none is. */
  get open(): OpenOperation | null {
    return this.#open
  }

  /** The operations of any step. */
  get phases(): readonly Phase[] {
    return phasesOf(this.#run.session.layers.length)
  }

  /** The operation that is shown; null while none is. */
  get phase(): Phase | null {
    return this.phases[this.#open?.phase ?? -1] ?? null
  }

  /** Goes to another operation, at the end of a step on to the next one; begins where none is shown. Throws the `Fault` of what refuses it. */
  move(to: OperationMove): void {
    if (to === 'leave') {
      this.close()
      return
    }
    const last = this.phases.length - 1
    const isOver = this.#open === null || (this.#open.phase === last && to === 'next')
    if (isOver && to === 'back') return
    const { apart, phase, isTaken } = isOver ? this.#begin() : (this.#open ?? this.#begin())
    const wanted = { next: isOver ? 0 : phase + 1, back: phase - 1, finish: last }
    const next = Math.max(0, Math.min(last, typeof to === 'number' ? to : wanted[to]))
    this.#show({ apart, phase: next, isTaken })
    if (next === last && !isTaken) this.#take(apart, next)
  }

  /** Shows none any more; what the run has taken stays taken. */
  close(): void {
    if (this.#open === null) return
    this.#open = null
    this.#run.revision++
  }

  /** What a frame says of it, for who looks at a row of the batch. */
  state(row: number): OperationState | null {
    if (this.#open === null) return null
    const { apart, phase, isTaken } = this.#open
    const rows = apart.samples.length
    const at = Math.min(row, rows - 1)
    return { step: apart.rehearsal.batch.step, phase, rows, row: at, sample: apart.samples[at] ?? 0, isTaken }
  }

  #begin(): OpenOperation {
    this.#run.standReady()
    return { apart: takeApart(this.#run.session), phase: 0, isTaken: false }
  }

  #show(open: OpenOperation): void {
    this.#open = open
    this.#run.revision++
  }

  /** The update is the ordinary step, which closes what is shown; a divergence leaves nothing to show. */
  #take(apart: StepApart, phase: number): void {
    this.#run.stepNow()
    if (this.#run.session.status !== 'diverged') this.#show({ apart, phase, isTaken: true })
  }
}
