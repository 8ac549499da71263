import { inputsOf, type Shape, sizeOf } from '../graph/node.ts'
import { pulledBack } from './gru.ts'
import type { Op } from './op.ts'
import { weightGradients } from './rnn.ts'
import { cellsOf, hiddenSum, recurrentSides, sigmoidOf } from './sequence.ts'

/**
 * Long short-term memory over whole sequences (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000):
 * `i, f, o = s(p + q)`, `g = tanh(p_g + q_g)`, `c_t = f c_{t-1} + i g`, `h_t = o tanh(c_t)`, with q = W h_{t-1} + b.
 *
 * projected p [rows, steps, 4h] in the order i, f, g, o; weight [4h, h], bias [4h], workspace [rows, 4h]
 * -> [2, rows, steps, h]: the states h, then the cells c.
 */
export const lstm: Op = {
  name: 'lstm',
  onnx: 'LSTM',
  shape: ([projected = [], weight = [], bias = []]) => [2, ...recurrentSides('lstm', 4, projected, weight, bias)],
  gradient(context) {
    const { node, upstream, build, input } = context
    const [, rows = 0, steps = 0, h = 0] = node.shape
    const before = build.apply('delay', [build.apply('plane', [node], { index: 0 })])
    const flat = build.apply('reshape', [before], { shape: [rows * steps, h] })
    const sums = build.apply('add', [build.apply('matmul', [flat, input(1)], { transposeB: true }), input(2)])
    const products = build.apply('reshape', [sums], { shape: [rows, steps, 4 * h] })
    const work = build.apply('workspace', [], { shape: [2, rows, h] })
    const pull = build.apply('lstm_gradient', [input(0), products, node, input(1), upstream, work])
    return [pull, ...weightGradients(context, pull, before), null]
  },
  reference([projected, weight, bias], output) {
    const [, rows = 0, steps = 0, h = 0] = output.shape
    const p = cellsOf(projected, steps, 4 * h)
    const cells = output.data.length / 2
    for (let row = 0; row < rows; row++) {
      for (let step = 0; step < steps; step++) {
        for (let i = 0; i < h; i++) {
          const sum = (gate: number): number =>
            p(row, step, gate * h + i) + hiddenSum(output.data, weight, bias, { row, step, steps, h }, gate * h + i)
          const at = (row * steps + step) * h + i
          const before = step === 0 ? 0 : (output.data[cells + at - h] ?? 0)
          const c = sigmoidOf(sum(1)) * before + sigmoidOf(sum(0)) * Math.tanh(sum(2))
          output.data[cells + at] = c
          output.data[at] = sigmoidOf(sum(3)) * Math.tanh(c)
        }
      }
    }
  },
  kernel: { name: 'lstm', arguments: (node, at) => [...inputsOf(node, 4).map(at), at(node), ...node.shape.slice(1)] },
  flops: (node) => 4 * sizeOf(node.shape) * (node.shape[3] ?? 0),
}

/**
 * What goes back to p and, the same, to the products: projected, products [rows, steps, 4h], the op's output and its dy
 * [2, rows, steps, h], weight between them, workspace [2, rows, h] -> [rows, steps, 4h].
 */
export const lstmGradient: Op = {
  name: 'lstm_gradient',
  onnx: null,
  shape: ([projected = []]) => projected,
  gradient: 'backwardOnly',
  reference([projected, products, states, weight, upstream], output) {
    const [, rows = 0, steps = 0, h = 0]: Shape = states?.shape ?? []
    const [p, q] = [cellsOf(projected, steps, 4 * h), cellsOf(products, steps, 4 * h)]
    const plane = rows * steps * h
    for (let row = 0; row < rows; row++) {
      let carry = new Float64Array(h)
      let carryCell = new Float64Array(h)
      for (let step = steps - 1; step >= 0; step--) {
        const start = (row * steps + step) * 4 * h
        const nextCell = new Float64Array(h)
        for (let n = 0; n < h; n++) {
          const at = (row * steps + step) * h + n
          const sum = (gate: number): number => p(row, step, gate * h + n) + q(row, step, gate * h + n)
          const [i, f, g, o] = [sigmoidOf(sum(0)), sigmoidOf(sum(1)), Math.tanh(sum(2)), sigmoidOf(sum(3))]
          const c = Math.tanh(states?.data[plane + at] ?? Number.NaN)
          const before = step === 0 ? 0 : (states?.data[plane + at - h] ?? Number.NaN)
          const dh = (upstream?.data[at] ?? 0) + (carry[n] ?? 0)
          const dc = dh * o * (1 - c * c) + (upstream?.data[plane + at] ?? 0) + (carryCell[n] ?? 0)
          const parts = [dc * g * i * (1 - i), dc * before * f * (1 - f), dc * i * (1 - g * g), dh * c * o * (1 - o)]
          parts.forEach((part, gate) => {
            output.data[start + gate * h + n] = part
          })
          nextCell[n] = dc * f
        }
        carryCell = nextCell
        carry = new Float64Array(h).map((_, i) => pulledBack(output.data, start, weight?.data, 4 * h, h, i))
      }
    }
  },
  kernel: {
    name: 'lstm_gradient',
    arguments: (node, at) => [...inputsOf(node, 6).map(at), at(node), ...(node.inputs[2]?.shape.slice(1) ?? [])],
  },
  flops: (node) => 2 * sizeOf(node.shape) * (node.inputs[2]?.shape[3] ?? 0),
}
