/** The two recipes that the app begins with, as a person would write them: `acceptRecipe` completes them. */

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
    batchSize: 4,
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
