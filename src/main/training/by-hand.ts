/** What a person does to a run: edits, holds, praise; all of it on one stack of undo. */
import {
  type Continuation,
  editRecipe,
  Fault,
  haveSameData,
  type PaintedPoint,
  repainted,
  reshape,
  type ShapeChange,
  type TaughtStep,
  wayBack,
} from '../../core/spec/index.ts'
import { isLive } from '../../core/train/change.ts'
import type { ChangeEffect, Session, SessionState } from '../../core/train/session.ts'
import { holdGroup, holdPlaces } from '../../core/train/touch.ts'
import { type Course, createCourse, cutCourse } from './course.ts'
import { datasetOf } from './drawn.ts'
import { type GroupPath, type ParameterPath, splitPath } from './edit-path.ts'
import { type Change, type EditLog, inBrief, type Kept, MAX_KEPT_BYTES, PAINTING, type Way } from './edits.ts'
import { stateBytes } from './moments.ts'
import { keepTableOf } from './tables.ts'

/** Path under which praise stands among the edits. */
const PRAISE = 'praise'
/** Path of going on from a past moment, and of taking the best numbers. */
const MOMENT = 'moment'
const BEST = 'best'
/** Path of starting over with the same first parameters. */
const REWIND = 'rewind'
/** What is taken back and made again, with what was trained since, by its kept state alone; praise is given again. */
const JUMPS: ReadonlySet<string> = new Set([MOMENT, BEST, REWIND])
/** Characters of a wrong value that a message repeats. */
const MAX_SHOWN = 64

/** Path of the list of layers. */
const NETWORK = 'network'

/** What an edit did; `places` are the parameters that were held or let go. */
interface Applied extends ChangeEffect {
  readonly places?: readonly number[]
}

/** What a run lets be done to it. */
export interface Owner {
  readonly id: string
  readonly session: Session
  readonly edits: EditLog<SessionState>
  course: Course
  version: number
  changed(): void
  startOver(): void
  note(): void
}

/** What an edit of `praise` says: a step that was taught by hand. */
interface Praise {
  readonly context: string
  readonly answer: string
  readonly reward: number
}

/** True for what an edit of `praise` says. */
export function isPraise(value: unknown): value is Praise {
  return typeof value === 'object' && value !== null && 'reward' in value && 'context' in value && 'answer' in value
}

/**
 * Edits, praise, undo and redo of a run.
 *
 * A praise is taken back by going to the state before it, bit for bit, together with what was trained since; making it
 * again brings that back. An edit that takes numbers away (another shape, another optimizer, a new seed) goes back to its
 * kept state where nothing was trained in between; otherwise the old value is put back and what was learned stays.
 */
export class ByHand {
  readonly #run: Owner
  /** A new number whenever something was trained; an old one again when its state is put back. */
  #stamp = 0
  #stamps = 0

  constructor(run: Owner) {
    this.#run = run
  }

