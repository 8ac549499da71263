/** The programs of a session: one training step, the scores of all data, a look inside, what pulls where. */
import type { Dataset, Rows } from '../data/dataset.ts'
import type { Effect, Program } from '../exec/program.ts'
import { differentiate, Graph } from '../graph/graph.ts'
import type { Node, Storage } from '../graph/node.ts'
import type { LayerValues } from '../nn/dense.ts'
import { lossNode } from '../nn/loss.ts'
import { forward, type Network } from '../nn/network.ts'
import { optimizers } from '../optim/index.ts'
import { cellCount, clipNormEffect, segmentsOf, updateEffect } from '../optim/update.ts'
import type { Recipe } from '../spec/index.ts'
import { gatherEffect, tallyClassesEffect, tallyLossEffect } from './effects.ts'

/** Memory that lasts from step to step. */
export interface Storages {
  readonly parameters: Storage
  readonly gradients: Storage
  readonly slots: readonly Storage[]
  readonly cells: Storage
  readonly updates: Storage
  readonly order: Storage
  readonly cursor: Storage
  readonly loss: Storage
  readonly one: Storage
  readonly totals: Storage
  readonly train: { readonly inputs: Storage; readonly targets: Storage }
  readonly test: { readonly inputs: Storage; readonly targets: Storage }
}

const targetWidth = (dataset: Dataset): number => (dataset.task === 'classes' ? 2 : dataset.outputWidth)

function tableOf(name: string, rows: Rows, dataset: Dataset): { inputs: Storage; targets: Storage } {
  return {
    inputs: { name: `${name}.inputs`, shape: [rows.count, dataset.inputWidth] },
    targets: { name: `${name}.targets`, shape: [rows.count, targetWidth(dataset)] },
  }
}

/** The storages that a recipe's programs share. */
export function storagesOf(recipe: Recipe, dataset: Dataset, network: Network): Storages {
  const flat = (name: string): Storage => ({ name, shape: [network.parameterCount] })
  const scalar = (name: string): Storage => ({ name, shape: [] })
  const optimizer = optimizers[recipe.training.optimizer.name]
  return {
    parameters: flat('parameters'),
    gradients: flat('gradients'),
    slots: optimizer.slots.map(flat),
    cells: { name: 'cells', shape: [2 * cellCount(optimizer)] },
    updates: scalar('updates'),
    order: { name: 'order', shape: [dataset.train.count] },
    cursor: scalar('cursor'),
    loss: scalar('loss'),
    one: scalar('one'),
    totals: { name: 'totals', shape: [2] },
    train: tableOf('train', dataset.train, dataset),
    test: tableOf('test', dataset.test, dataset),
  }
}

/** A leaf for each parameter tensor: a stretch of the flat storage. */
function tensorLeaves(graph: Graph, network: Network, flat: Storage): (name: string) => Node {
  const leaves = new Map(
    network.parameters.map((info) => {
      const storage: Storage = { name: info.name, shape: info.shape, within: { storage: flat, first: info.offset } }
      return [info.name, graph.leaf(storage)] as const
    }),
  )
  return (name) => {
    const leaf = leaves.get(name)
    if (leaf === undefined) throw new Error(`internal: no parameter ${name}`)
    return leaf
  }
}

function outputOf(values: readonly LayerValues[]): LayerValues {
  const output = values.at(-1)
  if (output === undefined) throw new Error('internal: a network has an output')
  return output
}

/** One step on `rows` rows: fetch, forward, loss, backward, update. */
export function trainingProgram(
  recipe: Recipe,
  dataset: Dataset,
  network: Network,
  at: Storages,
  rows: number,
): Program {
  const graph = new Graph()
  const inputs: Storage = { name: 'batch.inputs', shape: [rows, dataset.inputWidth] }
  const targets: Storage = { name: 'batch.targets', shape: [rows, targetWidth(dataset)] }
  const parameter = tensorLeaves(graph, network, at.parameters)
  const values = forward(graph, network, parameter, graph.leaf(inputs))
  const loss = lossNode(graph, recipe, network.task, outputOf(values), graph.leaf(targets))
  const leaves = network.parameters.map((info) => parameter(info.name))
  const gradients = differentiate(graph, loss, graph.leaf(at.one), leaves)
  const optimizer = optimizers[recipe.training.optimizer.name]
  const { parameters, gradients: flatGradients, slots, cells, updates: steps } = at
  return {
    before: [
      gatherEffect(at.train.inputs, at.order, at.cursor, inputs),
      gatherEffect(at.train.targets, at.order, at.cursor, targets),
    ],
    roots: [
      { node: loss, into: at.loss },
      ...network.parameters.flatMap((info, index) => {
        const node = gradients[index]
        const into: Storage = {
          name: `gradient.${info.name}`,
          shape: info.shape,
          within: { storage: at.gradients, first: info.offset },
        }
        return node === null || node === undefined ? [] : [{ node, into }]
      }),
    ],
    after: [
      ...(recipe.training.clip.norm > 0 ? [clipNormEffect(at)] : []),
      updateEffect(
        optimizer,
        { parameters, gradients: flatGradients, slots, cells, steps },
        segmentsOf(network.parameters),
      ),
    ],
    cursor: at.cursor,
    advanceBy: rows,
    guard: at.loss,
  }
}

