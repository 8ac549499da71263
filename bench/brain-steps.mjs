// One batch of small dense cases in brain.js, which updates after every sample. usage: node brain-steps.mjs [CASE ...]
import brain from 'brain.js'
import { isWanted, randomSamples, tellStep } from './timing.mjs'

const learningRate = 0.03
const cases = [
  ['playground-2-4-2-1-b10-sgd', [2, 4, 2, 1], 'tanh', 10],
  ['mnist-784-128-10-b32-adam', [784, 128, 10], 'relu', 32],
]
const names = process.argv.slice(2)
for (const [name, sizes, activation, batch] of cases) {
  if (!isWanted(name, names)) continue
  const network = new brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation, learningRate })
  network.sizes = sizes
  network.initialize()
  const samples = randomSamples(batch, sizes[0], sizes.at(-1)).map(({ input, output }) => ({
    input: Float32Array.from(input),
    output: Float32Array.from(output),
  }))
  await tellStep(name, (steps) => {
    for (let step = 0; step < steps; step++) network.trainPatterns(samples)
  })
}
