/** Runs golden cases on both backends and says what differs. */

import type { Backend, Effect, Program } from '../../core/exec/program.ts'
import { ReferenceBackend } from '../../core/exec/reference.ts'
import { type Kernels, WasmBackend } from '../../core/exec/wasm.ts'
import { differentiate, Graph } from '../../core/graph/graph.ts'
import { type Node, type Storage, sizeOf } from '../../core/graph/node.ts'
import type { BufferSpec } from '../../core/nn/layer.ts'
import { batchMomentum } from '../../core/nn/norm.ts'
import { followEffect } from '../../core/train/effects.ts'
import { type CaseContext, graphBuilders } from './builders.ts'
import { type BackendKind, difference, tolerances } from './compare.ts'
import type { FunctionCase, GoldenCase, GoldenTensor } from './file.ts'
import { trajectoryProblems } from './trajectory.ts'

/** What a case came to; `missing` names what does not exist yet. */
export type Outcome =
  | { readonly kind: 'passed'; readonly label: string }
  | { readonly kind: 'failed'; readonly label: string; readonly problems: readonly string[] }
  | { readonly kind: 'not yet'; readonly label: string; readonly missing: string }

const backendKinds: readonly BackendKind[] = ['reference', 'wasm']

/** Runs one case on both backends. */
export function runCase(golden: GoldenCase, kernels: Kernels): Outcome {
  const { label } = golden
  const problems: string[] = []
  for (const kind of backendKinds) {
    const backend = kind === 'wasm' ? new WasmBackend(kernels) : new ReferenceBackend()
    try {
      const found = golden.kind === 'function' ? functionProblems(golden, backend) : trajectoryProblems(golden, backend)
      if (typeof found === 'string') return { kind: 'not yet', label, missing: found }
      problems.push(...found.map((problem) => `${kind}: ${problem}`))
    } catch (error) {
      problems.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      backend.dispose()
    }
  }
  return problems.length === 0 ? { kind: 'passed', label } : { kind: 'failed', label, problems }
}

/** The leaves of a case and what they hold at the start. */
class Leaves {
  readonly values = new Map<Storage, readonly number[]>()
  readonly nodes = new Map<string, Node>()
  private readonly graph: Graph

  constructor(graph: Graph) {
    this.graph = graph
  }

  make(name: string, shape: readonly number[], data: readonly number[]): Node {
    const known = this.nodes.get(name)
    if (known !== undefined) return known
    const storage: Storage = { name, shape }
    const node = this.graph.leaf(storage)
    this.values.set(storage, data)
    this.nodes.set(name, node)
    return node
  }
}

function given(tensors: FunctionCase['inputs'], name: string): GoldenTensor {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw new Error(`no input ${name}, given are ${[...tensors.keys()].join(', ')}`)
  return tensor
}

/** What a layer keeps: where it lies, and what it follows after the step. */
class Kept {
  storage: Storage | undefined
  specs: readonly BufferSpec[] = []
  readonly roots: { readonly node: Node; readonly into: Storage }[] = []
  readonly after: Effect[] = []

  /** Problems of the numbers that are kept after the step. */
  problems(golden: FunctionCase, backend: Backend): string[] {
    const values = this.storage === undefined ? [] : [...backend.read(this.storage)]
    const { value: tolerance } = tolerances[backend.kind]
    return [...golden.buffersAfter].flatMap(([name, expected]) => {
      // How many steps there were is counted by the session, not by the layer.
      if (name === 'num_batches_tracked') return []
      const index = this.specs.findIndex((spec) => spec.name === name)
      const shape = this.specs[index]?.shape
      if (shape === undefined) return [`${name} afterwards: there is none`]
      const first = this.specs.slice(0, index).reduce((sum, spec) => sum + sizeOf(spec.shape), 0)
      const found = { shape, data: values.slice(first, first + sizeOf(shape)) }
      return difference(`${name} afterwards`, found, expected, tolerance) ?? []
    })
  }
}

