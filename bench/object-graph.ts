/**
 * A dense network as a graph of objects, the way TensorFlow Playground's core works (written anew from its behaviour):
 * one object a neuron and one a link, double precision, a half of the squared error, one sample at a time; gradients are
 * added up over the batch and their mean is applied by plain gradient descent. Unlike Playground's, it may have several
 * outputs. Weights start uniform in [-0.5, 0.5), biases at 0.1, as there.
 */

interface Activation {
  value(x: number): number
  slope(x: number): number
}

const tanh: Activation = {
  value: (x) => Math.tanh(x),
  slope: (x) => {
    const y = tanh.value(x)
    return 1 - y * y
  },
}
const relu: Activation = { value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0) }
const linear: Activation = { value: (x) => x, slope: () => 1 }

/** Activations by name: value and slope, both of the weighted sum. */
export const activations = { tanh, relu, linear }

const firstBias = 0.1

class Link {
  readonly from: Neuron
  readonly to: Neuron
  weight = Math.random() - 0.5
  gradient = 0
  gradientSum = 0
  samples = 0

  constructor(from: Neuron, to: Neuron) {
    this.from = from
    this.to = to
  }
}

class Neuron {
  readonly activation: Activation
  readonly incoming: Link[] = []
  readonly outgoing: Link[] = []
  bias = firstBias
  sum = 0
  output = 0
  outputGradient = 0
  sumGradient = 0
  biasGradientSum = 0
  samples = 0

  constructor(activation: Activation) {
    this.activation = activation
  }

  fire(): void {
    this.sum = this.bias
    for (const link of this.incoming) this.sum += link.weight * link.from.output
    this.output = this.activation.value(this.sum)
  }
}

/** Layers from the inputs to the outputs. */
export type ObjectGraph = readonly (readonly Neuron[])[]

/** Layers of neurons, each linked to all of the layer before. */
export function buildGraph(sizes: readonly number[], hidden: Activation, last: Activation): ObjectGraph {
  const layers: Neuron[][] = []
  for (const [depth, size] of sizes.entries()) {
    const activation = depth === sizes.length - 1 ? last : hidden
    const layer = Array.from({ length: size }, () => new Neuron(activation))
    for (const neuron of layer) {
      for (const source of layers.at(-1) ?? []) {
        const link = new Link(source, neuron)
        source.outgoing.push(link)
        neuron.incoming.push(link)
      }
    }
    layers.push(layer)
  }
  return layers
}

/** Outputs of every neuron for one sample. */
export function forward(layers: ObjectGraph, input: ArrayLike<number>): void {
  const inputs = layers[0] ?? []
  let i = 0
  for (const neuron of inputs) neuron.output = input[i++] ?? 0
  for (const layer of layers) {
    if (layer === inputs) continue
    for (const neuron of layer) neuron.fire()
  }
}

/** Adds the gradients of one sample, whose outputs `forward` has left in the graph. */
export function backward(layers: ObjectGraph, target: ArrayLike<number>): void {
  let i = 0
  for (const neuron of layers[layers.length - 1] ?? []) neuron.outputGradient = neuron.output - (target[i++] ?? 0)
  for (let depth = layers.length - 1; depth >= 1; depth--) {
    const layer = layers[depth] ?? []
    for (const neuron of layer) {
      neuron.sumGradient = neuron.outputGradient * neuron.activation.slope(neuron.sum)
      neuron.biasGradientSum += neuron.sumGradient
      neuron.samples++
    }
    for (const neuron of layer) {
      for (const link of neuron.incoming) {
        link.gradient = neuron.sumGradient * link.from.output
        link.gradientSum += link.gradient
        link.samples++
      }
    }
    if (depth > 1) gatherOutputGradients(layers[depth - 1] ?? [])
  }
}

function gatherOutputGradients(layer: readonly Neuron[]): void {
  for (const neuron of layer) {
    neuron.outputGradient = 0
    for (const link of neuron.outgoing) neuron.outputGradient += link.weight * link.to.sumGradient
  }
}

/** Moves every parameter against the mean of its gradients and forgets them. */
export function update(layers: ObjectGraph, learningRate: number): void {
  for (const layer of layers) {
    if (layer === layers[0]) continue
    for (const neuron of layer) {
      if (neuron.samples > 0) neuron.bias -= (learningRate * neuron.biasGradientSum) / neuron.samples
      neuron.biasGradientSum = 0
      neuron.samples = 0
      for (const link of neuron.incoming) {
        if (link.samples > 0) link.weight -= (learningRate / link.samples) * link.gradientSum
        link.gradientSum = 0
        link.samples = 0
      }
    }
  }
}