/** Loss and right answers of `rows` rows from the cursor on, added to the totals. */
export function scoringProgram(
  recipe: Recipe,
  dataset: Dataset,
  network: Network,
  at: Storages,
  part: 'train' | 'test',
  rows: number,
): Program {
  const graph = new Graph()
  const inputs: Storage = { name: 'score.inputs', shape: [rows, dataset.inputWidth] }
  const targets: Storage = { name: 'score.targets', shape: [rows, targetWidth(dataset)] }
  const outputs: Storage = { name: 'score.outputs', shape: [rows, dataset.outputWidth] }
  const loss: Storage = { name: 'score.loss', shape: [] }
  const values = forward(graph, network, tensorLeaves(graph, network, at.parameters), graph.leaf(inputs))
  const output = outputOf(values)
  const tally: Effect =
    network.task === 'classes'
      ? tallyClassesEffect(loss, outputs, targets, at.totals)
      : tallyLossEffect(loss, at.totals, rows)
  return {
    before: [
      gatherEffect(at[part].inputs, null, at.cursor, inputs),
      gatherEffect(at[part].targets, null, at.cursor, targets),
    ],
    roots: [
      { node: lossNode(graph, recipe, network.task, output, graph.leaf(targets)), into: loss },
      { node: output.sums, into: outputs },
    ],
    after: [tally],
    cursor: at.cursor,
    advanceBy: rows,
    guard: null,
  }
}

/** A program with its rows of input and every layer's values. */
export interface Probe {
  readonly program: Program
  readonly inputs: Storage
  /** [rows, units] of each layer after the input. */
  readonly sums: readonly Storage[]
  readonly activations: readonly Storage[]
}

/** Every stop's sum and activation for `rows` rows of any input. */
export function probeProgram(dataset: Dataset, network: Network, at: Storages, rows: number): Probe {
  const graph = new Graph()
  const inputs: Storage = { name: 'probe.inputs', shape: [rows, dataset.inputWidth] }
  const values = forward(graph, network, tensorLeaves(graph, network, at.parameters), graph.leaf(inputs))
  const sums = values.map(({ sums: node }, index) => ({ name: `probe.sums.${index}`, shape: node.shape }))
  const activations = values.map(({ activations: node }, index) => ({
    name: `probe.activations.${index}`,
    shape: node.shape,
  }))
  const roots = values.flatMap((value, index) => {
    const [sum, activation] = [sums[index], activations[index]]
    if (sum === undefined || activation === undefined) return []
    return [
      { node: value.sums, into: sum },
      { node: value.activations, into: activation },
    ]
  })
  return {
    program: { before: [], roots, after: [], cursor: null, advanceBy: 0, guard: null },
    inputs,
    sums,
    activations,
  }
}

/** A program with, for each layer after the input, the gradient of one output with respect to its sums. */
export interface Pull {
  readonly program: Program
  readonly inputs: Storage
  /** [1, outputs]: 1 at the destination, 0 elsewhere. */
  readonly destination: Storage
  /** Before the layer: its inputs [1, in]; for the first layer the row itself. */
  readonly activations: readonly Storage[]
  /** [1, units] */
  readonly slopes: readonly Storage[]
}

/** How much each sum pulls at the destination's output (its probability for classes) for one row. */
export function pullProgram(dataset: Dataset, network: Network, at: Storages): Pull {
  const graph = new Graph()
  const inputs: Storage = { name: 'pull.inputs', shape: [1, dataset.inputWidth] }
  const destination: Storage = { name: 'pull.destination', shape: [1, dataset.outputWidth] }
  const values = forward(graph, network, tensorLeaves(graph, network, at.parameters), graph.leaf(inputs))
  const output = outputOf(values)
  const slopes = differentiate(
    graph,
    output.activations,
    graph.leaf(destination),
    values.map((value) => value.sums),
  )
  const activations = values.map((value, index) => ({
    name: `pull.activations.${index}`,
    shape: value.activations.shape,
  }))
  const into = values.map((value, index) => ({ name: `pull.slopes.${index}`, shape: value.sums.shape }))
  const roots = values.flatMap((value, index) => {
    const [activation, slope, node] = [activations[index], into[index], slopes[index]]
    if (activation === undefined || slope === undefined || node === null || node === undefined) return []
    return [
      { node: value.activations, into: activation },
      { node, into: slope },
    ]
  })
  return {
    program: { before: [], roots, after: [], cursor: null, advanceBy: 0, guard: null },
    inputs,
    destination,
    activations,
    slopes: into,
  }
}
