/** A network being trained: a plain object driven from outside, one batch after the other. */
import type { Dataset } from '../data/dataset.ts'
import type { Kernels } from '../exec/wasm.ts'
import { contributionsOf } from '../explain/contributions.ts'
import { startValues } from '../nn/initialize.ts'
import type { Continuation, LayerInfo, Metrics, ParameterInfo, Recipe, Said, TaughtStep } from '../spec/index.ts'
import { editRecipe, Fault, learnsByPraise, likelyContinuation, recipeValue } from '../spec/index.ts'
import { Backups, backupSteps, type Place } from './backups.ts'
import { type ChangeEffect, isLive, shapeOf } from './change.ts'
import { Hand } from './hand.ts'
import { keepState } from './keep.ts'
import { activationsOf, type Inspection, inspectRow, predictRows } from './look.ts'
import type { Machine } from './machine.ts'
import { asFloat32, type Housed, house, type SessionOptions, startOver } from './make.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import { type SessionState, stateOf, writeState } from './state.ts'
import { Stopping } from './stopping.ts'
import { praiseRows, rewardAnswer, say } from './teach.ts'
import { holdParameter, setParameter } from './touch.ts'
import type { Workshop } from './workshop.ts'

export type { ChangeEffect } from './change.ts'
export type { SessionOptions } from './make.ts'
export type { SessionState } from './state.ts'

export type SessionStatus = 'ready' | 'finished' | 'diverged'

export class Session {
  readonly #kernels: Kernels
  readonly #options: SessionOptions
  #housed: Housed
  readonly #place: Place = { step: 0, epoch: 0, cursor: 0 }
  #status: SessionStatus = 'ready'
  #fault: Fault | null = null
  readonly #backups = new Backups()
  readonly hand = new Hand()
  readonly stopping = new Stopping()
  /** Whether automatic praise tells what moved; it costs more than the step itself. */
  tellsMoved = true
  #taught: TaughtStep | null = null

  private constructor(recipe: Recipe, dataset: Dataset, kernels: Kernels, options: SessionOptions) {
    this.#kernels = kernels
    this.#options = options
    this.#housed = house(recipe, dataset, kernels, options)
  }

  /** A session at step 0. Throws a `Fault` where data and network do not go together. */
  static create(recipe: Recipe, dataset: Dataset, kernels: Kernels, options: SessionOptions = {}): Session {
    const session = new Session(recipe, dataset, kernels, options)
    session.rewind()
    return session
  }

  /** A session that goes on exactly where the snapshot was taken. Throws `MODEL-…` faults for tensors that do not fit. */
  static restore(state: SessionState, dataset: Dataset, kernels: Kernels, options: SessionOptions = {}): Session {
    const session = new Session(state.recipe, dataset, kernels, options)
    session.#load(state)
    return session
  }

