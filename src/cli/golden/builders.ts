/** Which graph a golden case asks for, by its label. A new op, loss or layer is one line here. */
import type { Builder, Node } from '../../core/graph/node.ts'
import { sizeOf } from '../../core/graph/node.ts'
import { activate, dense } from '../../core/nn/dense.ts'

/** What a line is made of. */
export interface CaseContext {
  readonly build: Builder
  /** Leaf of a floating-point input. */
  input(name: string): Node
  /** Leaf [rows, 2] made of class indices [rows]: each class with the reward 1. */
  classes(name: string): Node
  /** Leaf of a layer's parameter. */
  parameter(name: string): Node
  /** An attribute of the case; one that no line reads makes the case count as 'not yet'. */
  attribute(name: string): unknown
}

/** Makes the output of a case; null where its attributes ask for what does not exist yet. */
export type GraphBuilder = (context: CaseContext) => Node | null

const apply =
  (op: string, ...names: readonly string[]): GraphBuilder =>
  ({ build, input }) =>
    build.apply(op, names.map(input))

const product =
  (transposeA: boolean, transposeB: boolean): GraphBuilder =>
  ({ build, input }) =>
    build.apply('matmul', [input('a'), input('b')], { transposeA, transposeB })

/** Mean over the axes `from` up to `to` of x. */
function mean(build: Builder, x: Node, from: number, to: number): Node {
  const total = build.apply('sum', [x], { from, to })
  return build.apply('scale', [total], { factor: 1 / sizeOf(x.shape.slice(from, to)) })
}

/** Only the last axis exists yet. */
const softmax: GraphBuilder = ({ build, input, attribute }) => {
  const x = input('x')
  const axis = attribute('axis') ?? attribute('dim') ?? -1
  return axis === -1 || axis === x.shape.length - 1 ? build.apply('softmax', [x]) : null
}

/** By label: activations, ops, losses, layers. */
export const graphBuilders: Readonly<Record<string, GraphBuilder>> = {
  linear: ({ build, input }) => activate(build, input('x'), 'linear'),
  relu: apply('relu', 'x'),
  sigmoid: apply('sigmoid', 'x'),
  tanh: apply('tanh', 'x'),

  add: apply('add', 'a', 'b'),
  add_bias: apply('add', 'a', 'b'),
  sub: apply('sub', 'a', 'b'),
  mul: apply('mul', 'a', 'b'),
  mul_broadcast: apply('mul', 'a', 'b'),
  square: apply('mul', 'x', 'x'),
  matmul: product(false, false),
  matmul_ta: product(true, false),
  matmul_tb: product(false, true),
  batched_matmul: product(false, false),
  sum_last: ({ build, input }) => {
    const rank = input('x').shape.length
    return build.apply('sum', [input('x')], { from: rank - 1, to: rank })
  },
  mean_all: ({ build, input }) => mean(build, input('x'), 0, input('x').shape.length),
  mean_first: ({ build, input }) => mean(build, input('x'), 0, 1),
  softmax,

  mse: apply('mse', 'x', 'y'),
  cross_entropy: ({ build, input, classes }) => build.apply('cross_entropy', [input('x'), classes('y')]),

  dense: ({ build, input, parameter }) =>
    dense(build, input('x'), parameter('weight'), parameter('bias'), 'linear').activations,
}
