/** A network being trained: a plain object driven from outside, one batch after the other. */
import type { Dataset } from '../data/dataset.ts'
import { bestPlan, type PlanOptions } from '../exec/plan.ts'
import { ReferenceBackend } from '../exec/reference.ts'
import { type Kernels, WasmBackend } from '../exec/wasm.ts'
import { contributionsOf } from '../explain/contributions.ts'
import { startValues } from '../nn/initialize.ts'
import { describeNetwork, type Network, startBuffers } from '../nn/network.ts'
import {
  editRecipe,
  Fault,
  type LayerInfo,
  type Metrics,
  type ParameterInfo,
  type Recipe,
  recipeValue,
  type Said,
  type TaughtStep,
} from '../spec/index.ts'
import { Backups, backupSteps, type Place } from './backups.ts'
import { type ChangeEffect, isLive, shapeOf } from './change.ts'
import { Hand } from './hand.ts'
import { activationsOf, asFloat32, inspectRow, predictRows } from './inside.ts'
import { keepBuffers, keepTensors } from './keep.ts'
import { Machine } from './machine.ts'
import { placeOf } from './places.ts'
import { flatTensors, type SessionState, tensorsOf } from './state.ts'
import { type Pupil, praiseRows, rewardAnswer, say } from './teach.ts'
import type { Workshop } from './workshop.ts'

export type { ChangeEffect } from './change.ts'
export type { SessionState } from './state.ts'

export type SessionStatus = 'ready' | 'finished' | 'diverged'

/** Where to compute; tests use the oracle and switch fusion and reuse off. */
export interface SessionOptions {
  readonly backend?: 'wasm' | 'reference'
  readonly plan?: PlanOptions
}

export class Session {
  readonly #kernels: Kernels
  readonly #options: SessionOptions
  #recipe: Recipe
  #dataset: Dataset
  #network: Network
  #machine: Machine
  #place: Place = { step: 0, epoch: 0, cursor: 0 }
  #shuffledEpoch = -1
  #status: SessionStatus = 'ready'
  #fault: Fault | null = null
  readonly #backups = new Backups()
  readonly hand = new Hand()
  /** Whether automatic praise tells what moved; it costs more than the step itself. */
  tellsMoved = true
  #taught: TaughtStep | null = null

