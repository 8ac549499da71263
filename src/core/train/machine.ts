/** A recipe's programs on a backend, with the data and the parameters in its memory. */
import type { Dataset, Rows } from '../data/dataset.ts'
import type { Backend, Runnable } from '../exec/program.ts'
import type { Storage } from '../graph/node.ts'
import type { Network } from '../nn/network.ts'
import { optimizers } from '../optim/index.ts'
import { rateAt, rateIsSteady } from '../optim/schedules/index.ts'
import { cellValues, fillRateCell } from '../optim/update.ts'
import type { Metrics, Recipe, TrainingSpec } from '../spec/index.ts'
import { splitEpoch } from './effects.ts'
import {
  type Probe,
  type Pull,
  probeProgram,
  pullProgram,
  type Storages,
  scoringProgram,
  shufflingProgram,
  storagesOf,
  trainingProgram,
} from './programs.ts'
import type { Workshop } from './workshop.ts'

/** Rows of one scoring or probing run; larger data is done in parts. */
const chunkRows = 1024

interface Loaded<Kind> {
  readonly parts: Kind
  readonly runnable: Runnable
}

/**
 * Runs the programs of one recipe. It is made anew when the shape of the network, the data, the batch size, the
 * optimizer or an activation changes; the numbers that only the update reads are changed in place (`setTraining`).
 */
export class Machine {
  readonly at: Storages
  private readonly backend: Backend
  private readonly recipe: Recipe
  private readonly dataset: Dataset
  private readonly network: Network
  private readonly training = new Map<number, Runnable>()
  private readonly scoring = new Map<string, Runnable>()
  private readonly probes = new Map<number, Loaded<Probe>>()
  private pull: Loaded<Pull> | null = null
  /** What the cells hold: the numbers of the last edit, the rate of the last step. */
  private spec: TrainingSpec
  private rate: number
  private readonly shuffling: Runnable
  /** Epoch whose order was drawn last. */
  private shuffledEpoch = -1
  /** Parameters, then the optimizer's state. */
  private readonly learned: readonly Storage[]
  /** For writing a number or two without making an array. */
  private readonly scalar = new Float32Array(1)
  private readonly pair = new Float32Array(2)
  /** What programs in other files need. */
  readonly workshop: Workshop

  constructor(recipe: Recipe, dataset: Dataset, network: Network, backend: Backend) {
    this.recipe = recipe
    this.dataset = dataset
    this.network = network
    this.backend = backend
    this.at = storagesOf(recipe, dataset, network)
    this.workshop = { backend, recipe, dataset, network, at: this.at, useRate: (rate) => this.setRate(rate) }
    this.learned = [this.at.parameters, ...this.at.slots]
    this.spec = recipe.training
    this.rate = recipe.training.optimizer.learningRate
    backend.write(this.at.one, [1])
    this.writeRows(this.at.train, dataset.train)
    this.writeRows(this.at.test, dataset.test)
    this.setTraining(recipe)
    this.shuffling = backend.load(shufflingProgram(recipe, this.at))
  }

  private writeRows(at: Storages['train'], rows: Rows): void {
    this.backend.write(at.inputs, rows.inputs)
    this.backend.write(at.targets, rows.targets)
  }

  /** Learning rate, penalties and the optimizer's own numbers, from the next step on. */
  setTraining(recipe: Recipe): void {
    const optimizer = optimizers[recipe.training.optimizer.name]
    this.spec = recipe.training
    this.rate = recipe.training.optimizer.learningRate
    this.backend.write(this.at.cells, cellValues(optimizer, recipe.training))
  }

  /** The order in which an epoch sees the rows: a function of seed and epoch alone. */
  shuffle(epoch: number): void {
    if (epoch === this.shuffledEpoch) return
    this.shuffledEpoch = epoch
    splitEpoch(epoch, this.pair)
    this.backend.write(this.at.epoch, this.pair)
    this.shuffling.run(1)
  }

