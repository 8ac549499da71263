/** One run: a session with what drives it (play, speed, edits, curve) and what describes it to the page. */
import type { Kernels } from '../../core/exec/wasm.ts'
import { heapsOf } from '../../core/explain/histogram.ts'
import { parametersHash } from '../../core/io/hash.ts'
import type { FaultRecord, Metrics, PaintedPoint, ShapeChange, TaughtStep } from '../../core/spec/index.ts'
import { Fault, faultRecord, haveSameData } from '../../core/spec/index.ts'
import { heldGroups } from '../../core/train/groups.ts'
import { Session, type SessionState } from '../../core/train/session.ts'
import { whyStopped } from '../../core/train/stopping.ts'
import type { Edit, PointSet, RunInfo, RunStatus, StepUnit } from '../../shared/protocol.ts'
import { ByHand } from './by-hand.ts'
import { type Course, createCourse } from './course.ts'
import { createCurve } from './curve.ts'
import { datasetOf, pointsOf } from './drawn.ts'
import { createEditLog, type EditLog } from './edits.ts'
import type { Present } from './moments.ts'
import { odditiesOf } from './oddities.ts'
import { Operations } from './operations.ts'
import { createPace, type Pace } from './pace.ts'
import { keepTableOf } from './tables.ts'

/** Every epoch of the first so many has its point on the curve. */
const DENSE_EPOCHS = 200
/** After them, points at most this often: four a frame. */
const POINT_MS = 4
/** Evaluation takes at most about an eighth of the time, unless an epoch is this long. */
const EVALUATION_SHARE = 8
const LONGEST_GAP_MS = 100
/** At most so many steps a second, automatic praise tells what each of them moved. */
const TOLD_STEPS = 30
/** Networks up to this size have histograms over time; looking at larger ones would be felt. */
const LOOKED_PARAMETERS = 500_000

export { datasetOf } from './drawn.ts'

/** What a new worker needs to go on with a run. */
export interface RunState {
  readonly id: string
  readonly version: number
  readonly file: string | null
  readonly session: SessionState
  readonly curve: Float32Array
  readonly edits: readonly Edit[]
  readonly stepsPerSecond: number | null
  readonly trainedMs: number
}

interface Goal {
  /** Null plays until something stops it. */
  readonly unit: StepUnit | null
  readonly done: () => void
}

export class Run {
  readonly id: string
  readonly session: Session
  readonly edits: EditLog<SessionState>
  /** What is kept of its training so far; another object once it starts over. */
  course: Course
  readonly pace: Pace = createPace()
  /** The next step taken apart, while somebody goes through it. */
  readonly operations: Operations = new Operations(this)
  /** Grows with all that a frame could show. */
  revision = 1
  version = 1
  file: string | null = null
  readonly #byHand: ByHand
  #present: Present | null = null
  #goal: Goal | null = null
  #metrics: Metrics | null = null
  #evaluatedAt = Number.NEGATIVE_INFINITY
  #evaluationMs = 0

  constructor(id: string, session: Session, saved?: RunState) {
    this.id = id
    this.session = session
    this.edits = createEditLog(saved?.edits)
    this.course = createCourse(createCurve(saved?.curve), saved?.trainedMs)
    this.#byHand = new ByHand(this)
    if (saved === undefined) return
    this.version = saved.version + 1
    this.file = saved.file
    this.pace.setLimit(saved.stepsPerSecond, performance.now())
  }

  /** Goes on from a run that another worker left. */
  static restore(saved: RunState, kernels: Kernels): Run {
    keepTableOf(saved.session)
    return new Run(saved.id, Session.restore(saved.session, datasetOf(saved.session.recipe), kernels), saved)
  }

  save(): RunState {
    const { id, version, file, pace, course } = this
    return {
      id,
      version,
      file,
      // What is saved is given away, so a present that is still needed goes as a copy.
      session: this.#present === null ? this.session.snapshot() : structuredClone(this.#present.state),
      curve: course.curve.since(-1),
      edits: this.edits.edits,
      stepsPerSecond: pace.limit,
      trainedMs: course.trainedMs,
    }
  }

  get playing(): boolean {
    return this.#goal !== null
  }

