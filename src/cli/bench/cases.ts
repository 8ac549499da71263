/**
 * The benchmark cases: networks as the app trains them, on random data, one training step (fetch, forward, backward,
 * update). Names, sizes and losses are those of `bench/torch_steps.py`, which times the same in PyTorch.
 */
import type { Dataset } from '../../core/data/dataset.ts'
import { Stream } from '../../core/data/random.ts'
import { acceptRecipe, type Recipe } from '../../core/spec/index.ts'

export interface BenchCase {
  readonly name: string
  readonly recipe: Recipe
  readonly dataset: Dataset
}

/** Batches of data that a case goes through again and again. */
const batches = 8

/** What the random rows of a case look like. */
type Rows = Pick<Dataset, 'task' | 'inputWidth' | 'outputWidth' | 'inputShape' | 'vocabulary' | 'positions'>

function randomDataset(rows: Rows, count: number): Dataset {
  const { task, inputWidth, outputWidth, vocabulary, positions = 1 } = rows
  const stream = new Stream(0, 'data')
  const draw = vocabulary === undefined ? () => stream.uniform() : () => stream.below(vocabulary)
  const inputs = Float32Array.from({ length: count * inputWidth }, draw)
  const targets =
    task === 'number'
      ? Float32Array.from({ length: count * outputWidth }, () => stream.uniform())
      : Float32Array.from({ length: count * positions * 2 }, (_, index) =>
          index % 2 === 0 ? stream.below(outputWidth) : 1,
        )
  const empty = new Float32Array()
  return {
    ...rows,
    inputNames: [],
    outputNames: [],
    train: { count, inputs, targets },
    test: { count: 0, inputs: empty, targets: empty },
    trainPoints: empty,
    testPoints: empty,
    contexts: [],
    contextInputs: empty,
  }
}

interface Dense {
  readonly name: string
  readonly task: 'classes' | 'number'
  readonly sizes: readonly number[]
  readonly activation: string
  readonly batch: number
  readonly optimizer: { readonly name: string; readonly learningRate: number }
}

const sgd = { name: 'sgd', learningRate: 0.03 }
const adam = { name: 'adam', learningRate: 0.001 }

function repeated(size: number, times: number): readonly number[] {
  return new Array<number>(times).fill(size)
}

const denseCases: readonly Dense[] = [
  {
    name: 'playground-2-4-2-1-b10-sgd',
    task: 'number',
    sizes: [2, 4, 2, 1],
    activation: 'tanh',
    batch: 10,
    optimizer: sgd,
  },
  {
    name: 'deep-2-8x6-1-b10-adam',
    task: 'number',
    sizes: [2, ...repeated(8, 6), 1],
    activation: 'tanh',
    batch: 10,
    optimizer: adam,
  },
  {
    name: 'hundred-layers-16-b32-adam',
    task: 'number',
    sizes: [...repeated(16, 101), 4],
    activation: 'tanh',
    batch: 32,
    optimizer: adam,
  },
  {
    name: 'mnist-784-128-10-b32-adam',
    task: 'classes',
    sizes: [784, 128, 10],
    activation: 'relu',
    batch: 32,
    optimizer: adam,
  },
  {
    name: 'mnist-784-512-512-10-b64-adam',
    task: 'classes',
    sizes: [784, 512, 512, 10],
    activation: 'relu',
    batch: 64,
    optimizer: adam,
  },
  {
    name: 'mlp-1024x4-b256-adam',
    task: 'number',
    sizes: repeated(1024, 5),
    activation: 'tanh',
    batch: 256,
    optimizer: adam,
  },
]

/** Layers, in the recipe's own words, and the data they are for. */
interface Layered {
  readonly name: string
  readonly rows: Rows
  readonly network: readonly object[]
  readonly batch: number
  readonly optimizer: { readonly name: string; readonly learningRate: number }
}

function benchCase({ name, rows, network, batch, optimizer }: Layered): BenchCase {
  const recipe = acceptRecipe({
    format: 'paramap/1',
    name,
    // the data is given below; this entry only makes the recipe complete
    data: { source: 'points' },
    network,
    training: { optimizer, batchSize: batch, stop: { epochs: 1_000_000 } },
  })
  return { name, recipe, dataset: randomDataset(rows, batch * batches) }
}

function denseCase({ name, task, sizes, activation, batch, optimizer }: Dense): BenchCase {
  const network = sizes.slice(1, -1).map((units) => ({ layer: 'dense', units, activation }))
  const rows = { task, inputWidth: sizes[0] ?? 0, outputWidth: sizes.at(-1) ?? 0 }
  return benchCase({ name, rows, network, batch, optimizer })
}

const lenet: Layered = {
  name: 'lenet-28x28-b32-adam',
  rows: { task: 'classes', inputWidth: 784, outputWidth: 10, inputShape: [1, 28, 28] },
  network: [
    { layer: 'conv2d', filters: 8, kernel: 5, padding: 2, activation: 'relu' },
    { layer: 'max-pool', kernel: 2 },
    { layer: 'conv2d', filters: 16, kernel: 5, activation: 'relu' },
    { layer: 'max-pool', kernel: 2 },
    { layer: 'flatten' },
    { layer: 'dense', units: 64, activation: 'relu' },
  ],
  batch: 32,
  optimizer: adam,
}

const gru: Layered = {
  name: 'gru-64-t32-b16-adam',
  rows: { task: 'classes', inputWidth: 32 * 32, outputWidth: 10, inputShape: [32, 32] },
  network: [{ layer: 'gru', units: 64, output: 'last' }],
  batch: 16,
  optimizer: adam,
}

interface Sizes {
  readonly vocabulary: number
  readonly steps: number
  readonly width: number
  readonly heads: number
  readonly blocks: number
  readonly batch: number
}

/** A transformer as in `bench/torch_steps.py`; the output layer here has a bias, PyTorch's has none. */
function gpt(name: string, { vocabulary, steps, width, heads, blocks, batch }: Sizes): Layered {
  const block = { layer: 'transformer', heads, causal: true }
  return {
    name,
    rows: { task: 'classes', inputWidth: steps, outputWidth: vocabulary, vocabulary, positions: steps },
    network: [
      { layer: 'embedding', units: width },
      { layer: 'position', kind: 'learned' },
      ...new Array<object>(blocks).fill(block),
      { layer: 'layer-norm' },
    ],
    batch,
    optimizer: { name: 'adamw', learningRate: 0.001 },
  }
}

const layeredCases: readonly Layered[] = [
  lenet,
  gru,
  gpt('gpt-30k', { vocabulary: 65, steps: 32, width: 32, heads: 2, blocks: 2, batch: 8 }),
  gpt('gpt-212k', { vocabulary: 65, steps: 64, width: 64, heads: 4, blocks: 4, batch: 16 }),
  gpt('gpt-875k', { vocabulary: 256, steps: 128, width: 128, heads: 4, blocks: 4, batch: 16 }),
]

export const benchCases: readonly BenchCase[] = [...denseCases.map(denseCase), ...layeredCases.map(benchCase)]
