import { describe, expect, it } from 'vitest'
import { type Plan, planOf } from '../../../src/core/exec/plan.ts'
import type { Program } from '../../../src/core/exec/program.ts'
import { differentiate, Graph } from '../../../src/core/graph/graph.ts'
import type { Node, Storage } from '../../../src/core/graph/node.ts'
import { applyOp, compute, someValue } from '../../support/compute.ts'

function programOf(...nodes: readonly Node[]): Program {
  const roots = nodes.map((node, index) => ({ node, into: { name: `root.${index}`, shape: node.shape } }))
  return { before: [], roots, after: [], cursor: null, advanceBy: 0, guard: null }
}

const leaf = (graph: Graph, ...shape: readonly number[]): Node => graph.leaf({ name: `[${shape}]`, shape })
const kernelsOf = (plan: Plan): readonly string[] => plan.calls.map((call) => call.kernel)
const best = { fuse: true, reuse: true }

/** Product, bias, activation. */
function layer(graph: Graph, activation: string): { product: Node; sum: Node; output: Node } {
  const [x, w, bias] = [leaf(graph, 3, 4), leaf(graph, 4, 5), leaf(graph, 5)]
  const product = graph.apply('matmul', [x, w])
  const sum = graph.apply('add', [product, bias])
  return { product, sum, output: graph.apply(activation, [sum]) }
}

describe('a plan', () => {
  it('joins product, bias and activation into one call', () => {
    for (const activation of ['relu', 'sigmoid', 'tanh']) {
      const graph = new Graph()
      const { output } = layer(graph, activation)
      expect(kernelsOf(planOf(programOf(output), best))).toEqual(['matmul'])
      expect(kernelsOf(planOf(programOf(output), { fuse: false, reuse: true }))).toEqual(['matmul', 'add', activation])
    }
  })

  it('does not join what someone else reads', () => {
    const graph = new Graph()
    const { product, sum, output } = layer(graph, 'tanh')
    expect(kernelsOf(planOf(programOf(output, sum), best))).toEqual(['matmul', 'tanh'])
    expect(kernelsOf(planOf(programOf(output, product), best))).toEqual(['matmul', 'add', 'tanh'])
    const twice = graph.apply('mul', [output, sum])
    expect(kernelsOf(planOf(programOf(twice), best))).toEqual(['matmul', 'tanh', 'mul'])
  })

  it('does not take for a bias what is added to each row otherwise', () => {
    const graph = new Graph()
    const product = graph.apply('matmul', [leaf(graph, 3, 4), leaf(graph, 4, 3)])
    for (const other of [leaf(graph, 3, 3), leaf(graph, 3, 1), leaf(graph, 1)]) {
      expect(kernelsOf(planOf(programOf(graph.apply('add', [product, other])), best))).toEqual(['matmul', 'add'])
    }
    expect(kernelsOf(planOf(programOf(graph.apply('add', [product, product])), best))).toEqual(['matmul', 'add'])
    // A bias that is computed from the product is not there yet when the product is.
    const late = graph.apply('sum', [product], { from: 0, to: 1 })
    expect(kernelsOf(planOf(programOf(graph.apply('add', [product, late])), best))).toEqual(['matmul', 'sum', 'add'])
  })

  it('computes loss and gradient of cross-entropy in one call when both are wanted', () => {
    const graph = new Graph()
    const [logits, targets, one] = [leaf(graph, 3, 4), leaf(graph, 3, 2), leaf(graph)]
    const loss = graph.apply('cross_entropy', [logits, targets])
    const [gradient] = differentiate(graph, loss, one, [logits])
    if (gradient === undefined || gradient === null) throw new Error('no gradient')
    expect(kernelsOf(planOf(programOf(loss, gradient), best))).toEqual(['cross_entropy_both'])
    expect(kernelsOf(planOf(programOf(loss), best))).toEqual(['cross_entropy'])
  })

  it('gives memory back after its last reader: a long chain needs two places', () => {
    const graph = new Graph()
    let value = leaf(graph, 16)
    for (let i = 0; i < 50; i++) value = graph.apply('tanh', [value])
    expect(planOf(programOf(value), { fuse: true, reuse: true }).scratchBytes).toBe(2 * 64)
    expect(planOf(programOf(value), { fuse: true, reuse: false }).scratchBytes).toBe(49 * 64)
  })

  it('never lets two values that are both still read share memory', () => {
    const graph = new Graph()
    const x = leaf(graph, 5, 7)
    // Values of several sizes with long and short lives, renamed on the way.
    const wide = graph.apply('tanh', [x])
    const rows = graph.apply('sum', [wide], { from: 1, to: 2 })
    const renamed = graph.apply('reshape', [wide], { shape: [7, 5] })
    const product = graph.apply('matmul', [renamed, x])
    const scaled = graph.apply('scale', [product], { factor: 2 })
    const columns = graph.apply('sum', [scaled], { from: 0, to: 1 })
    const back = graph.apply('mul', [wide, columns])
    const output = graph.apply('add', [graph.apply('sum', [back], { from: 1, to: 2 }), rows])
    const plan = planOf(programOf(output), best)
    const lives = new Map<Node, { from: number; to: number }>()
    plan.calls.forEach((call, index) => {
      for (const node of [...call.outputs, ...call.inputs]) {
        if (node.storage !== undefined) continue
        lives.set(node, { from: lives.get(node)?.from ?? index, to: index })
      }
    })
    const placed = [...lives].flatMap(([node, life]) => {
      const place = plan.placeOf(node)
      const bytes = 4 * node.shape.reduce((size, side) => size * side, 1)
      return place.kind === 'scratch' && node !== renamed
        ? [{ ...life, begin: place.offset, end: place.offset + bytes }]
        : []
    })
    expect(placed.length).toBeGreaterThan(4)
    for (const a of placed) {
      for (const b of placed) {
        const together = a.from <= b.to && b.from <= a.to && a.begin < b.end && b.begin < a.end
        expect(a === b || !together).toBe(true)
      }
    }
  })
})

