import type { Node } from '../graph/node.ts'
import { inputsOf, sizeOf } from '../graph/node.ts'
import type { GradientContext, Op } from './op.ts'
import { cellsOf, hiddenSum, lead, recurrentSides } from './sequence.ts'

/**
 * A simple recurrent layer over whole sequences: `h_t = tanh(p_t + W h_{t-1} + b)`, h before the first step 0 (Elman 1990).
 *
 * projected p [rows, steps, h], weight [h, h], bias [h], workspace [rows, h] -> states [rows, steps, h].
 */
export const rnn: Op = {
  name: 'rnn',
  onnx: 'RNN',
  shape([projected = [], weight = [], bias = []]) {
    recurrentSides('rnn', 1, projected, weight, bias)
    return projected
  },
  gradient({ node, upstream, build, input }) {
    const [rows = 0, , h = 0] = node.shape
    const work = build.apply('workspace', [], { shape: [rows, h] })
    const pull = build.apply('rnn_gradient', [node, input(1), upstream, work])
    return [pull, ...weightGradients({ node, upstream, build, input }, pull, build.apply('delay', [node])), null]
  },
  reference([projected, weight, bias], output) {
    const [rows = 0, steps = 0, h = 0] = output.shape
    const p = cellsOf(projected, steps, h)
    for (let row = 0; row < rows; row++) {
      for (let step = 0; step < steps; step++) {
        for (let i = 0; i < h; i++) {
          const sum = hiddenSum(output.data, weight, bias, { row, step, steps, h }, i)
          output.data[(row * steps + step) * h + i] = Math.tanh(p(row, step, i) + sum)
        }
      }
    }
  },
  kernel: { name: 'rnn', arguments: (node, at) => [...inputsOf(node, 4).map(at), at(node), ...node.shape] },
  flops: (node) => 2 * sizeOf(node.shape) * (node.shape[2] ?? 0),
}

/** Gradients of weight and bias from what goes back through the products [rows, steps, gates h] and the states before. */
export function weightGradients({ build }: GradientContext, pull: Node, before: Node): readonly [Node, Node] {
  const flat = (node: Node): Node =>
    build.apply('reshape', [node], { shape: [lead(node.shape), node.shape.at(-1) ?? 0] })
  return [
    build.apply('matmul', [flat(pull), flat(before)], { transposeA: true }),
    build.apply('sum', [flat(pull)], { from: 0, to: 1 }),
  ]
}

/** What goes back to `p` and, the same, to the product: states, weight, dy, workspace -> [rows, steps, h]. */
export const rnnGradient: Op = {
  name: 'rnn_gradient',
  onnx: null,
  shape: ([states = []]) => states,
  gradient: 'backwardOnly',
  reference([states, weight, upstream], output) {
    const [rows = 0, steps = 0, h = 0] = output.shape
    const y = cellsOf(states, steps, h)
    const dy = cellsOf(upstream, steps, h)
    const later = cellsOf(output, steps, h)
    for (let row = 0; row < rows; row++) {
      for (let step = steps - 1; step >= 0; step--) {
        for (let i = 0; i < h; i++) {
          let pull = dy(row, step, i)
          for (let j = 0; step + 1 < steps && j < h; j++)
            pull += later(row, step + 1, j) * (weight?.data[j * h + i] ?? 0)
          output.data[(row * steps + step) * h + i] = pull * (1 - y(row, step, i) ** 2)
        }
      }
    }
  },
  kernel: { name: 'rnn_gradient', arguments: (node, at) => [...inputsOf(node, 4).map(at), at(node), ...node.shape] },
  flops: (node) => 2 * sizeOf(node.shape) * (node.shape[2] ?? 0),
}
