/** A run's next step taken apart: which operation of it is shown. Until the update is, nothing of the run has changed. */
import { rowOfStops, type StepApart, takeApart } from '../../core/explain/apart.ts'
import { wantedRow } from '../../core/explain/loss-lines.ts'
import { type OperationMove, type OperationState, type Phase, phasesOf } from '../../core/spec/index.ts'
import type { Session } from '../../core/train/session.ts'
import type { Lens, SectionName } from '../../shared/protocol.ts'

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

/** The step's gradients as far back as it is shown; what is not worked out yet is 0. */
function gradientsSoFar(
  { parameters }: Session,
  { apart }: OpenOperation,
  { kind, layer: shown }: Phase,
): Float32Array {
  const gradients = Float32Array.from(apart.rehearsal.gradients)
  const first = { forward: Number.POSITIVE_INFINITY, loss: Number.POSITIVE_INFINITY, backward: shown ?? 0, update: 0 }
  for (const { layer, offset, size } of parameters) if (layer < first[kind]) gradients.fill(0, offset, offset + size)
  return gradients
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

  /** What a frame shows of it, in place of what the run itself shows. */
  addSections(lens: Lens, sections: Map<SectionName, Float32Array>): void {
    const { session } = this.#run
    const [open, phase, state] = [this.#open, this.phase, this.state(lens.batchRow ?? 0)]
    if (open === null || phase === null || state === null) return
    const { apart } = open
    const before = Float32Array.from(apart.rehearsal.before[0])
    if (phase.kind === 'update') sections.set('before', before)
    else if (lens.parameters) sections.set('parameters', before)
    if (lens.gradients || phase.kind === 'backward') sections.set('gradients', gradientsSoFar(session, open, phase))
    for (const kind of ['sums', 'activations', 'deltas'] as const) {
      sections.set(kind, rowOfStops(session, apart, state.row, kind))
    }
    sections.set('wanted', wantedRow({ session, apart, row: state.row }))
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
