/** One policy-gradient step, through the graph and the update of ordinary training. */
import type { Program } from '../exec/program.ts'
import { differentiate, Graph } from '../graph/graph.ts'
import type { Storage } from '../graph/node.ts'
import { forward } from '../nn/network.ts'
import { optimizers } from '../optim/index.ts'
import { clipNormEffect, segmentsOf, updateEffects } from '../optim/update.ts'
import { gradientRoots, leavesOf, outputOf } from './programs.ts'
import type { Workshop } from './workshop.ts'

/** A program with what it is told. */
export interface TeachProgram {
  readonly program: Program
  /** [1, inputWidth] */
  readonly inputs: Storage
  /** [1, 2]: the answer, and 1. */
  readonly target: Storage
  /** What the gradient of `-log p(answer)` is multiplied by: reward less baseline. */
  readonly advantage: Storage
}

/**
 * REINFORCE with a baseline (Williams 1992, "Simple statistical gradient-following algorithms", section 5): parameters
 * move along `(r - b) d log p(answer | context) / dw`, the gradient of the loss `-(r - b) log p(answer | context)`.
 *
 * p is what the network answers, so dropout is off and norms use their running statistics. `at.loss` becomes
 * `-log p(answer | context)` from before the step.
 */
export function teachProgram({ recipe, dataset, network, at }: Workshop): TeachProgram {
  const graph = new Graph()
  const inputs: Storage = { name: 'teach.inputs', shape: [1, dataset.inputWidth] }
  const target: Storage = { name: 'teach.target', shape: [1, 2] }
  const advantage: Storage = { name: 'teach.advantage', shape: [] }
  const leaves = leavesOf(graph, network, at)
  const output = outputOf(forward(graph, network, leaves, graph.leaf(inputs)))
  const surprise = graph.apply('cross_entropy', [output.sums, graph.leaf(target)])
  const gradients = differentiate(
    graph,
    surprise,
    graph.leaf(advantage),
    network.parameters.map((info) => leaves.parameter(info.name)),
  )
  const { parameters, gradients: flat, slots, cells, updates: steps } = at
  const program: Program = {
    before: [],
    roots: [{ node: surprise, into: at.loss }, ...gradientRoots(network, gradients, at.gradients)],
    after: [
      ...(recipe.training.clip.norm > 0 ? [clipNormEffect(at)] : []),
      ...updateEffects(
        optimizers[recipe.training.optimizer.name],
        { parameters, gradients: flat, slots, cells, steps },
        segmentsOf(network.parameters),
      ),
    ],
    cursor: null,
    advanceBy: 0,
    guard: null,
  }
  return { program, inputs, target, advantage }
}
