/** Forks: a second run that begins at a moment of another, bit for bit, and trains abreast of it. */
import type { Kernels } from '../../core/exec/wasm.ts'
import { diagnose } from '../../core/explain/divergence.ts'
import type { Divergence, Recipe } from '../../core/spec/index.ts'
import type { SessionState } from '../../core/train/session.ts'
import { createCurve, lowestStep } from './curve.ts'
import { datasetOf, Run } from './run.ts'

/** At most so many steps one of two runs is ahead of the other while both train, and at most an epoch. */
const MOST_AHEAD = 100

/**
 * A run of its own that begins where `run` stood at the last moment kept at or before `step` (null: where it stands, or
 * at the past moment that it shows), with the curve and the edits up to there.
 */
export function forkOf(run: Run, id: string, step: number | null, kernels: Kernels): Run {
  const past = step === null ? null : run.course.moments.at(step)
  const state = past === null ? run.session.snapshot() : structuredClone(past)
  const curve = createCurve(run.course.curve.since(-1))
  curve.cut(state.step)
  const { pace, version } = run
  const { trainedMs } = run.course
  const edits = run.edits.edits.filter((edit) => edit.step <= state.step)
  const points = curve.since(-1)
  const saved = { id, version, file: null, session: state, curve: points, edits, stepsPerSecond: pace.limit, trainedMs }
  return Run.restore(saved, kernels)
}

/** What two states must share so that one session can become either. */
const kin = ({ data, network, seed, training }: Recipe): string =>
  JSON.stringify([data, network, seed, training.optimizer.name, training.initializer])

/** The moment with the lowest loss of those kept, else where the run stands after it was put back. */
function calmMoment({ course: { curve, moments }, session }: Run): SessionState {
  const kept = moments.at(lowestStep(curve.since(-1)))
  return kept !== null && kin(kept.recipe) === kin(session.recipe) ? kept : session.snapshot()
}

/** Why a run diverged; null where it did not. */
export function whyDiverged(run: Run): Divergence | null {
  return run.session.status === 'diverged' ? diagnose(run.session, calmMoment(run), datasetOf) : null
}

/** Pairs of runs of which neither leaves the other behind. */
export class Pairs {
  readonly #partners = new Map<string, string>()

  join(one: string, other: string): void {
    this.part(one)
    this.part(other)
    this.#partners.set(one, other)
    this.#partners.set(other, one)
  }

  part(id: string): void {
    const other = this.#partners.get(id)
    this.#partners.delete(id)
    if (other !== undefined) this.#partners.delete(other)
  }

  /** The one of the runs that trains abreast of the run of this id. */
  partner(id: string, playing: readonly Run[]): Run | undefined {
    return playing.find((run) => run.id === this.#partners.get(id))
  }

  /** How many steps a run may train before it waits for its partner; infinity where none trains. */
  room(run: Run, playing: readonly Run[]): number {
    const partner = this.partner(run.id, playing)
    if (partner === undefined) return Number.POSITIVE_INFINITY
    const ahead = Math.min(MOST_AHEAD, run.session.stepsPerEpoch)
    return Math.max(0, partner.session.step + ahead - run.session.step)
  }
}