  get #machine(): Machine {
    return this.#housed.machine
  }
  get recipe(): Recipe {
    return this.#housed.recipe
  }
  get workshop(): Workshop {
    return this.#machine.workshop
  }
  get dataset(): Dataset {
    return this.#housed.dataset
  }
  get layers(): readonly LayerInfo[] {
    return this.#housed.network.layers
  }
  get parameters(): readonly ParameterInfo[] {
    return this.#housed.network.parameters
  }
  get parameterCount(): number {
    return this.#housed.network.parameterCount
  }
  get step(): number {
    return this.#place.step
  }
  /** Whole passes over the training data. */
  get epoch(): number {
    return this.#place.epoch
  }
  get status(): SessionStatus {
    return this.#status
  }
  /** Why training diverged; null otherwise. */
  get fault(): Fault | null {
    return this.#fault
  }
  /** The recipe's batch size, at most all rows; by praise one answer a step. */
  get batchSize(): number {
    if (learnsByPraise(this.recipe)) return 1
    return Math.min(this.recipe.training.batchSize, this.dataset.train.count)
  }
  get stepsPerEpoch(): number {
    return Math.ceil(this.dataset.train.count / Math.max(1, this.batchSize))
  }
  /** True right after a batch that ended an epoch. */
  get atEpochEnd(): boolean {
    return this.#place.step > 0 && this.#place.cursor === 0
  }

  /**
   * Trains at most `count` batches of `size` rows, to the end of the epoch at the latest; returns the number done. Throws
   * what the dataset calls unfinished.
   */
  train(count: number, size = this.batchSize): number {
    if (this.dataset.unfinished !== undefined) throw this.dataset.unfinished
    const rows = this.dataset.train.count
    const place = this.#place
    let done = 0
    while (done < count && this.#status === 'ready') {
      this.#machine.shuffle(place.epoch)
      this.#backups.keep(this.#machine, place)
      const left = rows - place.cursor
      const batch = Math.min(size, left)
      const most = Math.min(count - done, Math.floor(left / batch), backupSteps)
      const ran = this.#trainSome(batch, most)
      done += ran
      place.step += ran
      place.cursor += ran * batch
      const isEpochEnd = place.cursor >= rows
      if (isEpochEnd) {
        place.epoch++
        place.cursor = 0
      }
      if (!this.#machine.lossIsFinite) this.#diverge()
      else if (isEpochEnd) {
        const metrics = this.stopping.readsLoss ? this.measure() : null
        this.stopping.atEpochEnd(this.recipe.training.stop, place.epoch, metrics)
        if (this.stopping.reason !== null) this.#status = 'finished'
        break
      }
    }
    return done
  }

  /** The last step of praise or scolding; null before the first. */
  get taught(): TaughtStep | null {
    return this.#taught
  }

  /** Draws an answer to a context; see `teach.ts` for its faults and those of `reward`. */
  say(context: string, temperature = this.recipe.training.teaching.temperature): Said {
    return say(this, context, temperature)
  }

  /** Praises or scolds an answer: one policy-gradient step. */
  reward(context: string, answer: number, reward: number): TaughtStep {
    this.#taught = rewardAnswer(this, context, answer, reward, this.#place.step)
    this.#place.step++
    this.#resume()
    return this.#taught
  }

  /** At most `most` batches of `batch` rows from the place on; returns how many. */
  #trainSome(batch: number, most: number): number {
    const { step, cursor } = this.#place
    if (learnsByPraise(this.recipe)) {
      const { ran, taught } = praiseRows(this, { steps: most, cursor, first: step, isDetailed: this.tellsMoved })
      this.#taught = taught
      return ran
    }
    if (!this.hand.isBusy) return this.#machine.train(batch, most, cursor, step)
    return this.hand.around(this.workshop, most, step, (steps) => this.#machine.train(batch, steps, cursor, step))
  }

  /** What the next batch would do without holds, worked out and taken back. */
  rehearse(): Rehearsal {
    const { step, epoch, cursor } = this.#place
    this.#machine.shuffle(epoch)
    const rows = Math.min(this.batchSize, this.dataset.train.count - cursor)
    return rehearse(this.workshop, { rows, cursor, step }, () => this.#machine.train(rows, 1, cursor, step))
  }

  /** Mean loss and accuracy over all training and test data. */
  evaluate(): Metrics {
    return this.#machine.evaluate()
  }

  /** Evaluates, and keeps the state where its loss is the lowest so far. */
  measure(): Metrics {
    const metrics = this.evaluate()
    this.stopping.measured(metrics, this.#place, () => this.snapshot())
    return metrics
  }

  /** Ends training by a rule that only the host can follow: time. */
  finish(reason: 'seconds'): void {
    if (this.#status !== 'ready') return
    this.stopping.reason = reason
    this.#status = 'finished'
  }

  /** Takes the best numbers measured so far, the optimizer's too; steps count on. Throws `RUN-007` where there are none. */
  takeBest(): void {
    writeState(this.stopping.bestState, this.#housed)
    this.#backups.clear()
  }

  /** All parameters, tensor after tensor; a view, valid until the next call. */
  readParameters(): Float32Array {
    return asFloat32(this.#machine.read('parameters'))
  }

  /** Gradients of the last batch, laid as the parameters; zeros before the first. */
  readGradients(): Float32Array {
    return asFloat32(this.#machine.read('gradients'))
  }

  /** Probabilities or values for rows of inputs: [rows, inputWidth] -> [rows, outputWidth]. */
  predict(inputs: Float32Array): Float32Array {
    return predictRows(this.#housed, inputs)
  }

  /** What every stop computes for one row; see `look.ts`. */
  inspect(input: Float32Array): Inspection {
    return inspectRow(this.#housed, input)
  }

  /** All that every layer computes for many rows: [rows, inputWidth] -> [values, rows]. */
  activations(inputs: Float32Array): Float32Array {
    return activationsOf(this.#housed, inputs)
  }

  /** What each parameter carries towards an output for one row; see `explain/contributions.ts`. */
  contributions(input: Float32Array, destination: number): Float32Array {
    const pull = this.#machine.pullTowards(input, destination)
    return contributionsOf(this.#housed.network, this.readParameters(), input, pull)
  }

  /**
   * Changes one value of the recipe between two batches.
   *
   * What the update reads applies at once; other optimizers, batch sizes and activations keep all parameters; another
   * shape or other inputs keep what the two networks share; a new seed begins again. `dataset` is the data of the new
   * recipe where the path belongs to the data or is the seed; `continuation` says which layer and stop goes on as which
   * where the order does not. Throws a `Fault` and changes nothing when refused.
   */
  change(path: string, value: unknown, dataset?: Dataset, continuation?: Continuation): ChangeEffect {
    const before = this.recipe
    const recipe = editRecipe(before, path, value)
    const from = recipeValue(before, path)
    const to = recipeValue(recipe, path)
    const restarted = path === 'seed'
    if (isLive(path)) {
      this.#housed = { ...this.#housed, recipe }
      this.#machine.setTraining(recipe)
      this.#resume()
      return { path, from, to, reshaped: false, restarted }
    }
    const shape = shapeOf(this.#housed.network)
    const data = dataset ?? this.dataset
    const kept = this.#rebuild(recipe, data, continuation ?? likelyContinuation(before.network, recipe.network))
    if (restarted) this.rewind()
    else this.#resume()
    const reshaped = shape !== shapeOf(this.#housed.network) || dataset !== undefined
    return { path, from, to, reshaped, restarted, kept: restarted ? 0 : kept }
  }

  /** See `touch.ts` for these two and their faults. */
  setParameter(name: string, index: number, value: number): ChangeEffect {
    return setParameter(this, name, index, value)
  }
  hold(name: string, index: number, what: 'frozen' | 'off', isHeld: boolean): ChangeEffect {
    return holdParameter(this, name, index, what, isHeld)
  }

  /** Another session that goes on from here. */
  copy(): Session {
    return Session.restore(this.snapshot(), this.dataset, this.#kernels, this.#options)
  }

  /** Becomes exactly what it was at a snapshot; `dataset` is that of the snapshot's recipe. */
  become(state: SessionState, dataset: Dataset): void {
    if (dataset !== this.dataset || JSON.stringify(state.recipe) !== JSON.stringify(this.recipe)) {
      const old = this.#machine
      this.#housed = house(state.recipe, dataset, this.#kernels, this.#options)
      this.hand.watch.clear()
      old.dispose()
    }
    this.#load(state)
  }

  /** Everything that is needed to go on bit for bit; a copy. */
  snapshot(): SessionState {
    const held = { ...this.hand.counters(this.parameters), ...this.stopping.counters() }
    return stateOf(this.#housed, this.#place, held)
  }

  /** Back to step 0 with the same initial parameters. */
  rewind(): void {
    const values = startValues(this.parameters, this.recipe)
    this.hand.restart(values)
    this.#taught = null
    startOver(this.#housed, values)
    Object.assign(this.#place, { step: 0, epoch: 0, cursor: 0 })
    this.#backups.clear()
    this.stopping.restart(0)
    this.stopping.goOn(this.recipe.training.stop, 0)
    this.#status = 'ready'
    this.#fault = null
  }

  /** Frees the memory; the session is not used afterwards. */
  dispose(): void {
    this.#machine.dispose()
  }

  /** Sets all parameters between two batches. */
  writeParameters(values: Float32Array): void {
    this.#machine.write('parameters', values)
    this.#backups.clear()
    this.#resume()
  }

  /** Ready again after an edit, unless the stop rule still holds. */
  #resume(): void {
    this.#fault = null
    this.stopping.goOn(this.recipe.training.stop, this.#place.epoch)
    this.#status = this.stopping.reason === null ? 'ready' : 'finished'
  }

  #load(state: SessionState): void {
    writeState(state, this.#housed)
    const { epoch = 0, cursor = 0 } = state.counters
    // Other data than the snapshot's: the rows that it had seen are none of these, so the epoch begins anew.
    const isWithin = Number.isInteger(cursor) && cursor >= 0 && cursor < this.dataset.train.count
    Object.assign(this.#place, { step: state.step, epoch, cursor: isWithin ? cursor : 0 })
    this.hand.load(state.counters, this.parameters)
    this.stopping.load(state.counters, epoch)
    this.#taught = null
    this.#backups.clear()
    this.#resume()
  }

  /** Another recipe or other data; returns how many parameters stay. Throws `MEMORY-001` and changes nothing. */
  #rebuild(recipe: Recipe, dataset: Dataset, continuation: Continuation): number {
    const old = this.#housed
    const made = house(recipe, dataset, this.#kernels, this.#options)
    const sources = keepState(old, made, continuation)
    if (dataset !== old.dataset) this.#place.cursor = 0
    this.#housed = made
    this.hand.move(sources)
    this.#backups.clear()
    this.stopping.restart(this.#place.epoch)
    old.machine.dispose()
    return sources.reduce((sum, source) => sum + (source >= 0 ? 1 : 0), 0)
  }

  /** Goes back to the last state whose numbers are all finite and says why. */
  #diverge(): void {
    const { step } = this.#place
    const { learningRate } = this.recipe.training.optimizer
    const place = this.#backups.restore(this.#machine)
    if (place === null) this.rewind()
    else Object.assign(this.#place, place)
    this.#status = 'diverged'
    this.#fault = new Fault('TRAIN-001', { step, learningRate, restoredStep: this.#place.step })
  }
}
