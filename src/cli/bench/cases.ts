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

function randomDataset(task: 'classes' | 'number', inputWidth: number, outputWidth: number, count: number): Dataset {
  const stream = new Stream(0, 'data')
  const inputs = Float32Array.from({ length: count * inputWidth }, () => stream.uniform())
  const targets =
    task === 'number'
      ? Float32Array.from({ length: count * outputWidth }, () => stream.uniform())
      : Float32Array.from({ length: count * 2 }, (_, index) => (index % 2 === 0 ? stream.below(outputWidth) : 1))
  const empty = new Float32Array()
  return {
    task,
    inputWidth,
    outputWidth,
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

function denseCase({ name, task, sizes, activation, batch, optimizer }: Dense): BenchCase {
  const inputWidth = sizes[0] ?? 0
  const outputWidth = sizes.at(-1) ?? 0
  const recipe = acceptRecipe({
    format: 'paramap/1',
    name,
    // the data is given below; this entry only makes the recipe complete
    data: { source: 'points' },
    network: sizes.slice(1, -1).map((units) => ({ layer: 'dense', units, activation })),
    training: { optimizer, batchSize: batch, stop: { epochs: 1_000_000 } },
  })
  return { name, recipe, dataset: randomDataset(task, inputWidth, outputWidth, batch * batches) }
}

export const benchCases: readonly BenchCase[] = denseCases.map(denseCase)
