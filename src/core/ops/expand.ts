import { inputsOf } from '../graph/node.ts'
import { broadcastShape, broadcastStrides, sumTo } from './broadcast.ts'
import type { Op } from './op.ts'
import { listAttribute, stridedWords, walk } from './strided.ts'

/** Repeats sides of 1 up to `shape`; the gradient sums what was repeated. */
export const expand: Op = {
  name: 'expand',
  onnx: 'Expand',
  shape: ([x = []], attributes) => broadcastShape('expand', x, listAttribute(attributes, 'shape')),
  gradient: ({ upstream, build, input }) => [sumTo(build, upstream, input(0).shape)],
  reference([x], output) {
    walk(output.shape, broadcastStrides(x?.shape ?? [], output.shape), (i, at) => {
      output.data[i] = x?.data[at] ?? Number.NaN
    })
  },
  kernel: {
    name: 'arrange',
    arguments(node, at) {
      const strides = broadcastStrides(inputsOf(node, 1)[0]?.shape ?? [], node.shape)
      return [...inputsOf(node, 1).map(at), at(node), ...stridedWords('expand', node.shape, strides)]
    },
  },
  flops: () => 0,
}
