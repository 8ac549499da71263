import { describe, expect, it } from 'vitest'
import { differentiate, Graph, opNamed, orderOf } from '../../../src/core/graph/graph.ts'
import type { Storage } from '../../../src/core/graph/node.ts'
import { broadcastShape, broadcastStrides, foldStrides } from '../../../src/core/ops/broadcast.ts'
import { compute } from '../../support/compute.ts'

const storage = (shape: readonly number[]): Storage => ({ name: 'x', shape })

describe('a graph', () => {
  it('has one leaf for one storage', () => {
    const graph = new Graph()
    const x = storage([2])
    expect(graph.leaf(x)).toBe(graph.leaf(x))
    expect(graph.leaf(storage([2]))).not.toBe(graph.leaf(x))
  })

  it('is ordered with inputs before users, each node once, unused nodes left out', () => {
    const graph = new Graph()
    const x = graph.leaf(storage([2, 2]))
    const square = graph.apply('mul', [x, x])
    graph.apply('tanh', [x])
    const output = graph.apply('matmul', [square, x])
    expect(orderOf([output, square]).map((node) => node.op)).toEqual(['storage', 'mul', 'matmul'])
  })

  it('of thousands of nodes in a row is ordered without running out of stack', () => {
    const graph = new Graph()
    let value = graph.leaf(storage([1]))
    for (let i = 0; i < 20000; i++) value = graph.apply('tanh', [value])
    expect(orderOf([value])).toHaveLength(20001)
  })

  it('refuses shapes that do not fit with the rule and the shapes', () => {
    const graph = new Graph()
    const [a, b] = [graph.leaf(storage([2, 3])), graph.leaf(storage([2, 4]))]
    expect(() => graph.apply('add', [a, b])).toThrow('add: sides are equal or 1, got [2,3] and [2,4]')
    expect(() => graph.apply('matmul', [a, b])).toThrow(RangeError)
    expect(() => graph.apply('mse', [a, b])).toThrow('mse: shapes are equal')
    expect(() => graph.apply('cross_entropy', [a, b])).toThrow('cross_entropy: logits')
    expect(() => graph.apply('reshape', [a], { shape: [5] })).toThrow('reshape: keeps the size')
    expect(() => graph.apply('sum', [a], { from: 1, to: 3 })).toThrow('sum: axes lie within')
    expect(() => opNamed('nothing')).toThrow('internal: unknown op nothing')
  })
})

describe('differentiate', () => {
  it('adds the gradients of all users of a value', () => {
    const [gradient] = compute(
      'reference',
      [
        { shape: [2], data: [3, -2] },
        { shape: [2], data: [1, 1] },
      ],
      (graph, leaves) => {
        const [x, one] = leaves
        if (x === undefined || one === undefined) throw new Error('two leaves')
        const cube = graph.apply('mul', [graph.apply('mul', [x, x]), x])
        return differentiate(graph, graph.apply('add', [cube, x]), one, [x])
      },
    )
    // d(x^3 + x) = 3 x^2 + 1
    expect([...(gradient ?? [])]).toEqual([28, 13])
  })

  it('gives null for what the output does not depend on, and the upstream for the output itself', () => {
    const graph = new Graph()
    const [x, other, one] = [storage([2]), storage([2]), storage([2])].map((entry) => graph.leaf(entry))
    if (x === undefined || other === undefined || one === undefined) throw new Error('three leaves')
    const y = graph.apply('tanh', [x])
    expect(differentiate(graph, y, one, [other, y])).toEqual([null, one])
  })

  it('refuses an upstream of another shape', () => {
    const graph = new Graph()
    const [x, y] = [graph.leaf(storage([2])), graph.leaf(storage([3]))]
    expect(() => differentiate(graph, x, y, [x])).toThrow("upstream has the output's shape [2], got [3]")
  })

  it('makes no nodes for values that lead to no target', () => {
    const graph = new Graph()
    const [x, w, one] = [graph.leaf(storage([2, 2])), graph.leaf(storage([2, 2])), graph.leaf(storage([2, 2]))]
    const output = graph.apply('matmul', [graph.apply('tanh', [x]), w])
    const [gradient] = differentiate(graph, output, one, [w])
    const made = orderOf(gradient ? [gradient] : []).map((node) => node.op)
    expect(made).not.toContain('tanh_gradient')
  })
})

describe('broadcasting', () => {
  it("follows NumPy's rule", () => {
    expect(broadcastShape('add', [2, 1, 4], [3, 1])).toEqual([2, 3, 4])
    expect(broadcastShape('add', [], [2])).toEqual([2])
    expect(broadcastShape('add', [1], [0])).toEqual([0])
    expect(broadcastStrides([3, 1], [2, 3, 4])).toEqual([0, 1, 0])
  })

  it('folds neighbouring axes and refuses more than four that do not fold', () => {
    expect(foldStrides([2, 3, 4], [2, 3, 4], [2, 3, 4])).toEqual({
      sides: [1, 1, 1, 24],
      a: [0, 0, 0, 1],
      b: [0, 0, 0, 1],
    })
    expect(foldStrides([2, 3, 4], [3, 1], [2, 3, 4])).toEqual({
      sides: [1, 2, 3, 4],
      a: [0, 12, 4, 1],
      b: [0, 0, 1, 0],
    })
    expect(() => foldStrides([2, 1, 2, 1, 2], [1, 2, 1, 2, 1], [2, 2, 2, 2, 2])).toThrow('at most 4 axes')
  })
})
