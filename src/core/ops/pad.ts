import { type Attributes, inputsOf, type Shape, sizeOf } from '../graph/node.ts'
import type { Op } from './op.ts'
import { denseStrides, listAttribute, stridedWords, walk } from './strided.ts'

/** Element of the output at which x begins. */
function firstOf(output: Shape, attributes: Attributes): number {
  const strides = denseStrides(output)
  return listAttribute(attributes, 'starts').reduce((total, start, axis) => total + start * (strides[axis] ?? 0), 0)
}

/** x from `starts` on within zeros of `shape`; the gradient is the slice that x was. */
export const pad: Op = {
  name: 'pad',
  onnx: 'Pad',
  shape([x = []], attributes) {
    const [starts, shape] = [listAttribute(attributes, 'starts'), listAttribute(attributes, 'shape')]
    const fits = x.every((side, axis) => (starts[axis] ?? -1) >= 0 && (starts[axis] ?? 0) + side <= (shape[axis] ?? 0))
    if (starts.length !== x.length || shape.length !== x.length || !fits) {
      throw new RangeError(`pad: [${x}] lies within [${shape}] from [${starts}] on`)
    }
    return shape
  },
  gradient({ node, upstream, build, input }) {
    const starts = listAttribute(node.attributes, 'starts')
    const ends = input(0).shape.map((side, axis) => (starts[axis] ?? 0) + side)
    return [build.apply('slice', [upstream], { starts, ends })]
  },
  reference([x], output, attributes) {
    output.data.fill(0)
    const first = firstOf(output.shape, attributes)
    walk(x?.shape ?? [], denseStrides(output.shape), (i, at) => {
      output.data[first + at] = x?.data[i] ?? Number.NaN
    })
  },
  kernel: {
    name: 'pad',
    arguments(node, at) {
      const [x] = inputsOf(node, 1)
      if (x === undefined) throw new Error('internal: pad: one input')
      const first = firstOf(node.shape, node.attributes)
      return [at(x), at(node), sizeOf(node.shape), first, ...stridedWords('pad', x.shape, denseStrides(node.shape))]
    },
  },
  flops: () => 0,
}
