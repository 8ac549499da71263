/** From a recipe and its data to the layers and tensors of a network, and to its graph. */
import type { Dataset } from '../data/dataset.ts'
import type { Builder, Node } from '../graph/node.ts'
import type { Activation, LayerInfo, ParameterInfo, Recipe, Task } from '../spec/index.ts'
import { dense, type LayerValues } from './dense.ts'
import { checkLoss } from './loss.ts'

export interface Network {
  readonly task: Task
  /** The input first, the output last. */
  readonly layers: readonly LayerInfo[]
  readonly parameters: readonly ParameterInfo[]
  readonly parameterCount: number
}

/**
 * The layers of a recipe with their sizes. The output follows from the data: softmax for classes, else linear.
 * Throws `NETWORK-001` where the chosen loss does not suit the data.
 */
export function describeNetwork(recipe: Recipe, dataset: Dataset): Network {
  checkLoss(recipe, dataset.task, dataset.outputWidth)
  const input: LayerInfo = {
    role: 'input',
    units: dataset.inputWidth,
    activation: 'none',
    names: dataset.inputNames,
    parameterCount: 0,
    firstNode: 0,
  }
  const layers: LayerInfo[] = [input]
  const parameters: ParameterInfo[] = []
  let offset = 0
  const add = (role: 'hidden' | 'output', units: number, activation: string, names: readonly string[]): void => {
    const before = layers.at(-1) ?? input
    const layer = layers.length
    const name = `layers.${layer - 1}`
    const weights = units * before.units
    parameters.push(
      { name: `${name}.weight`, kind: 'weight', shape: [units, before.units], offset, size: weights, layer },
      { name: `${name}.bias`, kind: 'bias', shape: [units], offset: offset + weights, size: units, layer },
    )
    offset += weights + units
    const firstNode = before.firstNode + before.units
    layers.push({ role, units, activation, names, parameterCount: weights + units, firstNode })
  }
  for (const layer of recipe.network) add('hidden', layer.units, layer.activation, [])
  add('output', dataset.outputWidth, dataset.task === 'classes' ? 'softmax' : 'linear', dataset.outputNames)
  return { task: dataset.task, layers, parameters, parameterCount: offset }
}

/** Every layer's values for a batch, without the input; the last one's `sums` are the logits. */
export function forward(
  build: Builder,
  network: Network,
  parameter: (name: string) => Node,
  input: Node,
): readonly LayerValues[] {
  const values: LayerValues[] = []
  let x = input
  network.layers.slice(1).forEach((layer, index) => {
    const [weight, bias] = [parameter(`layers.${index}.weight`), parameter(`layers.${index}.bias`)]
    const isSoftmax = layer.activation === 'softmax'
    const activation = isSoftmax ? 'linear' : (layer.activation as Activation)
    const made = dense(build, x, weight, bias, activation)
    values.push(isSoftmax ? { sums: made.sums, activations: build.apply('softmax', [made.sums]) } : made)
    x = made.activations
  })
  return values
}
