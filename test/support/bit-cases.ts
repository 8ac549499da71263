/**
 * Trainings whose parameters must be the same bits everywhere: every family of networks with several optimizers.
 * One list for Node, Chromium, threads, both builds of the kernels; it imports nothing that a page lacks.
 */
import { buildDataset } from '../../src/core/data/build.ts'
import type { Dataset } from '../../src/core/data/dataset.ts'
import { Stream } from '../../src/core/data/random.ts'
import { weightsHash } from '../../src/core/io/hash.ts'
import { acceptRecipe, circleRecipe, type Recipe, storyRecipe } from '../../src/core/spec/index.ts'
import type { Session } from '../../src/core/train/session.ts'

type Layer = Readonly<Record<string, unknown>>

/** A training: `steps` batches of `recipe` on `dataset`. */
export interface BitCase {
  readonly key: string
  readonly recipe: Recipe
  readonly steps: number
  dataset(): Dataset
}

const dense = (units: number, activation: string): Layer => ({ layer: 'dense', units, activation })

/** Six layers of ReLU on a spiral; a batch of 32 leaves a remainder of 26 of its 250 rows. */
const deepRecipe = {
  ...circleRecipe,
  name: 'deep',
  data: { ...circleRecipe.data, shape: 'spiral', noise: 0.1, features: ['x', 'y', 'sin x', 'xy'] },
  network: [9, 8, 7, 6, 5, 4].map((units) => dense(units, 'relu')),
  training: { initializer: 'he-normal', optimizer: { name: 'sgd', learningRate: 0.03 }, batchSize: 32 },
}

/** One number from two. */
const planeRecipe = {
  ...circleRecipe,
  name: 'plane',
  data: { ...circleRecipe.data, shape: 'plane', noise: 0.1 },
  network: [dense(5, 'sigmoid'), dense(3, 'tanh')],
}

/** Small dense networks by name: classes, sentences, a deep network, regression. */
export const denseRecipes = { circle: circleRecipe, story: storyRecipe, deep: deepRecipe, plane: planeRecipe } as const

/** What the rows of a made dataset are: numbers of a shape, or tokens of a vocabulary, with classes to find. */
interface RowsSpec {
  readonly sides: readonly number[]
  readonly vocabulary?: number
  /** Predictions a row. */
  readonly positions?: number
  readonly count: number
}

const classes = 5

/** Rows of drawn numbers with drawn classes: what is learned does not matter, each bit does. */
function datasetOf({ sides, vocabulary, positions = 1, count }: RowsSpec): Dataset {
  const stream = new Stream(11, 'data')
  const width = sides.reduce((product, side) => product * side, 1)
  const draw = (): number => (vocabulary === undefined ? 2 * stream.uniform() - 1 : stream.below(vocabulary))
  const inputs = Float32Array.from({ length: count * width }, draw)
  const targets = Float32Array.from({ length: count * positions * 2 }, (_, i) =>
    i % 2 === 0 ? stream.below(classes) : 1,
  )
  const none = new Float32Array(0)
  return {
    task: 'classes',
    inputWidth: width,
    outputWidth: classes,
    inputShape: sides,
    ...(vocabulary === undefined ? {} : { vocabulary }),
    positions,
    inputNames: [],
    outputNames: ['a', 'b', 'c', 'd', 'e'],
    train: { count, inputs, targets },
    test: { count: 0, inputs: none, targets: none },
    trainPoints: none,
    testPoints: none,
    contexts: [],
    contextInputs: none,
  }
}

/** A network of one family on made rows. */
interface Family {
  readonly rows: RowsSpec
  readonly network: readonly Layer[]
  readonly batchSize: number
}

const block: Layer = { layer: 'residual', layers: [{ layer: 'layer-norm' }, dense(32, 'relu'), dense(32, 'linear')] }

/**
 * By name. Batches leave a remainder. Products of most have 200,000 operations and more, so that threads share them
 * (exec/wasm.ts), and sides that no register block divides.
 */
