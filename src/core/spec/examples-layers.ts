/** Recipes that the app begins with whose layers read pictures or the order of words, as a person would write them. */

/** Handwritten digits through two convolutions: each filter looks for one pattern wherever it stands. */
export const digitsConvolutionRecipe = {
  format: 'paramap/1',
  name: 'digits, convolution',
  seed: 1,
  data: { source: 'digits', samples: 2000 },
  network: [
    { layer: 'conv2d', filters: 6, kernel: 5, padding: 2, activation: 'relu' },
    { layer: 'max-pool', kernel: 2 },
    { layer: 'conv2d', filters: 8, kernel: 3, activation: 'relu' },
    { layer: 'max-pool', kernel: 2 },
    { layer: 'dense', units: 16, activation: 'relu' },
  ],
  training: {
    optimizer: { name: 'adam', learningRate: 0.004 },
    initializer: 'he-normal',
    batchSize: 32,
    stop: { epochs: 10 },
  },
} as const

/** The same words in another order mean something else: a bag of words cannot tell them apart, a recurrent layer can. */
export const wordOrderRecipe = {
  format: 'paramap/1',
  name: 'word order',
  seed: 1,
  data: {
    source: 'sentences',
    tokenizer: 'word',
    examples: [
      { context: 'dog chases cat', answer: 'cat runs' },
      { context: 'cat chases dog', answer: 'dog runs' },
      { context: '해 다음 달', answer: '밤' },
      { context: '달 다음 해', answer: '아침' },
    ],
  },
  network: [
    { layer: 'embedding', units: 4 },
    { layer: 'gru', units: 6, output: 'last' },
  ],
  training: {
    optimizer: { name: 'adam', learningRate: 0.03 },
    batchSize: 32,
    stop: { epochs: 300 },
  },
} as const
