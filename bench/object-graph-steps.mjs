// One training step of small dense cases in an object graph as Playground's. usage: node object-graph-steps.mjs [CASE ...]
import { activations, backward, buildGraph, forward, update } from './object-graph.ts'
import { isWanted, randomSamples, tellStep } from './timing.mjs'

const learningRate = 0.03
const repeated = (size, times) => new Array(times).fill(size)
const cases = [
  ['playground-2-4-2-1-b10-sgd', [2, 4, 2, 1], 'tanh', 10],
  ['deep-2-8x6-1-b10-adam', [2, ...repeated(8, 6), 1], 'tanh', 10],
  ['mnist-784-128-10-b32-adam', [784, 128, 10], 'relu', 32],
]
const names = process.argv.slice(2)
for (const [name, sizes, activation, batch] of cases) {
  if (!isWanted(name, names)) continue
  const graph = buildGraph(sizes, activations[activation], activations.linear)
  const samples = randomSamples(batch, sizes[0], sizes.at(-1))
  await tellStep(name, (steps) => {
    for (let step = 0; step < steps; step++) {
      for (const { input, output } of samples) {
        forward(graph, input)
        backward(graph, output)
      }
      update(graph, learningRate)
    }
  })
}