  /** Applies one edit between steps. Throws a `Fault` and changes nothing where the value is not allowed. */
  edit(path: string, value: unknown, now: number): void {
    // What a change of shape takes away could not be put back by the old value alone.
    const takesNothing = isLive(path) || splitPath(path) !== null
    const kept = takesNothing || this.#isLarge ? null : this.#keep()
    const { from, to, places } = this.#apply(path, value)
    if (JSON.stringify(from) === JSON.stringify(to)) return
    const change = { path, from, to, kept: this.#lean(kept), stamp: this.#stamp }
    this.#run.edits.done(places === undefined ? change : { ...change, places }, now)
  }

  /** Paints points and takes others out; `stroke` is the movement of the hand that this belongs to. */
  paint(stroke: number, put: readonly PaintedPoint[], take: readonly PaintedPoint[]): void {
    const { data } = this.#run.session.recipe
    if (data.source !== 'points' || data.shape !== 'drawn') throw new Fault('EDIT-007', {}, 'data.shape')
    const kept = this.#isLarge ? null : this.#keep()
    const { from, to } = this.#apply(PAINTING, repainted(data.points ?? [], put, take), undefined, stroke)
    this.#run.edits.done({ path: PAINTING, from, to, kept: this.#lean(kept), stamp: this.#stamp, stroke }, 0)
  }

  /** Changes the layers: which stop goes on as which is part of the change. */
  reshape(how: ShapeChange, now: number): void {
    const before = this.#run.session.recipe.network
    const { network, continuation } = reshape(before, how)
    const kept = this.#isLarge ? null : this.#keep()
    const { from, to } = this.#apply(NETWORK, network, continuation)
    if (JSON.stringify(from) === JSON.stringify(to)) return
    const ways = { forth: continuation, back: wayBack(continuation, before) }
    this.#run.edits.done({ path: NETWORK, from, to, kept: this.#lean(kept), stamp: this.#stamp, ways }, now)
  }

  /** Rewards an answer by hand: one step, which can be taken back. */
  reward(context: string, answer: number, reward: number): TaughtStep {
    this.#run.note()
    const kept = this.#keep()
    const taught = this.#run.session.reward(context, answer, reward)
    this.#taught(taught, this.#lean(kept))
    return taught
  }

  /**
   * Back to step 0 with the same first parameters. Where it follows at once on an edit of the network or the like, both
   * are one: a new start with the edit.
   */
  rewind(now: number): void {
    const { session, edits } = this.#run
    const edit = edits.recent(now)
    const isOne = edit !== null && edit.kept !== null && edit.stamp === this.#stamp && !JUMPS.has(edit.path)
    const first = session.step === 0 ? session.readParameters().slice() : null
    const kept = this.#keep()
    session.rewind()
    this.#run.startOver()
    this.trained()
    if (isOne && edit.kept !== null) {
      const { way = kept.way } = edit.kept
      edits.takeBack()
      edits.done({ ...edit, kept: this.#lean({ ...edit.kept, way }), stamp: this.#stamp }, now)
      return
    }
    const fresh = session.readParameters()
    if (first?.every((value, i) => value === fresh[i]) === true) return
    const change = { path: REWIND, from: kept.state.step, to: 0, kept: this.#lean(kept), stamp: this.#stamp }
    edits.done(change, now)
  }

  /** Takes the best numbers measured so far; steps count on. Throws `RUN-007` where there are none. */
  takeBest(): void {
    const { session } = this.#run
    const { best } = session.stopping
    const kept = this.#keep()
    session.takeBest()
    this.#jumped(BEST, session.epoch, best?.epoch ?? session.epoch, kept.state)
  }

  /** The run goes on from the past moment that it shows; `present` is where it was. */
  goOnFrom(present: SessionState): void {
    const { session } = this.#run
    this.#cut()
    this.#jumped(MOMENT, present.step, session.step, present)
  }

  #jumped(path: string, from: number, to: number, state: SessionState): void {
    const kept = { state, sizeBytes: stateBytes(state), stamp: this.#stamp }
    this.trained()
    this.#record(path, from, to)
    this.#run.edits.done({ path, from, to, kept, stamp: this.#stamp }, 0)
  }

  #cut(): void {
    cutCourse(this.#run.course, this.#run.session.step)
  }

  /** Takes the last edit or praise back; false where there is none. */
  undo(): boolean {
    const change = this.#run.edits.takeBack()
    if (change === null) return false
    const kept = change.kept === null ? null : this.#keep()
    const isExact = JUMPS.has(change.path) || change.path === PRAISE || change.stamp === this.#stamp
    if (change.kept !== null && isExact) this.#become(change.kept, change.path, change.to, change.from)
    else this.#restore(change, change.from, change.ways?.back)
    this.#run.edits.tookBack({ ...change, kept: this.#lean(kept), stamp: this.#stamp })
    return true
  }

  /** Makes what was taken back last again; false where there is none. */
  redo(): boolean {
    const change = this.#run.edits.takeAgain()
    if (change === null) return false
    const kept = change.kept === null ? null : this.#keep()
    if (change.kept !== null && (JUMPS.has(change.path) || change.stamp === this.#stamp)) {
      this.#become(change.kept, change.path, change.from, change.to)
    } else if (isPraise(change.to)) this.#praiseAgain(change.to)
    else this.#restore(change, change.to, change.ways?.forth)
    this.#run.edits.tookAgain({ ...change, kept: this.#lean(kept), stamp: this.#stamp })
    return true
  }

  /** Puts a value back that an edit had changed: of a stop or a layer, just the parameters that it had changed. */
  #restore({ path, from, to, places }: Change<SessionState>, value: unknown, way: Continuation | undefined): void {
    const parts = splitPath(path)
    if (places === undefined || parts?.kind !== 'group') {
      this.#apply(path, value, way)
      return
    }
    holdPlaces(this.#run.session, places, parts.hold, value === true)
    this.#record(path, value === to ? from : to, value)
    this.#run.version++
  }

  /** True where one state alone is more than undo may take: then an edit keeps none, and only its value is put back. */
  get #isLarge(): boolean {
    const { parameterCount, workshop } = this.#run.session
    return parameterCount * (1 + workshop.at.slots.length) * Float32Array.BYTES_PER_ELEMENT > MAX_KEPT_BYTES
  }

  /** The present, with the way to it. */
  #keep(): Kept<SessionState> & { readonly way: Way } {
    const { session, course } = this.#run
    const state = session.snapshot()
    const way = { course, remind: session.stopping.remember() }
    return { state, sizeBytes: stateBytes(state), stamp: this.#stamp, way }
  }

  /** What is kept once a change was made: the way to it where training started over, else it is still the run's own. */
  #lean(kept: Kept<SessionState>): Kept<SessionState>
  #lean(kept: Kept<SessionState> | null): Kept<SessionState> | null
  #lean(kept: Kept<SessionState> | null): Kept<SessionState> | null {
    if (kept?.way === undefined) return kept
    const { state, sizeBytes, stamp, way } = kept
    if (way.course === this.#run.course) return { state, sizeBytes, stamp }
    return { ...kept, sizeBytes: sizeBytes + way.course.moments.sizeBytes }
  }

  /** Goes to a kept state, bit for bit. */
  #become({ state, stamp, way }: Kept<SessionState>, path: string, from: unknown, to: unknown): void {
    const { session } = this.#run
    const { recipe } = session
    keepTableOf(state)
    session.become(state, haveSameData(recipe, state.recipe) ? session.dataset : datasetOf(state.recipe))
    this.#stamp = stamp
    if (way !== undefined) this.#run.course = way.course
    way?.remind()
    this.#record(path, from, to)
    this.#cut()
    this.#run.version++
  }

  #praiseAgain({ context, answer, reward }: Praise): void {
    const place = this.#run.session.dataset.outputNames.indexOf(answer)
    if (place < 0) throw new Fault('TEACH-002', { given: answer, count: this.#run.session.dataset.outputWidth })
    this.#record(PRAISE, null, { context, answer, reward })
    this.#run.session.reward(context, place, reward)
    this.trained()
  }

  #taught({ context, text, reward }: TaughtStep, kept: Kept<SessionState>): void {
    const to: Praise = { context, answer: text, reward }
    this.#record(PRAISE, null, to, kept.state.step)
    this.trained()
    this.#run.edits.done({ path: PRAISE, from: null, to, kept, stamp: this.#stamp }, 0)
    this.#run.note()
  }

  #record(path: string, from: unknown, to: unknown, step = this.#run.session.step, stroke?: number): void {
    const { id, session } = this.#run
    this.#run.changed()
    // The curve begins there anyway.
    if (path === REWIND) return
    const edit = { run: id, step, epoch: session.epoch, path, from: inBrief(path, from), to: inBrief(path, to) }
    this.#run.edits.record(stroke === undefined ? edit : { ...edit, stroke })
  }

  /** Takes note that parameters were trained. */
  trained(): void {
    this.#stamp = ++this.#stamps
  }

  #apply(path: string, value: unknown, continuation?: Continuation, stroke?: number): Applied {
    const { step } = this.#run.session
    const parts = splitPath(path)
    const effect: Applied = parts === null ? this.#change(path, value, continuation) : this.#touch(parts, path, value)
    this.#record(path, effect.from, effect.to, step, stroke)
    if (parts === null || parts.hold !== null) this.#run.version++
    const { course } = this.#run
    if (effect.restarted) this.#run.startOver()
    else if (effect.reshaped) this.#run.course = createCourse(course.curve, course.trainedMs)
    return effect
  }

  #change(path: string, value: unknown, continuation?: Continuation): ChangeEffect {
    const { session } = this.#run
    const recipe = editRecipe(session.recipe, path, value)
    const dataset = haveSameData(session.recipe, recipe) ? undefined : datasetOf(recipe)
    return session.change(path, value, dataset, continuation)
  }

  #touch(parts: ParameterPath | GroupPath, path: string, value: unknown): Applied {
    if (parts.kind === 'parameter') return this.#setParameter(parts, value)
    if (typeof value !== 'boolean') throw new Fault('EDIT-004', { given: String(value).slice(0, MAX_SHOWN) }, path)
    return holdGroup(this.#run.session, parts, parts.hold, value)
  }

  #setParameter({ name, index, hold }: ParameterPath, value: unknown): ChangeEffect {
    const at = `parameters.${name}.${index}`
    const size = this.#run.session.parameters.find((parameter) => parameter.name === name)?.size ?? 0
    if (index >= size) throw new Fault('EDIT-001', { name: `${name}.${index}`.slice(0, MAX_SHOWN) }, at)
    if (hold !== null) {
      if (typeof value !== 'boolean') throw new Fault('EDIT-004', { given: String(value).slice(0, MAX_SHOWN) }, at)
      return this.#run.session.hold(name, index, hold, value)
    }
    if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) {
      throw new Fault('EDIT-002', { given: String(value).slice(0, MAX_SHOWN) }, at)
    }
    return this.#run.session.setParameter(name, index, value)
  }
}
