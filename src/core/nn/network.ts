/** From a recipe and its data to the layers and tensors of a network, and to its graph. */
import type { Dataset } from '../data/dataset.ts'
import type { Builder, Node } from '../graph/node.ts'
import { sizeOf } from '../graph/node.ts'
import {
  countTerms,
  Fault,
  type LayerInfo,
  type LayerSpec,
  type ParameterInfo,
  type Recipe,
  type Task,
} from '../spec/index.ts'
import {
  type BoundLayer,
  type LayerContext,
  type LayerValues,
  type Row,
  refuseTokens,
  reshaped,
  type Training,
} from './layer.ts'
import { layerOf } from './layers.ts'
import { checkLoss } from './loss.ts'

/** A layer with its place in the network. */
interface Stage {
  readonly layer: BoundLayer
  readonly input: Row
  /** `layers.0.` */
  readonly prefix: string
}

/** Numbers that a layer keeps without learning them; `offset` counts from the start of all of them laid end to end. */
export interface BufferInfo {
  readonly name: string
  readonly shape: readonly number[]
  readonly offset: number
  readonly size: number
  /** What each number is before training. */
  readonly value: number
}

export interface Network {
  readonly task: Task
  /** The input first, the output last. */
  readonly layers: readonly LayerInfo[]
  readonly parameters: readonly ParameterInfo[]
  readonly parameterCount: number
  readonly buffers: readonly BufferInfo[]
  readonly bufferCount: number
  readonly stages: readonly Stage[]
  /** Predictions a row: steps of a text that each have a next token, else 1. */
  readonly positions: number
}

/** The shape in which one row of the data enters. */
function inputRow(dataset: Dataset): Row {
  const sides = dataset.inputShape ?? [dataset.inputWidth]
  return dataset.vocabulary === undefined ? { sides } : { sides, vocabulary: dataset.vocabulary }
}

/** The layer that follows from the data, without its softmax. Throws `NETWORK-002` or `NETWORK-007` for what it cannot read. */
function outputSpec(dataset: Dataset, row: Row, at: string): LayerSpec {
  refuseTokens('output', row, at)
  const { positions = 1 } = dataset
  if (positions > 1 ? row.sides.length !== 2 || row.sides[0] !== positions : row.sides.length === 2) {
    throw new Fault('NETWORK-007', { given: `[${row.sides.join(', ')}]`, positions }, at)
  }
  return { layer: 'dense', units: dataset.outputWidth, activation: 'linear' }
}

/** Stops of a row, and its shape where a stop is more than a number. */
function stopsOf({ sides, flat }: Row): Pick<LayerInfo, 'units' | 'shape'> {
  const shape = flat ?? sides
  if (shape.length === 1) return { units: sizeOf(sides) }
  return { units: (shape.length === 3 ? shape[0] : shape.at(-1)) ?? 0, shape }
}

const activationOf = (spec: LayerSpec): string => ('activation' in spec ? spec.activation : 'none')

/** Lays layers and tensors one after the other. */
class Plan {
  readonly layers: LayerInfo[]
  readonly parameters: ParameterInfo[] = []
  readonly buffers: BufferInfo[] = []
  readonly stages: Stage[] = []
  parameterCount = 0
  bufferCount = 0
  private nodes: number
  row: Row

  constructor(input: LayerInfo, row: Row) {
    this.layers = [input]
    this.nodes = input.units
    this.row = row
  }

