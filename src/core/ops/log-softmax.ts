import { inputsOf, type Node, sizeOf } from '../graph/node.ts'
import type { Op } from './op.ts'

const rowsAndWidth = (node: Node): readonly number[] => {
  const width = node.shape.at(-1) ?? 1
  return [sizeOf(node.shape) / Math.max(1, width), width]
}

/** `y_i = x_i - max - ln(sum_j e^(x_j - max))` over the last axis: the logarithm of softmax, without its rounding. */
export const logSoftmax: Op = {
  name: 'log_softmax',
  onnx: 'LogSoftmax',
  shape: ([x = []]) => x,
  gradient: ({ node, upstream, build }) => [build.apply('log_softmax_gradient', [node, upstream])],
  reference([x], output) {
    const width = output.shape.at(-1) ?? 1
    for (let start = 0; start < output.data.length; start += width) {
      const row = x?.data.subarray(start, start + width) ?? new Float64Array()
      const max = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
      const rest = Math.log(row.reduce((total, value) => total + Math.exp(value - max), 0))
      row.forEach((value, i) => {
        output.data[start + i] = value - max - rest
      })
    }
  },
  kernel: {
    name: 'log_softmax',
    arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...rowsAndWidth(node)],
  },
  flops: (node) => sizeOf(node.shape) * 17,
}

/** `dx_i = dy_i - e^(y_i) sum_j dy_j`, from the output y. */
export const logSoftmaxGradient: Op = {
  name: 'log_softmax_gradient',
  onnx: null,
  shape: ([y = []]) => y,
  gradient: 'backwardOnly',
  reference([y, upstream], output) {
    const width = output.shape.at(-1) ?? 1
    for (let start = 0; start < output.data.length; start += width) {
      let total = 0
      for (let i = start; i < start + width; i++) total += upstream?.data[i] ?? Number.NaN
      for (let i = start; i < start + width; i++) {
        output.data[i] = (upstream?.data[i] ?? Number.NaN) - Math.exp(y?.data[i] ?? Number.NaN) * total
      }
    }
  },
  kernel: {
    name: 'log_softmax_gradient',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...rowsAndWidth(node)],
  },
  flops: (node) => sizeOf(node.shape) * 16,
}