  /**
   * Trains `steps` batches of `rows` rows from the row `cursor` of the epoch's order on; returns the steps done.
   * `first` is the number of the first of them, which decides the learning rate.
   */
  train(rows: number, steps: number, cursor: number, first: number): number {
    let runnable = this.training.get(rows)
    if (runnable === undefined) {
      runnable = this.backend.load(trainingProgram(this.recipe, this.dataset, this.network, this.at, rows))
      this.training.set(rows, runnable)
    }
    this.writeScalar(this.at.cursor, cursor)
    let done = 0
    while (done < steps) {
      this.setRate(rateAt(this.spec, first + done))
      const isSteady = rateIsSteady(this.spec, first + done)
      done += runnable.run(isSteady ? steps - done : 1)
      if (isSteady || !this.lossIsFinite) break
    }
    return done
  }

  private setRate(rate: number): void {
    if (rate === this.rate) return
    this.rate = rate
    fillRateCell(rate, this.pair)
    this.backend.write(this.at.cells, this.pair)
  }

  /** True while the loss of the last batch is a number. */
  get lossIsFinite(): boolean {
    return Number.isFinite(this.backend.read(this.at.loss)[0])
  }

  /** Mean loss and, for classes, accuracy over all data. */
  evaluate(): Metrics {
    const train = this.score('train', this.dataset.train.count)
    const test = this.dataset.test.count === 0 ? null : this.score('test', this.dataset.test.count)
    return {
      trainLoss: train.loss,
      testLoss: test?.loss ?? null,
      trainAccuracy: train.accuracy,
      testAccuracy: test?.accuracy ?? null,
    }
  }

  private score(part: 'train' | 'test', count: number): { loss: number; accuracy: number | null } {
    this.backend.write(this.at.totals, [0, 0])
    this.backend.write(this.at.cursor, [0])
    const whole = Math.floor(count / chunkRows)
    if (whole > 0) this.scoringOf(part, chunkRows).run(whole)
    if (count % chunkRows > 0) this.scoringOf(part, count % chunkRows).run(1)
    const [loss = Number.NaN, right = Number.NaN] = this.backend.read(this.at.totals)
    const answers = count * this.network.positions
    return { loss: loss / answers, accuracy: this.network.task === 'classes' ? right / answers : null }
  }

  private scoringOf(part: 'train' | 'test', rows: number): Runnable {
    const key = `${part} ${rows}`
    const known = this.scoring.get(key)
    if (known !== undefined) return known
    const program = scoringProgram(this.recipe, this.dataset, this.network, this.at, part, rows)
    const runnable = this.backend.load(program)
    this.scoring.set(key, runnable)
    return runnable
  }

  /**
   * Runs rows of inputs through the network, at most `chunkRows` at a time, and hands each part's values over.
   * `visit` gets the number of rows before the part, its rows, and sums and activations [rows, units] of each layer.
   */
  probe(
    inputs: Float32Array,
    visit: (first: number, rows: number, sums: Values[], activations: Values[]) => void,
  ): void {
    const width = this.dataset.inputWidth
    const count = inputs.length / width
    if (!Number.isInteger(count)) throw new RangeError(`probe: rows of ${width} inputs, got ${inputs.length} numbers`)
    for (let first = 0; first < count; first += chunkRows) {
      const rows = Math.min(chunkRows, count - first)
      const { parts, runnable } = this.probeOf(rows)
      this.backend.write(parts.inputs, inputs.subarray(first * width, (first + rows) * width))
      runnable.run(1)
      const read = (storages: Probe['sums']): Values[] => storages.map((storage) => this.backend.read(storage))
      visit(first, rows, read(parts.sums), read(parts.activations))
    }
  }

  private probeOf(rows: number): Loaded<Probe> {
    const known = this.probes.get(rows)
    if (known !== undefined) return known
    const parts = probeProgram(this.dataset, this.network, this.at, rows)
    const loaded = { parts, runnable: this.backend.load(parts.program) }
    this.probes.set(rows, loaded)
    return loaded
  }