describe('results', () => {
  it('may be a leaf, the same value twice, or a renamed value', () => {
    for (const kind of ['wasm', 'reference'] as const) {
      const value = someValue([2, 3], 7)
      const outputs = compute(kind, [value], (graph, [x]) => {
        if (x === undefined) throw new Error('one leaf')
        const y = graph.apply('scale', [x], { factor: 2 })
        return [x, y, y, graph.apply('reshape', [y], { shape: [6] }), graph.apply('reshape', [x], { shape: [3, 2] })]
      })
      const x = Array.from(value.data)
      const twice = x.map((number) => 2 * number)
      expect(outputs.map((output) => Array.from(output ?? []))).toEqual([x, twice, twice, twice, x])
    }
  })

  it('of a batch of products with a bias are the same bits joined or not', () => {
    const values = [someValue([3, 5, 7], 1), someValue([3, 7, 9], 2), someValue([9], 3)]
    const [joined] = compute('wasm', values, (graph, [a, b, bias]) => {
      if (a === undefined || b === undefined || bias === undefined) throw new Error('three leaves')
      return [graph.apply('tanh', [graph.apply('add', [graph.apply('matmul', [a, b]), bias])])]
    })
    const [a, b, bias] = values
    if (a === undefined || b === undefined || bias === undefined) throw new Error('three values')
    const product = { shape: [3, 5, 9], data: applyOp('wasm', 'matmul', [a, b]) }
    const sum = { shape: [3, 5, 9], data: applyOp('wasm', 'add', [product, bias]) }
    expect(joined).toEqual(applyOp('wasm', 'tanh', [sum]))
  })

  it('of the last step are read where a storage lies within another', () => {
    const whole: Storage = { name: 'whole', shape: [6] }
    const [found] = compute('wasm', [someValue([2])], (graph) => [
      graph.apply('scale', [graph.leaf({ name: 'part', shape: [2], within: { storage: whole, first: 4 } })], {
        factor: 1,
      }),
    ])
    expect([...(found ?? [])]).toEqual([0, 0])
  })
})
