/** The programs of a session: one training step, the scores of all data, a look inside, what pulls where. */
import type { Dataset, Rows } from '../data/dataset.ts'
import type { Effect, Program } from '../exec/program.ts'
import { differentiate, Graph } from '../graph/graph.ts'
import { type Node, type Storage, sizeOf } from '../graph/node.ts'
import type { LayerValues, Training } from '../nn/layer.ts'
import { lossNode } from '../nn/loss.ts'
import { forward, type Network, type NetworkLeaves } from '../nn/network.ts'
import { batchMomentum } from '../nn/norm.ts'
import { optimizers } from '../optim/index.ts'
import { cellCount, clipNormEffect, segmentsOf, updateEffects } from '../optim/update.ts'
import type { Recipe } from '../spec/index.ts'
import { followEffect, gatherEffect, shuffleEffect, tallyClassesEffect, tallyLossEffect } from './effects.ts'

/** Memory that lasts from step to step. */
export interface Storages {
  readonly parameters: Storage
  /** What layers keep without learning it. */
  readonly buffers: Storage
  readonly gradients: Storage
  readonly slots: readonly Storage[]
  readonly cells: Storage
  readonly updates: Storage
  /** Number of the epoch in two parts (`splitEpoch`), and the order in which it sees the rows. */
  readonly epoch: Storage
  readonly order: Storage
  readonly cursor: Storage
  readonly loss: Storage
  readonly one: Storage
  readonly totals: Storage
  readonly train: { readonly inputs: Storage; readonly targets: Storage }
  readonly test: { readonly inputs: Storage; readonly targets: Storage }
}

/** Numbers that a row of targets takes. */
export const targetWidth = (dataset: Dataset): number =>
  (dataset.task === 'classes' ? 2 : dataset.outputWidth) * (dataset.positions ?? 1)

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
    buffers: { name: 'buffers', shape: [network.bufferCount] },
    gradients: flat('gradients'),
    slots: optimizer.slots.map(flat),
    cells: { name: 'cells', shape: [2 * cellCount(optimizer)] },
    updates: scalar('updates'),
    epoch: { name: 'epoch', shape: [2] },
    order: { name: 'order', shape: [dataset.train.count] },
    cursor: scalar('cursor'),
    loss: scalar('loss'),
    one: scalar('one'),
    totals: { name: 'totals', shape: [2] },
    train: tableOf('train', dataset.train, dataset),
    test: tableOf('test', dataset.test, dataset),
  }
}

/** A leaf for each parameter tensor and buffer: stretches of the flat storages. */
export function leavesOf(graph: Graph, network: Network, at: Storages): NetworkLeaves {
  const leaves = new Map(
    network.parameters.map((info) => {
      const within = { storage: at.parameters, first: info.offset }
      return [info.name, graph.leaf({ name: info.name, shape: info.shape, within })] as const
    }),
  )
  return {
    parameter(name) {
      const leaf = leaves.get(name)
      if (leaf === undefined) throw new Error(`internal: no parameter ${name}`)
      return leaf
    },
    buffer(name, shape) {
      const info = network.buffers.find((buffer) => buffer.name === name)
      if (info === undefined) throw new Error(`internal: no buffer ${name}`)
      return graph.leaf({ name, shape, within: { storage: at.buffers, first: info.offset } })
    },
  }
}

/** What only training does, gathered while the graph is made. */
function trainingOf(graph: Graph, seed: number, at: Storages): Training & { readonly found: TrainingParts } {
  const found: TrainingParts = { followed: [], penalties: [] }
  let dropouts = 0
  return {
    found,
    seed,
    step: graph.leaf(at.updates),
    nextDropout: () => dropouts++,
    follow: (statistics, running, count) => found.followed.push({ statistics, running, count }),
    penalise: (loss) => found.penalties.push(loss),
  }
}

interface TrainingParts {
  readonly followed: { readonly statistics: Node; readonly running: Node; readonly count: number }[]
  readonly penalties: Node[]
}

/** Roots and effects that let running statistics follow the batch's. */
function followRoots(parts: TrainingParts): { roots: Program['roots']; after: Program['after'] } {
  const made = parts.followed.map(({ statistics, running, count }, index) => {
    const into: Storage = { name: `statistics.${index}`, shape: statistics.shape }
    if (running.storage === undefined) throw new Error('internal: running statistics are a storage')
    return { root: { node: statistics, into }, effect: followEffect(into, running.storage, batchMomentum, count) }
  })
  return { roots: made.map(({ root }) => root), after: made.map(({ effect }) => effect) }
}

