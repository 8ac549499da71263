import { inputsOf, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'

/** One of several values that lie one after the other: [planes, ..] -> [..], number `index`. */
export const plane: Op = {
  name: 'plane',
  onnx: 'Gather',
  shape([x = []], attributes) {
    const index = numberAttribute(attributes, 'index')
    if (index < 0 || index >= (x[0] ?? 0)) throw new RangeError(`plane: an index within [${x}], got ${index}`)
    return x.slice(1)
  },
  gradient: ({ node, upstream, build, input }) => [
    build.apply('plane_gradient', [upstream], { ...node.attributes, planes: input(0).shape[0] ?? 0 }),
  ],
  reference([x], output, attributes) {
    const first = numberAttribute(attributes, 'index') * output.data.length
    output.data.set(x?.data.subarray(first, first + output.data.length) ?? [])
  },
  kernel: {
    name: 'copy',
    arguments(node, at) {
      const [x] = inputsOf(node, 1)
      if (x === undefined) throw new Error('internal: plane: one input')
      const size = sizeOf(node.shape)
      return [at(x) + 4 * numberAttribute(node.attributes, 'index') * size, at(node), size]
    },
  },
  flops: () => 0,
}

/** The other planes are 0: [..] -> [`planes`, ..]. */
export const planeGradient: Op = {
  name: 'plane_gradient',
  onnx: null,
  shape: ([upstream = []], attributes) => [numberAttribute(attributes, 'planes'), ...upstream],
  gradient: 'backwardOnly',
  reference([upstream], output, attributes) {
    const size = upstream?.data.length ?? 0
    output.data.set(upstream?.data ?? [], numberAttribute(attributes, 'index') * size)
  },
  kernel: {
    name: 'pad',
    arguments(node, at) {
      const size = sizeOf(node.shape.slice(1))
      const first = numberAttribute(node.attributes, 'index') * size
      const walk = [1, 1, 1, 1, size, 0, 0, 0, 0, 1]
      return [...inputsOf(node, 1).map(at), at(node), sizeOf(node.shape), first, ...walk]
    },
  },
  flops: () => 0,
}
