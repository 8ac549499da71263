import { type Attributes, inputsOf, type Shape } from '../graph/node.ts'
import type { Op } from './op.ts'
import { denseStrides, listAttribute, stridedWords, walk } from './strided.ts'

/** Element of x at which the slice begins. */
function firstOf(x: Shape, attributes: Attributes): number {
  const strides = denseStrides(x)
  return listAttribute(attributes, 'starts').reduce((total, start, axis) => total + start * (strides[axis] ?? 0), 0)
}

/** Elements from `starts[axis]` up to, not with, `ends[axis]` of each axis; the gradient is padded with zeros. */
export const slice: Op = {
  name: 'slice',
  onnx: 'Slice',
  shape([x = []], attributes) {
    const [starts, ends] = [listAttribute(attributes, 'starts'), listAttribute(attributes, 'ends')]
    const isWithin = x.every((side, axis) => {
      const [start = -1, end = -1] = [starts[axis], ends[axis]]
      return start >= 0 && start <= end && end <= side
    })
    if (starts.length !== x.length || ends.length !== x.length || !isWithin) {
      throw new RangeError(`slice: 0 <= start <= end <= side for each axis of [${x}], got [${starts}] to [${ends}]`)
    }
    return x.map((_, axis) => (ends[axis] ?? 0) - (starts[axis] ?? 0))
  },
  gradient: ({ node, upstream, build, input }) => [
    build.apply('pad', [upstream], { starts: node.attributes.starts, shape: input(0).shape }),
  ],
  reference([x], output, attributes) {
    const first = firstOf(x?.shape ?? [], attributes)
    walk(output.shape, denseStrides(x?.shape ?? []), (i, at) => {
      output.data[i] = x?.data[first + at] ?? Number.NaN
    })
  },
  kernel: {
    name: 'arrange',
    arguments(node, at) {
      const [x] = inputsOf(node, 1)
      if (x === undefined) throw new Error('internal: slice: one input')
      const strides = denseStrides(x.shape)
      // the kernel is given the address of the first element
      return [at(x) + 4 * firstOf(x.shape, node.attributes), at(node), ...stridedWords('slice', node.shape, strides)]
    },
  },
  flops: () => 0,
}
