/** Recipes of tables and pictures that the app begins with, as a person would write them. */

const trainedByAdam = {
  optimizer: { name: 'adam', learningRate: 0.01 },
  batchSize: 16,
  stop: { epochs: 100 },
} as const

/** Three kinds of iris from four lengths. */
export const irisRecipe = {
  format: 'paramap/1',
  name: 'iris',
  seed: 1,
  data: { source: 'table', name: 'iris' },
  network: [{ layer: 'dense', units: 6, activation: 'tanh' }],
  training: trainedByAdam,
} as const

/** Three kinds of penguins from measures, island and sex; some cells are empty. */
export const penguinsRecipe = { ...irisRecipe, name: 'penguins', data: { source: 'table', name: 'penguins' } } as const

/** Handwritten digits, 28 x 28 pixels each. */
export const digitsRecipe = {
  format: 'paramap/1',
  name: 'digits',
  seed: 1,
  data: { source: 'digits', samples: 2000 },
  network: [{ layer: 'dense', units: 32, activation: 'relu' }],
  training: {
    optimizer: { name: 'adam', learningRate: 0.003 },
    batchSize: 32,
    stop: { epochs: 20 },
  },
} as const