  /**
   * For one row: each layer's activations and the slope of the destination's output with respect to its sums.
   * Views, valid until the next call.
   */
  pullTowards(input: Float32Array, destination: number): { activations: Values[]; slopes: Values[] } {
    if (this.pull === null) {
      const parts = pullProgram(this.dataset, this.network, this.at)
      this.pull = { parts, runnable: this.backend.load(parts.program) }
    }
    const { parts, runnable } = this.pull
    const { outputWidth } = this.dataset
    const chosen = new Float32Array(this.network.positions * outputWidth)
    chosen[(this.network.positions - 1) * outputWidth + destination] = 1
    this.backend.write(parts.inputs, input)
    this.backend.write(parts.destination, chosen)
    runnable.run(1)
    return {
      activations: parts.activations.map((storage) => this.backend.read(storage)),
      slopes: parts.slopes.map((storage) => this.backend.read(storage)),
    }
  }

  /** Reads one of the flat storages; a view, valid until the next call. */
  read(name: 'parameters' | 'buffers' | 'gradients'): Values {
    return this.backend.read(this.at[name])
  }

  write(name: 'parameters' | 'buffers' | 'gradients', values: ArrayLike<number>): void {
    this.backend.write(this.at[name], values)
  }

  /** Copies all that learning has changed into `kept`, whose arrays are used again where they fit. */
  copyState(kept: KeptState): void {
    for (let index = 0; index < this.learned.length; index++) {
      const storage = this.learned[index]
      if (storage !== undefined) kept.tensors[index] = copied(this.backend.read(storage), kept.tensors[index])
    }
    kept.tensors.length = this.learned.length
    kept.buffers = copied(this.read('buffers'), kept.buffers)
    kept.updates = this.updates
  }

  /** Writes what `copyState` copied. */
  writeState({ tensors, buffers, updates }: KeptState): void {
    this.writeParametersAndSlots(tensors)
    this.write('buffers', buffers)
    this.setUpdates(updates)
  }

  /** Writes the parameters, then each of the optimizer's state tensors; those that are missing become 0. */
  writeParametersAndSlots(tensors: readonly Float32Array[]): void {
    for (const [index, storage] of this.learned.entries()) {
      this.backend.write(storage, tensors[index] ?? new Float32Array(this.network.parameterCount))
    }
  }

  /** Updates that the optimizer has made. */
  get updates(): number {
    return this.backend.read(this.at.updates)[0] ?? 0
  }

  setUpdates(count: number): void {
    this.writeScalar(this.at.updates, count)
  }

  private writeScalar(storage: Storage, value: number): void {
    this.scalar[0] = value
    this.backend.write(storage, this.scalar)
  }

  /** Names of the optimizer's state, in the order of `readSlot`. */
  get slotNames(): readonly string[] {
    return optimizers[this.recipe.training.optimizer.name].slots
  }

  readSlot(index: number): Values {
    return this.backend.read(this.slot(index))
  }

  private slot(index: number): Storages['parameters'] {
    const storage = this.at.slots[index]
    if (storage === undefined) throw new Error(`internal: no optimizer state ${index}`)
    return storage
  }

  dispose(): void {
    this.backend.dispose()
  }
}

/** All that learning changes, apart from the place in the data. */
export interface KeptState {
  /** Parameters first, then the optimizer's state. */
  readonly tensors: Float32Array[]
  buffers: Float32Array
  updates: number
}

/** Room for a state, still without its arrays. */
export const emptyState = (): KeptState => ({ tensors: [], buffers: new Float32Array(), updates: 0 })

/** The values in `into` where it has their length, else in a new array. */
function copied(values: Values, into: Float32Array | undefined): Float32Array {
  const target = into?.length === values.length ? into : new Float32Array(values.length)
  target.set(values)
  return target
}

/** float32 on the fast backend, float64 on the reference. */
export type Values = Float32Array | Float64Array