  get status(): RunStatus {
    if (this.#goal !== null) return 'running'
    const { status, step } = this.session
    if (status !== 'ready') return status
    return step === 0 ? 'ready' : 'paused'
  }

  get fault(): FaultRecord | null {
    return this.session.fault === null ? null : faultRecord(this.session.fault)
  }

  /** Loss and accuracy as last measured; measured anew when an edit made them wrong. */
  get metrics(): Metrics {
    return this.#metrics ?? this.#evaluate()
  }

  info(): RunInfo {
    const { recipe, dataset, layers, parameters, parameterCount, stepsPerEpoch, hand } = this.session
    return {
      run: this.id,
      version: this.version,
      recipe,
      task: dataset.task,
      layers,
      parameters,
      parameterCount,
      trainSamples: dataset.train.count,
      testSamples: dataset.test.count,
      contexts: dataset.contexts,
      stepsPerEpoch,
      file: this.file,
      holds: hand.holds.list(parameters),
      heldGroups: heldGroups(this.session, hand.holds),
      notices: this.notices(),
    }
  }

  /** What is odd about the data and what was praised by hand. */
  notices(): readonly FaultRecord[] {
    return odditiesOf(this.session, this.edits.undoable)
  }

  points(): PointSet {
    return pointsOf(this.session.dataset)
  }

  hash(): string {
    return parametersHash(this.session.parameters, this.session.readParameters())
  }

  /** Trains until it is paused or stops by itself. */
  play(now: number): void {
    if (this.#goal?.unit === null) return
    this.#begin({ unit: null, done: () => {} }, now)
  }

  /** Trains one batch or sample, or to the end of the epoch; resolves when that is done or something else stopped it. */
  step(unit: StepUnit, now: number): Promise<void> {
    return new Promise((resolve) => this.#begin({ unit, done: resolve }, now))
  }

  /** See `operations.ts` for these two. */
  standReady(): void {
    this.#insistOnReady()
    this.pause()
  }
  stepNow(): void {
    this.#begin({ unit: 'batch', done: () => {} }, performance.now())
    while (this.playing) this.advance(LONGEST_GAP_MS)
  }

  pause(): void {
    if (this.#goal === null) return
    const { done } = this.#goal
    this.#goal = null
    this.revision++
    done()
  }

  /** Back to the start with the same first parameters; can be taken back. */
  rewind(now: number): void {
    this.pause()
    this.lookAt(null)
    this.#byHand.rewind(now)
  }

  /** Trains for about this long and at most `room` steps; the loop calls it again while the run plays. */
  advance(sliceMs: number, room = Number.POSITIVE_INFINITY): void {
    const end = performance.now() + sliceMs
    const last = this.session.step + room
    for (let now = performance.now(); this.#goal !== null && now < end; ) {
      const most = last - this.session.step
      const { unit } = this.#goal
      const isSingle = unit === 'batch' || unit === 'sample'
      const count = Math.min(most, isSingle ? 1 : this.pace.chunk(now))
      if (count === 0) return
      if (this.course.curve.lastStep < 0) this.#addPoint()
      const { limit } = this.pace
      this.session.tellsMoved = isSingle || (limit !== null && limit <= TOLD_STEPS)
      this.note()
      const done = unit === 'sample' ? this.session.train(1, 1) : this.session.train(count)
      const after = performance.now()
      this.pace.did(done, after - now, after)
      this.course.trainedMs += after - now
      if (done > 0) this.#trained()
      const { seconds } = this.session.recipe.training.stop
      if (seconds > 0 && this.course.trainedMs >= seconds * 1000) this.session.finish('seconds')
      this.note()
      this.#afterTraining(done, after)
      now = after
    }
  }

  /** Applies one edit between steps. Throws a `Fault` and changes nothing where the value is not allowed. */
  edit(path: string, value: unknown, now: number): void {
    this.#insistOnPresent()
    this.#byHand.edit(path, value, now)
  }

  /** Paints points and takes others out, as one step of undo with all of the same stroke. */
  paint(stroke: number, put: readonly PaintedPoint[], take: readonly PaintedPoint[]): void {
    this.#insistOnPresent()
    this.#byHand.paint(stroke, put, take)
  }

  /** Changes the layers, saying which stop goes on as which. */
  reshape(change: ShapeChange, now: number): void {
    this.#byHand.reshape(change, now)
  }

  /** Rewards an answer by hand: one step, which can be taken back. */
  reward(context: string, answer: number, reward: number): TaughtStep {
    this.#insistOnPresent()
    return this.#byHand.reward(context, answer, reward)
  }

  /** Takes the last edit or praise back; false where there is none. */
  undo(): boolean {
    this.lookAt(null)
    return this.#byHand.undo()
  }

  /** Makes what was taken back last again; false where there is none. */
  redo(): boolean {
    this.lookAt(null)
    return this.#byHand.redo()
  }

  /** Takes the best numbers measured so far; can be taken back. */
  takeBest(): void {
    this.#insistOnPresent()
    this.pause()
    this.#byHand.takeBest()
  }

  /** The step that the run is at, when it shows a past one; null when it shows the present. */
  get presentStep(): number | null {
    return this.#present?.state.step ?? null
  }

  /** Shows the last moment kept at or before a step, whole; null goes back to the present. Nothing of it is lost. */
  lookAt(step: number | null): void {
    if (step === null && this.#present === null) return
    this.pause()
    const present = this.#present ?? { state: this.session.snapshot(), remind: this.session.stopping.remember() }
    const past = step === null || step >= present.state.step ? null : this.course.moments.at(step)
    if (past === null && this.#present === null) return
    this.#show(past ?? present.state)
    this.#present = past === null ? null : present
    if (past === null) present.remind()
    this.changed()
  }

  /** Goes on from the moment that is shown; what came after it can be had back by undo. */
  goOn(): void {
    const present = this.#present
    if (present === null) return
    this.#present = null
    this.#byHand.goOnFrom(present.state)
  }

  #show(state: SessionState): void {
    const { recipe, dataset } = this.session
    this.session.become(state, haveSameData(recipe, state.recipe) ? dataset : datasetOf(state.recipe))
    if (JSON.stringify(recipe) !== JSON.stringify(this.session.recipe)) this.version++
  }

  /** What changes a run changes its present; throws `RUN-008` while a past moment is shown. */
  #insistOnPresent(): void {
    if (this.#present !== null) throw new Fault('RUN-008', { step: this.session.step })
  }

  /** What was measured and what a frame showed is no longer so; of unfinished data nothing is learned. */
  changed(): void {
    this.operations.close()
    if (this.session.dataset.unfinished !== undefined) this.pause()
    this.#metrics = null
    this.revision++
  }

  dispose(): void {
    this.pause()
    this.session.dispose()
  }

  #insistOnReady(): void {
    this.#insistOnPresent()
    const refusal = whyStopped(this.session)
    if (refusal !== null) throw refusal
  }

  #begin(goal: Goal, now: number): void {
    this.#insistOnReady()
    this.operations.close()
    this.#goal?.done()
    this.#goal = goal
    this.pace.start(now)
    this.revision++
  }

  #afterTraining(done: number, now: number): void {
    const { session } = this
    if (done > 0 && session.atEpochEnd) this.#evaluateAtEpochEnd(now)
    const unit = this.#goal?.unit
    const reached = unit === 'epoch' ? session.atEpochEnd : typeof unit === 'string' && done > 0
    if (!reached && session.status === 'ready' && done > 0) return
    // Whoever looks at a run that stands still wants the numbers of this very step.
    this.#metrics = null
    if (session.status === 'finished' && this.course.curve.lastStep < session.step) this.#addPoint()
    this.pause()
    if (session.stopping.reason === 'patience' && session.stopping.best !== null) this.#byHand.takeBest()
  }

  #evaluateAtEpochEnd(now: number): void {
    const gap = Math.max(POINT_MS, Math.min(LONGEST_GAP_MS, EVALUATION_SHARE * this.#evaluationMs))
    const stops = this.#goal?.unit !== null
    if (stops || this.session.epoch <= DENSE_EPOCHS || now - this.#evaluatedAt >= gap) this.#addPoint()
  }

  #addPoint(): void {
    this.course.curve.add(this.session.epoch, this.session.step, this.#evaluate())
  }

  #evaluate(): Metrics {
    const from = performance.now()
    const metrics = this.session.measure()
    this.#metrics = metrics
    this.#evaluatedAt = performance.now()
    this.#evaluationMs = this.#evaluatedAt - from
    return metrics
  }

  /** Looks at the parameters for their history, and at all layers for theirs. */
  note(): void {
    this.course.trail.note(this.session.step, () => this.session.readParameters())
    this.course.moments.note(this.session.step, performance.now(), () => this.session.snapshot())
    if (this.session.parameterCount > LOOKED_PARAMETERS) return
    this.course.heaps.note(this.session.step, performance.now(), () => heapsOf(this.session))
  }

  #trained(): void {
    this.#byHand.trained()
    this.revision++
  }

  /** Training begins again: curve and history are another's. */
  startOver(): void {
    this.course = createCourse()
    this.changed()
  }
}
