import { inputsOf, type Node, sizeOf } from '../graph/node.ts'
import type { Op, Tensor } from './op.ts'

const widthOf = (node: Node): number => node.shape.at(-1) ?? 1

/** `y_i = e^(x_i - max) / sum` of one row of the last axis. */
export function softmaxRow(x: Tensor, row: number, width: number, out: Float64Array): void {
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < width; i++) max = Math.max(max, x.data[row * width + i] ?? Number.NaN)
  let total = 0
  for (let i = 0; i < width; i++) {
    const value = Math.exp((x.data[row * width + i] ?? Number.NaN) - max)
    out[row * width + i] = value
    total += value
  }
  for (let i = 0; i < width; i++) out[row * width + i] = (out[row * width + i] ?? Number.NaN) / total
}

/** Softmax over the last axis: [rows, width] -> [rows, width], each row sums to 1. */
export const softmax: Op = {
  name: 'softmax',
  onnx: 'Softmax',
  shape: ([x = []]) => x,
  gradient: ({ node, upstream, build }) => [build.apply('softmax_gradient', [node, upstream])],
  reference([x], output) {
    if (x === undefined) throw new Error('internal: softmax: one input')
    const width = output.shape.at(-1) ?? 1
    for (let row = 0; row * width < output.data.length; row++) softmaxRow(x, row, width, output.data)
  },
  kernel: {
    name: 'softmax',
    arguments: (node, at) => [
      ...inputsOf(node, 1).map(at),
      at(node),
      sizeOf(node.shape) / Math.max(1, widthOf(node)),
      widthOf(node),
    ],
  },
  flops: (node) => sizeOf(node.shape) * 16,
}

/** `dx_i = y_i (dy_i - sum_j y_j dy_j)`, from softmax's output y. */
export const softmaxGradient: Op = {
  name: 'softmax_gradient',
  onnx: null,
  shape: ([y = []]) => y,
  gradient: 'backwardOnly',
  reference([y, upstream], output) {
    const width = output.shape.at(-1) ?? 1
    for (let start = 0; start < output.data.length; start += width) {
      let dot = 0
      for (let i = start; i < start + width; i++) dot += (y?.data[i] ?? 0) * (upstream?.data[i] ?? 0)
      for (let i = start; i < start + width; i++) output.data[i] = (y?.data[i] ?? 0) * ((upstream?.data[i] ?? 0) - dot)
    }
  },
  kernel: {
    name: 'softmax_gradient',
    arguments: (node, at) => [
      ...inputsOf(node, 2).map(at),
      at(node),
      sizeOf(node.shape) / Math.max(1, widthOf(node)),
      widthOf(node),
    ],
  },
  flops: (node) => sizeOf(node.shape) * 4,
}