/** Targets of a batch as the loss wants them: one row a prediction. */
export function targetLeaf(graph: Graph, network: Network, targets: Storage): Node {
  const leaf = graph.leaf(targets)
  if (network.positions === 1) return leaf
  const rows = (targets.shape[0] ?? 0) * network.positions
  return graph.apply('reshape', [leaf], { shape: [rows, sizeOf(targets.shape) / rows] })
}

/** The last layer's values. */
export function outputOf(values: readonly LayerValues[]): LayerValues {
  const output = values.at(-1)
  if (output === undefined) throw new Error('internal: a network has an output')
  return output
}

/** Roots that write each parameter's gradient to its place in `flat`; a parameter without one is left out. */
export function gradientRoots(
  network: Network,
  gradients: readonly (Node | null)[],
  flat: Storage,
): readonly Program['roots'][number][] {
  return network.parameters.flatMap((info, index) => {
    const node = gradients[index]
    const into: Storage = {
      name: `gradient.${info.name}`,
      shape: info.shape,
      within: { storage: flat, first: info.offset },
    }
    return node === null || node === undefined ? [] : [{ node, into }]
  })
}

/** Draws an epoch's order of the rows. */
export function shufflingProgram(recipe: Recipe, at: Storages): Program {
  const effect = shuffleEffect(recipe.seed, at.epoch, at.order)
  return { before: [effect], roots: [], after: [], cursor: null, advanceBy: 0, guard: null }
}

/** The graph of a step on rows of the epoch's order, from the fetched batch to its loss. */
export interface StepGraph {
  readonly graph: Graph
  readonly leaves: NetworkLeaves
  /** Fetches the batch from the cursor on. */
  readonly before: Program['before']
  readonly inputs: Storage
  readonly targets: Storage
  readonly values: readonly LayerValues[]
  /** Loss of the batch, and with what layers add to it. */
  readonly own: Node
  readonly loss: Node
  readonly parts: TrainingParts
}

/** Makes the graph of a step on `rows` rows. */
export function stepGraph(recipe: Recipe, dataset: Dataset, network: Network, at: Storages, rows: number): StepGraph {
  const graph = new Graph()
  const inputs: Storage = { name: 'batch.inputs', shape: [rows, dataset.inputWidth] }
  const targets: Storage = { name: 'batch.targets', shape: [rows, targetWidth(dataset)] }
  const leaves = leavesOf(graph, network, at)
  const training = trainingOf(graph, recipe.seed, at)
  const values = forward(graph, network, leaves, graph.leaf(inputs), training)
  const own = lossNode(graph, recipe, network.task, outputOf(values), targetLeaf(graph, network, targets))
  const loss = training.found.penalties.reduce((total, penalty) => graph.apply('add', [total, penalty]), own)
  const before = [
    gatherEffect(at.train.inputs, at.order, at.cursor, inputs),
    gatherEffect(at.train.targets, at.order, at.cursor, targets),
  ]
  return { graph, leaves, before, inputs, targets, values, own, loss, parts: training.found }
}

/** One step on `rows` rows: fetch, forward, loss, backward, update. */
export function trainingProgram(
  recipe: Recipe,
  dataset: Dataset,
  network: Network,
  at: Storages,
  rows: number,
): Program {
  const { graph, leaves, before, loss, parts } = stepGraph(recipe, dataset, network, at, rows)
  const follow = followRoots(parts)
  const gradients = differentiate(
    graph,
    loss,
    graph.leaf(at.one),
    network.parameters.map((info) => leaves.parameter(info.name)),
  )
  const optimizer = optimizers[recipe.training.optimizer.name]
  const { parameters, gradients: flatGradients, slots, cells, updates: steps } = at
  return {
    before,
    roots: [{ node: loss, into: at.loss }, ...gradientRoots(network, gradients, at.gradients), ...follow.roots],
    after: [
      ...follow.after,
      ...(recipe.training.clip.norm > 0 ? [clipNormEffect(at)] : []),
      ...updateEffects(
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
  const outputs: Storage = { name: 'score.outputs', shape: [rows * network.positions, dataset.outputWidth] }
  const loss: Storage = { name: 'score.loss', shape: [] }
  const values = forward(graph, network, leavesOf(graph, network, at), graph.leaf(inputs))
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
      { node: lossNode(graph, recipe, network.task, output, targetLeaf(graph, network, targets)), into: loss },
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
  const values = forward(graph, network, leavesOf(graph, network, at), graph.leaf(inputs))
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
  /** [positions, outputs]: 1 at the destination of the last position, 0 elsewhere. */
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
  const destination: Storage = { name: 'pull.destination', shape: [network.positions, dataset.outputWidth] }
  const values = forward(graph, network, leavesOf(graph, network, at), graph.leaf(inputs))
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
