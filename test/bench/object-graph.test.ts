/** The object graph that stands for Playground's core learns by the right gradients. */
import { describe, expect, it } from 'vitest'
import { activations, backward, buildGraph, forward, update } from '../../bench/object-graph.ts'

const samples = [
  { input: [0.3, -0.7], output: [0.4, -0.2] },
  { input: [-0.9, 0.1], output: [-0.5, 0.6] },
]

function meanLoss(graph: ReturnType<typeof buildGraph>): number {
  const losses = samples.map(({ input, output }) => {
    forward(graph, input)
    const errors = (graph.at(-1) ?? []).map((neuron, i) => neuron.output - (output[i] ?? 0))
    return 0.5 * errors.reduce((sum, error) => sum + error * error, 0)
  })
  return losses.reduce((sum, loss) => sum + loss, 0) / samples.length
}

describe('an object graph', () => {
  it('has the sizes asked for and biases of 0.1', () => {
    const graph = buildGraph([2, 4, 2, 1], activations.tanh, activations.linear)
    expect(graph.map((layer) => layer.length)).toEqual([2, 4, 2, 1])
    expect(graph.slice(1).map((layer) => layer[0]?.incoming.length)).toEqual([2, 4, 2])
    expect(graph[1]?.[0]?.bias).toBe(0.1)
  })

  it('moves each parameter by the learning rate times the mean gradient', () => {
    const graph = buildGraph([2, 3, 3, 2], activations.tanh, activations.linear)
    const cells = graph.slice(1).flatMap((layer) =>
      layer.flatMap((neuron) => [
        {
          read: () => neuron.bias,
          write: (value: number) => {
            neuron.bias = value
          },
        },
        ...neuron.incoming.map((link) => ({
          read: () => link.weight,
          write: (value: number) => {
            link.weight = value
          },
        })),
      ]),
    )
    // the error of a central difference is about h² = 1e-8 beside gradients near 0.1
    const h = 1e-4
    const slopes = cells.map(({ read, write }) => {
      const value = read()
      write(value + h)
      const above = meanLoss(graph)
      write(value - h)
      const below = meanLoss(graph)
      write(value)
      return (above - below) / (2 * h)
    })
    const before = cells.map(({ read }) => read())
    for (const { input, output } of samples) {
      forward(graph, input)
      backward(graph, output)
    }
    const learningRate = 0.5
    update(graph, learningRate)
    for (const [i, { read }] of cells.entries()) {
      expect(read()).toBeCloseTo((before[i] ?? 0) - learningRate * (slopes[i] ?? 0), 7)
    }
  })

  it('forgets gradients after an update', () => {
    const graph = buildGraph([2, 2, 2], activations.relu, activations.linear)
    forward(graph, [1, 1])
    backward(graph, [5, -5])
    update(graph, 0.1)
    const after = graph.flat().map(({ bias }) => bias)
    update(graph, 0.1)
    expect(graph.flat().map(({ bias }) => bias)).toEqual(after)
  })
})