  add(spec: LayerSpec, info: Pick<LayerInfo, 'role' | 'activation' | 'names'>): void {
    const index = this.layers.length - 1
    const prefix = `layers.${index}.`
    const layer = layerOf(spec)
    const input = this.row
    this.row = layer.outputRow(input, `network.${index}`)
    this.stages.push({ layer, input, prefix })
    for (const { name, kind, shape, start } of layer.parameters(input)) {
      const size = sizeOf(shape)
      const made: ParameterInfo = {
        name: prefix + name,
        kind,
        shape,
        offset: this.parameterCount,
        size,
        layer: index + 1,
      }
      this.parameters.push(start === undefined ? made : { ...made, start })
      this.parameterCount += size
    }
    for (const { name, shape, value } of layer.buffers(input)) {
      this.buffers.push({ name: prefix + name, shape, offset: this.bufferCount, size: sizeOf(shape), value })
      this.bufferCount += sizeOf(shape)
    }
    const made: LayerInfo = {
      role: info.role,
      ...stopsOf(this.row),
      activation: info.activation,
      names: info.names,
      parameterCount: countTerms(this.parameters, index + 1).reduce((sum, { count }) => sum + count, 0),
      firstNode: this.nodes,
      ...(spec.layer === 'dense' ? {} : { kind: spec.layer }),
    }
    this.nodes += made.units
    this.layers.push(made)
  }
}

/**
 * The layers of a recipe with their sizes. The output follows from the data: softmax for classes, else linear.
 * Throws `NETWORK-001` where the chosen loss does not suit the data, others where a layer does not suit what comes before.
 */
export function describeNetwork(recipe: Recipe, dataset: Dataset): Network {
  checkLoss(recipe, dataset.task, dataset.outputWidth)
  const row = inputRow(dataset)
  const input: LayerInfo = {
    role: 'input',
    ...stopsOf(row),
    activation: 'none',
    names: dataset.inputNames,
    parameterCount: 0,
    firstNode: 0,
    ...(dataset.tokenNames === undefined ? {} : { tokens: dataset.tokenNames }),
  }
  const plan = new Plan(input, row)
  for (const spec of recipe.network) plan.add(spec, { role: 'hidden', activation: activationOf(spec), names: [] })
  const output = outputSpec(dataset, plan.row, 'network')
  const activation = dataset.task === 'classes' ? 'softmax' : 'linear'
  plan.add(output, { role: 'output', activation, names: dataset.outputNames })
  const { layers, parameters, parameterCount, buffers, bufferCount, stages } = plan
  const positions = dataset.positions ?? 1
  return { task: dataset.task, layers, parameters, parameterCount, buffers, bufferCount, stages, positions }
}

/** All buffers before training, one after the other. */
export function startBuffers(network: Network): Float32Array {
  const values = new Float32Array(network.bufferCount)
  for (const { offset, size, value } of network.buffers) values.fill(value, offset, offset + size)
  return values
}

/** Where the graph of a network finds what it does not compute. */
export interface NetworkLeaves {
  parameter(name: string): Node
  /** Buffers from the named one on, under one shape. */
  buffer(name: string, shape: readonly number[]): Node
}

/** Every layer's values for a batch [rows, inputs], without the input; the last one's `sums` are the logits. */
export function forward(
  build: Builder,
  network: Network,
  leaves: NetworkLeaves,
  input: Node,
  training: Training | null = null,
): readonly LayerValues[] {
  const values: LayerValues[] = []
  const rows = input.shape[0] ?? 0
  const sides = network.stages[0]?.input.sides ?? []
  let x = sides.length > 1 ? reshaped(build, input, [rows, ...sides]) : input
  network.stages.forEach(({ layer, input: row, prefix }, index) => {
    const context: LayerContext = {
      build,
      parameter: (name) => leaves.parameter(prefix + name),
      buffer: (name, shape) => leaves.buffer(prefix + name, shape),
      training,
    }
    const made = layer.forward(context, x, row)
    const isOutput = index === network.stages.length - 1
    values.push(isOutput && network.task === 'classes' ? classesOf(build, made) : made)
    x = made.activations
  })
  return values
}

/** Logits [rows or rows x positions, classes] and their softmax. */
function classesOf(build: Builder, made: LayerValues): LayerValues {
  const classes = made.sums.shape.at(-1) ?? 0
  const sums =
    made.sums.shape.length === 2 ? made.sums : reshaped(build, made.sums, [sizeOf(made.sums.shape) / classes, classes])
  return { sums, activations: build.apply('softmax', [sums]) }
}
