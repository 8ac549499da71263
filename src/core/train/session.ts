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
} from '../spec/index.ts'
import { Backups, backupSteps, type Place } from './backups.ts'
import { keepBuffers, keepTensors } from './keep.ts'
import { Machine, type Values } from './machine.ts'
import { codingsOf, flatTensors, type SessionState, type StateTensor } from './state.ts'

export type { SessionState } from './state.ts'

export type SessionStatus = 'ready' | 'finished' | 'diverged'

/** What an edit did. */
export interface ChangeEffect {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
  /** Layers, parameters or data are others than before. */
  readonly reshaped: boolean
  /** Training begins again at step 0. */
  readonly restarted: boolean
}

/** Where to compute; tests use the oracle and switch fusion and reuse off. */
export interface SessionOptions {
  readonly backend?: 'wasm' | 'reference'
  readonly plan?: PlanOptions
}

/** Paths whose new value the update reads at the next batch; nothing else changes. */
const readByUpdate = /^training\.(l1|l2|clip\.value|schedule\..*|optimizer\.(?!name$).*)$/
/** Paths that end or describe a run and change no number. */
const readByNobody = /^(name|training\.stop\..*)$/

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
  /** The recipe's batch size, at most all rows. */
  get batchSize(): number {
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
      const ran = this.#machine.train(
        batch,
        Math.min(count - done, Math.floor(left / batch), backupSteps),
        cursor,
        step,
      )
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
    const width = this.#dataset.outputWidth * this.#network.positions
    const result = new Float32Array((inputs.length / this.#dataset.inputWidth) * width)
    this.#machine.probe(inputs, (first, _rows, _sums, activations) => {
      const last = activations.at(-1)
      if (last !== undefined) result.set(last, first * width)
    })
    return result
  }

  /** One row's sums and activations at every stop, the input's stops first (both hold the inputs there). */
  inspect(input: Float32Array): { sums: Float32Array; activations: Float32Array } {
    const count = this.#nodeCount()
    const result = { sums: new Float32Array(count), activations: new Float32Array(count) }
    result.sums.set(input)
    result.activations.set(input)
    this.#machine.probe(input, (_first, _rows, sums, activations) => {
      this.#network.layers.slice(1).forEach(({ firstNode }, index) => {
        result.sums.set(sums[index] ?? [], firstNode)
        result.activations.set(activations[index] ?? [], firstNode)
      })
    })
    return result
  }

  /** Activations of every stop for many rows: [rows, inputWidth] -> [nodes, rows]. */
  activations(inputs: Float32Array): Float32Array {
    const width = this.#dataset.inputWidth
    const count = inputs.length / width
    const result = new Float32Array(this.#nodeCount() * count)
    const put = (values: ArrayLike<number>, units: number, firstNode: number, first: number, rows: number): void => {
      for (let row = 0; row < rows; row++) {
        for (let unit = 0; unit < units; unit++) {
          result[(firstNode + unit) * count + first + row] = values[row * units + unit] ?? 0
        }
      }
    }
    put(inputs, width, 0, 0, count)
    this.#machine.probe(inputs, (first, rows, _sums, activations) => {
      this.#network.layers.slice(1).forEach(({ firstNode, units }, index) => {
        put(activations[index] ?? [], units, firstNode, first, rows)
      })
    })
    return result
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
    if (readByUpdate.test(path) || readByNobody.test(path)) {
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
    const values = Float32Array.from(this.readParameters())
    const from = values[info.offset + index]
    values[info.offset + index] = value
    this.#machine.write('parameters', values)
    this.#backups.clear()
    this.#resume()
    return { path, from, to: Math.fround(value), reshaped: false, restarted: false }
  }

  /** Everything that is needed to go on bit for bit; a copy. */
  snapshot(): SessionState {
    const tensors = new Map<string, StateTensor>()
    const flat = (prefix: string, values: Values): void => {
      for (const { name, shape, offset, size } of this.parameters) {
        tensors.set(prefix + name, { shape, data: Float32Array.from(values.subarray(offset, offset + size)) })
      }
    }
    flat('', this.readParameters())
    const buffers = this.#machine.read('buffers')
    for (const { name, shape, offset, size } of this.#network.buffers) {
      tensors.set(name, { shape, data: Float32Array.from(buffers.subarray(offset, offset + size)) })
    }
    this.#machine.slotNames.forEach((slot, index) => {
      flat(`state.optimizer.${slot}.`, this.#machine.readSlot(index))
    })
    const { step, epoch, cursor } = this.#place
    const counters = { epoch, cursor, updates: this.#updates() }
    return { recipe: this.#recipe, step, tensors, counters, ...codingsOf(this.#dataset) }
  }

  /** Back to step 0 with the same initial parameters. */
  rewind(): void {
    const values = startValues(this.parameters, this.#recipe)
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

  #nodeCount(): number {
    return this.#network.layers.reduce((count, layer) => count + layer.units, 0)
  }

  #updates(): number {
    return this.#machine.read('updates')[0] ?? 0
  }

  #shuffle(): void {
    this.#machine.shuffle(this.#place.epoch)
    this.#shuffledEpoch = this.#place.epoch
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
    this.#machine.write('buffers', this.#loadBuffers(state))
    const { epoch = 0, cursor = 0, updates = 0 } = state.counters
    this.#machine.write('updates', [updates])
    // Other data than the snapshot's: the rows that it had seen are none of these, so the epoch begins anew.
    const isWithin = Number.isInteger(cursor) && cursor >= 0 && cursor < this.#dataset.train.count
    this.#place = { step: state.step, epoch, cursor: isWithin ? cursor : 0 }
    this.#shuffledEpoch = -1
    this.#backups.clear()
    this.#resume()
  }

  #loadBuffers(state: SessionState): Float32Array {
    const values = new Float32Array(this.#network.bufferCount)
    for (const { name, offset, size } of this.#network.buffers) {
      const tensor = state.tensors.get(name)
      if (tensor === undefined) throw new Fault('MODEL-010', { tensor: name })
      if (tensor.data.length !== size) throw new Fault('MODEL-011', { tensor: name })
      values.set(tensor.data, offset)
    }
    return values
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

/** The fast backend's values are float32 already; the oracle's are rounded. */
const asFloat32 = (values: Values): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values)

/** What a network's shape is, as a text to compare. */
function shapeOf(network: Network): string {
  const tensors = network.parameters.map(({ name, shape }) => [name, shape])
  return JSON.stringify([network.layers.map(({ units, activation, names }) => [units, activation, names]), tensors])
}