  private constructor(recipe: Recipe, dataset: Dataset, kernels: Kernels, options: SessionOptions) {
    this.#kernels = kernels
    this.#options = options
    this.#recipe = recipe
    this.#dataset = dataset
    this.#network = describeNetwork(recipe, dataset)
    this.#machine = this.#newMachine()
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

  get recipe(): Recipe {
    return this.#recipe
  }
  get workshop(): Workshop {
    return this.#machine.workshop
  }
  get dataset(): Dataset {
    return this.#dataset
  }
  get layers(): readonly LayerInfo[] {
    return this.#network.layers
  }
  get parameters(): readonly ParameterInfo[] {
    return this.#network.parameters
  }
  get parameterCount(): number {
    return this.#network.parameterCount
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
    if (this.#isPraised) return 1
    return Math.min(this.#recipe.training.batchSize, this.#dataset.train.count)
  }
  get stepsPerEpoch(): number {
    return Math.ceil(this.#dataset.train.count / this.batchSize)
  }
  /** True right after a batch that ended an epoch. */
  get atEpochEnd(): boolean {
    return this.#place.step > 0 && this.#place.cursor === 0
  }

  /** Trains at most `count` batches, to the end of the epoch at the latest; returns the number of batches done. */
  train(count: number): number {
    const rows = this.#dataset.train.count
    let done = 0
    while (done < count && this.#status === 'ready') {
      const { step, epoch, cursor } = this.#place
      if (this.#shuffledEpoch !== epoch) this.#shuffle()
      this.#backups.keep(this.#machine, this.#place)
      const left = rows - cursor
      const batch = Math.min(this.batchSize, left)
      const most = Math.min(count - done, Math.floor(left / batch), backupSteps)
      const ran = this.#isPraised
        ? this.#praise(most, cursor, step)
        : this.hand.around(this.workshop, most, step, (steps) => this.#machine.train(batch, steps, cursor, step))
      done += ran
      const seen = cursor + ran * batch
      this.#place = { step: step + ran, ...(seen < rows ? { epoch, cursor: seen } : { epoch: epoch + 1, cursor: 0 }) }
      if (!Number.isFinite(this.#machine.loss)) this.#diverge()
      else if (seen >= rows) {
        if (this.#place.epoch >= this.#recipe.training.stop.epochs) this.#status = 'finished'
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
  say(context: string, temperature = this.#recipe.training.teaching.temperature): Said {
    return say(this.#pupil, context, temperature)
  }

  /** Praises or scolds an answer: one policy-gradient step. */
  reward(context: string, answer: number, reward: number): TaughtStep {
    this.#taught = rewardAnswer(this.#pupil, context, answer, reward, this.#place.step)
    this.#place = { ...this.#place, step: this.#place.step + 1 }
    this.#resume()
    return this.#taught
  }

  get #isPraised(): boolean {
    const { data, training } = this.#recipe
    return training.teaching.method === 'praise' && data.source === 'sentences'
  }

  get #pupil(): Pupil {
    const predict = (inputs: Float32Array): Float32Array => this.predict(inputs)
    return { workshop: this.workshop, hand: this.hand, recipe: this.#recipe, predict }
  }

  #praise(steps: number, cursor: number, first: number): number {
    const { ran, taught } = praiseRows(this.#pupil, { steps, cursor, first, isDetailed: this.tellsMoved })
    this.#taught = taught
    return ran
  }

  /** Mean loss and accuracy over all training and test data. */
  evaluate(): Metrics {
    return this.#machine.evaluate()
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
    return predictRows(this.#machine, inputs)
  }

  /** One row's sums and activations at every stop, the input's stops first (both hold the inputs there). */
  inspect(input: Float32Array): { sums: Float32Array; activations: Float32Array } {
    return inspectRow(this.#machine, input)
  }

  /** Activations of every stop for many rows: [rows, inputWidth] -> [nodes, rows]. */
  activations(inputs: Float32Array): Float32Array {
    return activationsOf(this.#machine, inputs)
  }

  /** What each parameter carries towards an output for one row; see `explain/contributions.ts`. */
  contributions(input: Float32Array, destination: number): Float32Array {
    const pull = this.#machine.pullTowards(input, destination)
    return contributionsOf(this.#network, this.readParameters(), input, pull)
  }

  /**
   * Changes one value of the recipe between two batches.
   *
   * What the update reads applies at once; other optimizers, batch sizes and activations keep all parameters; another
   * shape or other inputs keep what the two networks share; a new seed begins again. `dataset` is the data of the new
   * recipe where the path belongs to the data or is the seed. Throws a `Fault` and changes nothing when refused.
   */
  change(path: string, value: unknown, dataset?: Dataset): ChangeEffect {
    const before = this.#recipe
    const recipe = editRecipe(before, path, value)
    const from = recipeValue(before, path)
    const to = recipeValue(recipe, path)
    const restarted = path === 'seed'
    if (isLive(path)) {
      this.#recipe = recipe
      this.#machine.setTraining(recipe)
      this.#resume()
      return { path, from, to, reshaped: false, restarted }
    }
    const shape = shapeOf(this.#network)
    const data = dataset ?? this.#dataset
    describeNetwork(recipe, data)
    this.#rebuild(recipe, data)
    if (restarted) this.rewind()
    else this.#resume()
    return { path, from, to, reshaped: shape !== shapeOf(this.#network) || dataset !== undefined, restarted }
  }

  /** Sets one learned number. Throws `EDIT-001` for an unknown place and `EDIT-002` for a value that is not finite. */
  setParameter(name: string, index: number, value: number): ChangeEffect {
    const path = `parameters.${name}.${index}`
    const info = this.parameters.find((parameter) => parameter.name === name)
    if (info === undefined || !Number.isInteger(index) || index < 0 || index >= info.size) {
      throw new Fault('EDIT-001', { parameter: name, index }, path)
    }
    if (!Number.isFinite(Math.fround(value))) throw new Fault('EDIT-002', { value }, path)
    if (this.hand.holds.at(info.offset + index).off !== null) throw new Fault('EDIT-003', {}, path)
    const values = Float32Array.from(this.readParameters())
    const from = values[info.offset + index]
    values[info.offset + index] = value
    this.#writeParameters(values)
    return { path, from, to: Math.fround(value), reshaped: false, restarted: false }
  }

  /**
   * Freezes a parameter (training leaves it as it is) or switches it off (training leaves it at 0; its value comes back
   * when it is switched on). Throws `EDIT-001` for an unknown place.
   */
  hold(name: string, index: number, what: 'frozen' | 'off', isHeld: boolean): ChangeEffect {
    const path = `parameters.${name}.${index}.${what}`
    const place = placeOf(this.parameters, name, index)
    if (place === undefined) throw new Fault('EDIT-001', { parameter: name, index }, path)
    const values = Float32Array.from(this.readParameters())
    const { from, moved } = this.hand.holds.hold(place, what, isHeld, values)
    if (moved) this.#writeParameters(values)
    return { path, from, to: isHeld, reshaped: false, restarted: false }
  }

  /** Becomes exactly what it was at a snapshot; `dataset` is that of the snapshot's recipe. */
  become(state: SessionState, dataset: Dataset): void {
    if (dataset !== this.#dataset || JSON.stringify(state.recipe) !== JSON.stringify(this.#recipe)) {
      const old = this.#machine
      this.#recipe = state.recipe
      this.#dataset = dataset
      this.#network = describeNetwork(state.recipe, dataset)
      this.#machine = this.#newMachine()
      this.hand.watch.clear()
      old.dispose()
    }
    this.#load(state)
  }

  /** Everything that is needed to go on bit for bit; a copy. */
  snapshot(): SessionState {
    const tensors = tensorsOf(this.#machine)
    const { step, epoch, cursor } = this.#place
    const { coding } = this.#dataset
    const counters = { epoch, cursor, updates: this.#updates(), ...this.hand.counters(this.parameters) }
    return { recipe: this.#recipe, step, tensors, counters, ...(coding === undefined ? {} : { coding }) }
  }

  /** Back to step 0 with the same initial parameters. */
  rewind(): void {
    const values = startValues(this.parameters, this.#recipe)
    this.hand.restart(values)
    this.#taught = null
    this.#machine.writeParametersAndSlots([values])
    this.#machine.write('buffers', startBuffers(this.#network))
    this.#machine.write('gradients', new Float32Array(this.parameterCount))
    this.#machine.write('updates', [0])
    this.#place = { step: 0, epoch: 0, cursor: 0 }
    this.#shuffledEpoch = -1
    this.#backups.clear()
    this.#status = 'ready'
    this.#fault = null
  }

  /** Frees the memory; the session is not used afterwards. */
  dispose(): void {
    this.#machine.dispose()
  }

  #newMachine(): Machine {
    const { backend = 'wasm', plan = bestPlan } = this.#options
    const made = backend === 'wasm' ? new WasmBackend(this.#kernels, plan) : new ReferenceBackend()
    return new Machine(this.#recipe, this.#dataset, this.#network, made)
  }

  #updates(): number {
    return this.#machine.read('updates')[0] ?? 0
  }

  #shuffle(): void {
    this.#machine.shuffle(this.#place.epoch)
    this.#shuffledEpoch = this.#place.epoch
  }

  #writeParameters(values: Float32Array): void {
    this.#machine.write('parameters', values)
    this.#backups.clear()
    this.#resume()
  }

  /** Ready again after an edit, unless the stop rule still holds. */
  #resume(): void {
    this.#fault = null
    this.#status = this.#place.epoch >= this.#recipe.training.stop.epochs ? 'finished' : 'ready'
  }

  #load(state: SessionState): void {
    const flat = (prefix: string): Float32Array => flatTensors(state, this.parameters, prefix)
    const slots = this.#machine.slotNames.map((slot) => flat(`state.optimizer.${slot}.`))
    this.#machine.writeParametersAndSlots([flat(''), ...slots])
    this.#machine.write('buffers', flatTensors(state, this.#network.buffers, ''))
    const { epoch = 0, cursor = 0, updates = 0 } = state.counters
    this.#machine.write('updates', [updates])
    // Other data than the snapshot's: the rows that it had seen are none of these, so the epoch begins anew.
    const isWithin = Number.isInteger(cursor) && cursor >= 0 && cursor < this.#dataset.train.count
    this.#place = { step: state.step, epoch, cursor: isWithin ? cursor : 0 }
    this.hand.load(state.counters, this.parameters)
    this.#taught = null
    this.#shuffledEpoch = -1
    this.#backups.clear()
    this.#resume()
  }

  /** Another recipe or other data under the parameters that both share. */
  #rebuild(recipe: Recipe, dataset: Dataset): void {
    const old = this.#machine
    const before = this.parameters
    const sameData = dataset === this.#dataset
    const sameOptimizer = recipe.training.optimizer.name === this.#recipe.training.optimizer.name
    const [values = new Float32Array(), ...slots] = old.readParametersAndSlots()
    const updates = this.#updates()
    const [oldBuffers, oldValues] = [this.#network.buffers, Float32Array.from(old.read('buffers'))]
    this.#recipe = recipe
    this.#dataset = dataset
    this.#network = describeNetwork(recipe, dataset)
    this.#machine = this.#newMachine()
    this.hand.move(before, this.parameters)
    const kept = keepTensors(before, this.parameters)
    this.#machine.writeParametersAndSlots([
      kept(values, startValues(this.parameters, recipe)),
      ...(sameOptimizer ? slots.map((slot) => kept(slot, new Float32Array(this.parameterCount))) : []),
    ])
    this.#machine.write('buffers', keepBuffers(oldBuffers, oldValues, this.#network))
    this.#machine.write('updates', [sameOptimizer ? updates : 0])
    if (!sameData) this.#place = { ...this.#place, cursor: 0 }
    this.#shuffledEpoch = -1
    this.#backups.clear()
    old.dispose()
  }

  /** Goes back to the last state whose numbers are all finite and says why. */
  #diverge(): void {
    const { step } = this.#place
    const { learningRate } = this.#recipe.training.optimizer
    const place = this.#backups.restore(this.#machine)
    if (place === null) this.rewind()
    else this.#place = place
    this.#shuffledEpoch = -1
    this.#status = 'diverged'
    this.#fault = new Fault('TRAIN-001', { step, learningRate, restoredStep: this.#place.step })
  }
}
