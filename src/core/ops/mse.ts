import { inputsOf, sameShape, sizeOf } from '../graph/node.ts'
import type { Op } from './op.ts'

/** Mean squared error `sum (x - y)^2 / n` over all n elements: x, y of one shape -> []. */
export const mse: Op = {
  name: 'mse',
  onnx: 'ReduceMean',
  shape([x = [], y = []]) {
    if (!sameShape(x, y)) throw new RangeError(`mse: shapes are equal, got [${x}] and [${y}]`)
    return []
  },
  gradient: ({ upstream, build, input }) => {
    const pull = build.apply('mse_gradient', [input(0), input(1), upstream])
    return [pull, build.apply('scale', [pull], { factor: -1 })]
  },
  reference([x, y], output) {
    const count = x?.data.length ?? 0
    let total = 0
    for (let i = 0; i < count; i++) total += ((x?.data[i] ?? 0) - (y?.data[i] ?? 0)) ** 2
    output.data[0] = total / count
  },
  kernel: {
    name: 'mse',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), sizeOf(node.inputs[0]?.shape ?? [])],
  },
  flops: (node) => 3 * sizeOf(node.inputs[0]?.shape ?? []),
}

/** `2 (x - y) / n * upstream`: x, y [..], upstream [] -> [..]. */
export const mseGradient: Op = {
  name: 'mse_gradient',
  onnx: null,
  shape: ([x = []]) => x,
  gradient: 'backwardOnly',
  reference([x, y, upstream], output) {
    const count = output.data.length
    for (let i = 0; i < count; i++) {
      output.data[i] = ((2 * ((x?.data[i] ?? 0) - (y?.data[i] ?? 0))) / count) * (upstream?.data[0] ?? 1)
    }
  },
  kernel: {
    name: 'mse_gradient',
    arguments: (node, at) => [...inputsOf(node, 3).map(at), at(node), sizeOf(node.shape)],
  },
  flops: (node) => 3 * sizeOf(node.shape),
}
