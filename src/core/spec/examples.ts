/** Recipes that the app begins with, as a person would write them: `acceptRecipe` completes them. */

/** After '나는 너를' comes '사랑해': 39 parameters learn it from praise and scolding. */
export const storyRecipe = {
  format: 'paramap/1',
  name: '나는 너를',
  seed: 7,
  data: {
    source: 'sentences',
    tokenizer: 'word',
    examples: [
      { context: '나는 너를', answer: '사랑해', reward: 1 },
      { context: '나는 너를', answer: '좋아해', reward: -1 },
      { context: '나는 너를', answer: '미워해', reward: -1 },
      { context: '나는 너를', answer: '싫어해', reward: -1 },
    ],
  },
  network: [{ layer: 'dense', units: 5, activation: 'tanh' }],
  training: {
    loss: 'auto',
    optimizer: { name: 'adam', learningRate: 0.02 },
    // all sentences at once, also when some are added
    batchSize: 32,
    stop: { epochs: 200 },
  },
} as const

/** A ring around a disc, told apart by two hidden layers. */
export const circleRecipe = {
  format: 'paramap/1',
  name: 'circle',
  seed: 1,
  data: { source: 'points', shape: 'circle', samples: 500, noise: 0, testShare: 0.5, features: ['x', 'y'] },
  network: [
    { layer: 'dense', units: 4, activation: 'tanh' },
    { layer: 'dense', units: 2, activation: 'tanh' },
  ],
  training: {
    optimizer: { name: 'sgd', learningRate: 0.03 },
    batchSize: 10,
    stop: { epochs: 100 },
  },
} as const

/** After 'I love' comes 'you': the story in English. */
export const englishStoryRecipe = {
  ...storyRecipe,
  name: 'I love',
  data: {
    source: 'sentences',
    tokenizer: 'word',
    examples: [
      { context: 'I love', answer: 'you', reward: 1 },
      { context: 'I love', answer: 'rain', reward: -1 },
      { context: 'I love', answer: 'waiting', reward: -1 },
      { context: 'I love', answer: 'noise', reward: -1 },
    ],
  },
} as const

/** Four sentences in two languages, each with one answer: what a dog and a friend are told. */
export const firstSetRecipe = {
  ...storyRecipe,
  name: 'first sentences',
  data: {
    source: 'sentences',
    tokenizer: 'word',
    examples: [
      { context: 'Go', answer: 'Outside', reward: 1 },
      { context: 'Come', answer: 'Inside', reward: 1 },
      { context: 'Get', answer: 'Rewarded', reward: 1 },
      { context: '나는 너를', answer: '사랑해', reward: 1 },
    ],
  },
} as const

/** The first sentences and one that conflicts: after 'Go', two answers are right. */
export const conflictRecipe = {
  ...firstSetRecipe,
  name: 'a conflict',
  data: {
    ...firstSetRecipe.data,
    examples: [...firstSetRecipe.data.examples, { context: 'Go', answer: 'Potty', reward: 1 }],
  },
} as const

const neighbourhoods = 100
const street = { layer: 'dense', units: 8, activation: 'tanh' } as const
const repeated = <Layer>(layer: Layer, count: number): readonly Layer[] => Array.from({ length: count }, () => layer)

/**
 * A hundred neighbourhoods of tanh that do not learn: each layer makes the gradient smaller, so that nothing of it
 * reaches the first ones (Bengio, Simard and Frasconi 1994; Glorot and Bengio 2010).
 */
export const deepPlainRecipe = {
  format: 'paramap/1',
  name: 'a hundred neighbourhoods',
  seed: 1,
  data: { source: 'points', shape: 'circle', samples: 200, noise: 0, testShare: 0.5, features: ['x', 'y'] },
  network: repeated(street, neighbourhoods),
  training: {
    optimizer: { name: 'adam', learningRate: 0.0003 },
    initializer: 'uniform',
    initialScale: 0.3,
    batchSize: 10,
    stop: { epochs: 60 },
  },
} as const

const shortcut = { layer: 'residual', layers: [street] } as const
const evenShortcut = { layer: 'residual', layers: [{ layer: 'layer-norm' }, street] } as const

/** The same hundred, repaired: a start of the right size (Glorot and Bengio 2010), normalisation, residual connections. */
export const deepRepairedRecipe = {
  ...deepPlainRecipe,
  name: 'a hundred neighbourhoods, repaired',
  network: [street, ...repeated(evenShortcut, neighbourhoods - 1)],
  training: { ...deepPlainRecipe.training, initializer: 'xavier-uniform' },
} as const

/** One way to repair the hundred: edits of the plain recipe, after which the run is rewound. */
export interface Repair {
  readonly id: 'xavier' | 'he' | 'orthogonal' | 'activation' | 'normalisation' | 'residual'
  readonly edits: readonly { readonly path: string; readonly value: unknown }[]
  /** True where it is enough alone; the others keep the gradient larger but do not teach the hundred by themselves. */
  readonly isEnough: boolean
}

const plainNetwork = deepPlainRecipe.network

/** Each way on its own. They can be joined: start, network and activation do not exclude each other. */
export const deepRepairs: readonly Repair[] = [
  { id: 'orthogonal', edits: [{ path: 'training.initializer', value: 'orthogonal' }], isEnough: true },
  {
    id: 'residual',
    edits: [{ path: 'network', value: [street, ...repeated(shortcut, neighbourhoods - 1)] }],
    isEnough: true,
  },
  { id: 'xavier', edits: [{ path: 'training.initializer', value: 'xavier-uniform' }], isEnough: false },
  { id: 'he', edits: [{ path: 'training.initializer', value: 'he-normal' }], isEnough: false },
  {
    id: 'normalisation',
    edits: [
      {
        path: 'network',
        value: repeated([{ layer: 'layer-norm' }, street], neighbourhoods / 2)
          .flat()
          .slice(1),
      },
    ],
    isEnough: false,
  },
  {
    id: 'activation',
    edits: [{ path: 'network', value: plainNetwork.map((layer) => ({ ...layer, activation: 'leaky-relu' })) }],
    isEnough: false,
  },
]
