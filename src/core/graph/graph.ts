/** Builds graphs and derives their gradients, graph to graph. */
import { ops } from '../ops/index.ts'
import type { Op } from '../ops/op.ts'
import { type Attributes, type Builder, type Node, type Storage, sameShape } from './node.ts'

const opsByName: ReadonlyMap<string, Op> = new Map(ops.map((op) => [op.name, op]))

/** The op of that name. */
export function opNamed(name: string): Op {
  const op = opsByName.get(name)
  if (op === undefined) throw new Error(`internal: unknown op ${name}`)
  return op
}

/** Makes nodes in topological order; equal leaves are one node. */
export class Graph implements Builder {
  private count = 0
  private readonly leaves = new Map<Storage, Node>()

  /** The value that a storage holds when the step begins. */
  leaf(storage: Storage): Node {
    const known = this.leaves.get(storage)
    if (known !== undefined) return known
    const node: Node = { id: this.count++, op: 'storage', inputs: [], attributes: {}, shape: storage.shape, storage }
    this.leaves.set(storage, node)
    return node
  }

  /** Applies an op. Throws RangeError where the shapes do not fit. */
  apply(op: string, inputs: readonly Node[], attributes: Attributes = {}): Node {
    const shape = opNamed(op).shape(
      inputs.map((input) => input.shape),
      attributes,
    )
    return { id: this.count++, op, inputs, attributes, shape }
  }
}

/** All nodes that the roots need, inputs before users. */
export function orderOf(roots: readonly Node[]): readonly Node[] {
  const seen = new Map<number, Node>()
  const open = [...roots]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node.id)) continue
    seen.set(node.id, node)
    open.push(...node.inputs)
  }
  return [...seen.values()].sort((a, b) => a.id - b.id)
}

/**
 * Reverse-mode differentiation: the gradients of `sum(output * upstream)` with respect to `targets`, as new nodes.
 *
 * `upstream` has the shape of `output` (a scalar storage holding 1 for a loss). A target on which the output does not
 * depend gets null. Walks the graph once from the output back, adding gradients where a value has several users.
 */
export function differentiate(
  graph: Graph,
  output: Node,
  upstream: Node,
  targets: readonly Node[],
): readonly (Node | null)[] {
  if (!sameShape(output.shape, upstream.shape)) {
    throw new RangeError(`differentiate: upstream has the output's shape [${output.shape}], got [${upstream.shape}]`)
  }
  const order = orderOf([output])
  const needed = new Set(targets.map((target) => target.id))
  const leadsToTarget = new Set<number>()
  for (const node of order) {
    if (needed.has(node.id) || node.inputs.some((input) => leadsToTarget.has(input.id))) leadsToTarget.add(node.id)
  }
  const gradients = new Map<number, Node>([[output.id, upstream]])
  for (const node of [...order].reverse()) {
    const gradient = gradients.get(node.id)
    if (gradient === undefined || node.inputs.length === 0) continue
    if (!node.inputs.some((input) => leadsToTarget.has(input.id))) continue
    spread(graph, node, gradient, gradients, leadsToTarget)
  }
  return targets.map((target) => gradients.get(target.id) ?? null)
}

function spread(
  graph: Graph,
  node: Node,
  upstream: Node,
  gradients: Map<number, Node>,
  wanted: ReadonlySet<number>,
): void {
  const rule = opNamed(node.op).gradient
  if (rule === 'backwardOnly') throw new Error(`internal: ${node.op} is for backward passes and has no gradient itself`)
  const input = (index: number): Node => {
    const value = node.inputs[index]
    if (value === undefined) throw new Error(`internal: ${node.op}: no input ${index}`)
    return value
  }
  const lazy: Builder = { apply: (op, inputs, attributes) => graph.apply(op, inputs, attributes) }
  const parts = rule({ node, upstream, build: lazy, input })
  node.inputs.forEach((source, index) => {
    const part = parts[index]
    if (part === undefined || part === null || !wanted.has(source.id)) return
    const before = gradients.get(source.id)
    gradients.set(source.id, before === undefined ? part : graph.apply('add', [before, part]))
  })
}
