/** Which graph a golden case asks for, by its label. A new op, loss or layer is one line here. */
import type { Builder, Node } from '../../core/graph/node.ts'
import { sizeOf } from '../../core/graph/node.ts'
import { activate } from '../../core/nn/dense.ts'
import type { BufferSpec, Training } from '../../core/nn/layer.ts'
import { mean } from '../../core/ops/mean.ts'
import { layerBuilders } from './layers.ts'

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
  /** Leaf of what a layer keeps without learning it, side by side as it starts. */
  buffers(specs: readonly BufferSpec[]): Node
  /** As in training: what is kept follows the statistics after the step. */
  follow: Training['follow']
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

/** Only the last axis exists yet. */
const alongLast =
  (op: 'softmax' | 'log_softmax'): GraphBuilder =>
  ({ build, input, attribute }) => {
    const x = input('x')
    const axis = attribute('axis') ?? attribute('dim') ?? -1
    return axis === -1 || axis === x.shape.length - 1 ? build.apply(op, [x]) : null
  }

/** By label: activations, ops, losses, layers. */
export const graphBuilders: Readonly<Record<string, GraphBuilder>> = {
  linear: ({ build, input }) => activate(build, input('x'), 'linear'),
  relu: apply('relu', 'x'),
  leaky_relu: apply('leaky_relu', 'x'),
  elu: apply('elu', 'x'),
  sigmoid: apply('sigmoid', 'x'),
  tanh: apply('tanh', 'x'),
  gelu: apply('gelu', 'x'),
  gelu_tanh: apply('gelu_tanh', 'x'),
  silu: apply('silu', 'x'),
  mish: apply('mish', 'x'),
  softplus: apply('softplus', 'x'),
  softsign: apply('softsign', 'x'),
  sine: apply('sine', 'x'),

  add: apply('add', 'a', 'b'),
  add_bias: apply('add', 'a', 'b'),
  sub: apply('sub', 'a', 'b'),
  mul: apply('mul', 'a', 'b'),
  mul_broadcast: apply('mul', 'a', 'b'),
  div: apply('div', 'a', 'b'),
  maximum: apply('maximum', 'a', 'b'),
  minimum: apply('minimum', 'a', 'b'),
  square: apply('square', 'x'),
  exp: apply('exp', 'x'),
  log: apply('log', 'x'),
  sqrt: apply('sqrt', 'x'),
  abs: apply('abs', 'x'),
  clamp: ({ build, input, attribute }) =>
    build.apply('clamp', [input('x')], { min: attribute('min'), max: attribute('max') }),
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
  softmax: alongLast('softmax'),
  log_softmax: alongLast('log_softmax'),
  concat1: ({ build, input }) => build.apply('concat', [input('a'), input('b')], { axis: 1 }),
  slice1_1_3: ({ build, input }) => {
    const { shape } = input('x')
    const along = (side: number, axis: number): readonly [number, number] => (axis === 1 ? [1, 3] : [0, side])
    const starts = shape.map((side, axis) => along(side, axis)[0])
    return build.apply('slice', [input('x')], { starts, ends: shape.map((side, axis) => along(side, axis)[1]) })
  },
  transpose12_flatten: ({ build, input }) => {
    const x = input('x')
    const order = x.shape.map((_, axis) => (axis === 1 ? 2 : axis === 2 ? 1 : axis))
    const turned = build.apply('transpose', [x], { order })
    const [rows = 0] = x.shape
    return build.apply('reshape', [turned], { shape: [rows, sizeOf(x.shape.slice(1))] })
  },

  mse: apply('mse', 'x', 'y'),
  mae: apply('mae', 'x', 'y'),
  huber: ({ build, input, attribute }) =>
    build.apply('huber', [input('x'), input('y')], { delta: attribute('delta') ?? 1 }),
  bce_with_logits: apply('binary_cross_entropy', 'x', 'y'),
  hinge: apply('hinge', 'x', 'y'),
  cross_entropy: ({ build, input, classes }) => build.apply('cross_entropy', [input('x'), classes('y')]),
  cross_entropy_smooth: ({ build, input, classes, attribute }) =>
    build.apply('cross_entropy', [input('x'), classes('y')], { smoothing: attribute('label_smoothing') }),
  cross_entropy_ignore: ({ build, input, classes, attribute }) =>
    build.apply('cross_entropy', [input('x'), classes('y')], { ignored: attribute('ignore_index') }),

  /** `y` [rows, 2] holds each row's class and its reward. */
  praise_and_scold: apply('cross_entropy', 'x', 'y'),

  ...layerBuilders,
}