const families: Readonly<Record<string, Family>> = {
  wide: {
    rows: { sides: [67], count: 150 },
    network: [dense(257, 'relu'), dense(130, 'gelu')],
    batchSize: 64,
  },
  residual: {
    rows: { sides: [9], count: 150 },
    network: [dense(32, 'silu'), ...Array.from({ length: 12 }, () => block), { layer: 'batch-norm' }],
    batchSize: 64,
  },
  conv: {
    rows: { sides: [2, 13, 11], count: 44 },
    network: [
      { layer: 'conv2d', filters: 10, padding: 1, activation: 'relu' },
      { layer: 'batch-norm' },
      { layer: 'max-pool' },
      { layer: 'conv2d', filters: 12, stride: 2, padding: 1, groups: 2, activation: 'leaky-relu' },
      { layer: 'group-norm', groups: 3 },
      { layer: 'avg-pool', kernel: 2, stride: 1 },
      { layer: 'dropout', rate: 0.2 },
    ],
    batchSize: 16,
  },
  gru: {
    rows: { sides: [12], vocabulary: 11, count: 40 },
    network: [
      { layer: 'embedding', units: 17 },
      { layer: 'gru', units: 26 },
      { layer: 'gru', units: 13, output: 'last' },
    ],
    batchSize: 16,
  },
  lstm: {
    rows: { sides: [9], vocabulary: 11, count: 40 },
    network: [
      { layer: 'embedding', units: 15 },
      { layer: 'rnn', units: 18 },
      { layer: 'lstm', units: 22, output: 'last' },
    ],
    batchSize: 16,
  },
  transformer: {
    rows: { sides: [14], vocabulary: 19, positions: 14, count: 28 },
    network: [
      { layer: 'embedding', units: 36 },
      { layer: 'position', kind: 'learned' },
      { layer: 'transformer', heads: 3 },
      { layer: 'transformer', heads: 4 },
      { layer: 'dropout', rate: 0.1 },
      { layer: 'layer-norm' },
    ],
    batchSize: 8,
  },
  grouped: {
    rows: { sides: [14], vocabulary: 19, positions: 14, count: 28 },
    network: [
      { layer: 'embedding', units: 40 },
      { layer: 'position', kind: 'rotary' },
      { layer: 'transformer', heads: 4, kvHeads: 2, feedForward: 'swiglu', expansion: 2 },
      { layer: 'attention', heads: 2, kvHeads: 1, causal: false },
      { layer: 'rms-norm' },
    ],
    batchSize: 8,
  },
  experts: {
    rows: { sides: [10], vocabulary: 13, count: 40 },
    network: [
      { layer: 'embedding', units: 22 },
      { layer: 'position', kind: 'sinusoidal' },
      { layer: 'experts', experts: 4, topK: 2, units: 30 },
      { layer: 'flatten' },
    ],
    batchSize: 16,
  },
}

/** Part of a recipe's training to write over the network's own. */
type TrainingPart = Readonly<Record<string, unknown>>

const threeOptimizers: Readonly<Record<string, TrainingPart>> = {
  sgd: { optimizer: { name: 'sgd', learningRate: 0.03 } },
  momentum: { optimizer: { name: 'momentum', learningRate: 0.01, momentum: 0.9 } },
  adam: { optimizer: { name: 'adam', learningRate: 0.01 } },
}
const denseVariants: typeof threeOptimizers = {
  ...threeOptimizers,
  'adam with L1 and L2': { optimizer: { name: 'adam', learningRate: 0.01 }, l1: 0.0003, l2: 0.001 },
  'sgd with L1 and L2': { optimizer: { name: 'sgd', learningRate: 0.03 }, l1: 0.0003, l2: 0.001 },
}
const familyVariants: typeof threeOptimizers = {
  ...threeOptimizers,
  'adamw, clipped, warmed up': {
    optimizer: { name: 'adamw', learningRate: 0.01 },
    clip: { norm: 0.5, value: 0.2 },
    schedule: { name: 'cosine', warmupSteps: 5, steps: 40 },
    labelSmoothing: 0.1,
  },
}

const stop = { epochs: 100_000 }

function denseCase([name, recipe]: [string, (typeof denseRecipes)[keyof typeof denseRecipes]]): BitCase[] {
  return Object.entries(denseVariants).map(([variant, change]) => {
    const accepted = acceptRecipe({ ...recipe, training: { ...recipe.training, ...change, stop } })
    return { key: `${name}, ${variant}`, recipe: accepted, steps: 500, dataset: () => buildDataset(accepted) }
  })
}

function familyCase([name, { rows, network, batchSize }]: [string, Family]): BitCase[] {
  return Object.entries(familyVariants).map(([variant, change]) => {
    const recipe = acceptRecipe({ ...circleRecipe, name, network, training: { batchSize, ...change, stop } })
    return { key: `${name}, ${variant}`, recipe, steps: 60, dataset: () => datasetOf(rows) }
  })
}

/** Every case: small dense networks for 500 batches, the other families for 60. */
export const bitCases: readonly BitCase[] = [
  ...Object.entries(denseRecipes).flatMap(denseCase),
  ...Object.entries(families).flatMap(familyCase),
]

/** Trains `steps` batches, fewer only where divergence ends it. */
export function trainSteps(session: Session, steps: number): number {
  let done = 0
  while (done < steps && session.status === 'ready') done += session.train(steps - done)
  return done
}

/** The hash that proves two sets of parameters equal, running statistics included. */
export function hashOf(session: Session): string {
  const tensors = [...session.snapshot().tensors].filter(([name]) => !name.startsWith('state.'))
  return weightsHash(tensors.map(([name, tensor]) => ({ name, ...tensor })))
}