function contextOf(golden: FunctionCase, graph: Graph, leaves: Leaves, kept: Kept, unread: Set<string>): CaseContext {
  return {
    build: graph,
    input(name) {
      const { shape, data } = given(golden.inputs, name)
      return leaves.make(name, shape, data)
    },
    classes(name) {
      const { shape, data } = given(golden.inputs, name)
      return leaves.make(
        name,
        [...shape, 2],
        data.flatMap((value) => [value, 1]),
      )
    },
    parameter(name) {
      const { shape, data } = given(golden.parameters, name)
      return leaves.make(`param.${name}`, shape, data)
    },
    attribute(name) {
      unread.delete(name)
      return golden.attributes.get(name)
    },
    buffers(specs) {
      kept.specs = specs
      const start = specs.flatMap(({ shape, value }) => Array.from({ length: sizeOf(shape) }, () => value))
      const leaf = leaves.make('buffers', [specs.length, ...(specs[0]?.shape ?? [])], start)
      kept.storage = leaf.storage
      return leaf
    },
    follow(statistics, running, count) {
      const into: Storage = { name: 'statistics', shape: statistics.shape }
      if (running.storage === undefined) throw new Error('internal: running statistics are a storage')
      kept.roots.push({ node: statistics, into })
      kept.after.push(followEffect(into, running.storage, batchMomentum, count))
    },
  }
}

/** Output and gradients of a case on one backend; a text says what is not there yet. */
function functionProblems(golden: FunctionCase, backend: Backend): readonly string[] | string {
  const { label } = golden
  const builder = Object.hasOwn(graphBuilders, label) ? graphBuilders[label] : undefined
  if (builder === undefined) return label
  const graph = new Graph()
  const leaves = new Leaves(graph)
  const unread = new Set([...golden.attributes.keys()].filter((name) => name !== 'note'))
  const kept = new Kept()
  const output = builder(contextOf(golden, graph, leaves, kept, unread))
  if (output === null) return `${label} with ${JSON.stringify(Object.fromEntries(golden.attributes))}`
  const [attribute] = unread
  if (attribute !== undefined) return `${label} with ${attribute}`

  const upstream = leaves.make('upstream', golden.upstream.shape, golden.upstream.data)
  const names = [...golden.gradients.keys()]
  const targets = names.map((name) => {
    const leaf = leaves.nodes.get(name)
    if (leaf === undefined) throw new Error(`the gradient of ${name} is asked for, which the graph does not read`)
    return leaf
  })
  const gradients = differentiate(graph, output, upstream, targets)
  const wanted: [string, Node | null | undefined, GoldenTensor][] = [['output', output, golden.output]]
  names.forEach((name, index) => {
    wanted.push([`gradient of ${name}`, gradients[index], given(golden.gradients, name)])
  })
  return [...compareRoots(backend, leaves, wanted, kept), ...kept.problems(golden, backend)]
}

function compareRoots(
  backend: Backend,
  leaves: Leaves,
  wanted: readonly (readonly [string, Node | null | undefined, GoldenTensor])[],
  kept: Kept,
): string[] {
  const roots = wanted.flatMap(([name, node]) => (node ? [{ node, into: { name, shape: node.shape } }] : []))
  const all = [...roots, ...kept.roots]
  const program: Program = { before: [], roots: all, after: kept.after, cursor: null, advanceBy: 0, guard: null }
  for (const [storage, data] of leaves.values) backend.write(storage, data)
  backend.load(program).run(1)
  return wanted.flatMap(([name, , expected]) => {
    const into = roots.find((root) => root.into.name === name)?.into
    if (into === undefined) return [`${name}: there is none`]
    const found = { shape: into.shape, data: backend.read(into) }
    return difference(name, found, expected, tolerances[backend.kind].value) ?? []
  })
}
