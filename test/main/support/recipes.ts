/** Recipes that tests run: the story's sentences and a circle of points. */
export const story = {
  format: 'paramap/1',
  name: '나는 너를',
  seed: 7,
  data: {
    source: 'sentences',
    examples: [
      { context: '나는 너를', answer: '사랑해' },
      { context: '나는 너를', answer: '좋아해', reward: -0.5 },
      { context: '나는 너를', answer: '미워해', reward: -1 },
      { context: '나는 너를', answer: '싫어해', reward: -1 },
    ],
  },
  network: [{ layer: 'dense', units: 5, activation: 'tanh' }],
  training: { optimizer: { name: 'adam', learningRate: 0.02 }, batchSize: 4, stop: { epochs: 200 } },
} as const

export const circle = {
  format: 'paramap/1',
  name: 'circle',
  seed: 1,
  data: { source: 'points', shape: 'circle', samples: 200, noise: 0, testShare: 0.5, features: ['x', 'y'] },
  network: [
    { layer: 'dense', units: 4, activation: 'tanh' },
    { layer: 'dense', units: 2, activation: 'tanh' },
  ],
  training: { optimizer: { name: 'sgd', learningRate: 0.03 }, batchSize: 10, stop: { epochs: 100000 } },
} as const

/** A lens that asks for nothing but the head and the curve. */
export const bareLens = {
  parameters: false,
  gradients: false,
  nodeMap: 0,
  surface: 0,
  passenger: null,
  destination: null,
} as const
