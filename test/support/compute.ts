/** Runs a graph once on a backend: what the tests of ops and kernels share. */
import type { Backend } from '../../src/core/exec/program.ts'
import { ReferenceBackend } from '../../src/core/exec/reference.ts'
import { WasmBackend } from '../../src/core/exec/wasm.ts'
import { Graph } from '../../src/core/graph/graph.ts'
import { type Attributes, type Node, type Shape, type Storage, sizeOf } from '../../src/core/graph/node.ts'
import { kernels } from './kernels.ts'

export interface Value {
  readonly shape: Shape
  readonly data: ArrayLike<number>
}

/** A new backend of either kind. */
export function newBackend(kind: Backend['kind']): Backend {
  return kind === 'wasm' ? new WasmBackend(kernels) : new ReferenceBackend()
}

/** Builds a graph on leaves that hold `values`, runs it once and reads what `build` returns. */
export function compute(
  kind: Backend['kind'],
  values: readonly Value[],
  build: (graph: Graph, leaves: readonly Node[]) => readonly (Node | null)[],
): (Float32Array | Float64Array | null)[] {
  const backend = newBackend(kind)
  const graph = new Graph()
  const leaves = values.map(({ shape, data }, index) => {
    const storage: Storage = { name: `input.${index}`, shape }
    backend.write(storage, data)
    return graph.leaf(storage)
  })
  const outputs = build(graph, leaves)
  const roots = outputs.flatMap((node, index) =>
    node === null ? [] : [{ node, into: { name: `output.${index}`, shape: node.shape } }],
  )
  backend.load({ before: [], roots, after: [], cursor: null, advanceBy: 0, guard: null }).run(1)
  return outputs.map((_, index) => {
    const into = roots.find((root) => root.into.name === `output.${index}`)?.into
    return into === undefined ? null : backend.read(into).slice()
  })
}

/** One op on one backend. */
export function applyOp(
  kind: Backend['kind'],
  op: string,
  values: readonly Value[],
  attributes: Attributes = {},
): Float32Array | Float64Array {
  const [result] = compute(kind, values, (graph, leaves) => [graph.apply(op, leaves, attributes)])
  if (result === undefined || result === null) throw new Error('no result')
  return result
}

/** Largest difference relative to the largest expected element, at least 1e-30; NaN where only one side is NaN. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.NaN
  let largest = 1e-30
  let worst = 0
  for (let i = 0; i < expected.length; i++) {
    const [a = 0, b = 0] = [found[i], expected[i]]
    if (Object.is(a, b) || a === b) continue
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN
    largest = Math.max(largest, Math.abs(b))
    worst = Math.max(worst, Math.abs(a - b))
  }
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i] ?? 0))
  return worst / largest
}

/** Numbers from -1 to 1 that float32 holds exactly, so that both backends begin with the same. */
export function someNumbers(count: number, seed = 1): Float32Array {
  let state = seed >>> 0 || 1
  return Float32Array.from({ length: count }, () => {
    // xorshift (Marsaglia 2003)
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.fround((state >>> 0) / 2 ** 31 - 1)
  })
}

/** `someNumbers` in a shape. */
export function someValue(shape: Shape, seed = 1): Value {
  return { shape, data: someNumbers(sizeOf(shape), seed) }
}
