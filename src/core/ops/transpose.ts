import { type Attributes, inputsOf, type Shape } from '../graph/node.ts'
import type { Op } from './op.ts'
import { denseStrides, listAttribute, stridedWords, walk } from './strided.ts'

const orderOf = (attributes: Attributes): readonly number[] => listAttribute(attributes, 'order')

/** Strides in x of the output's axes. */
const stridesOf = (x: Shape, attributes: Attributes): readonly number[] => {
  const strides = denseStrides(x)
  return orderOf(attributes).map((axis) => strides[axis] ?? 0)
}

/** The axes of x in another order: axis i of the output is axis `order[i]` of x; the gradient goes back. */
export const transpose: Op = {
  name: 'transpose',
  onnx: 'Transpose',
  shape([x = []], attributes) {
    const order = orderOf(attributes)
    if (order.length !== x.length || x.some((_, axis) => !order.includes(axis))) {
      throw new RangeError(`transpose: order names each axis of [${x}] once, got [${order}]`)
    }
    return order.map((axis) => x[axis] ?? 1)
  },
  gradient({ node, upstream, build }) {
    const order = orderOf(node.attributes)
    return [build.apply('transpose', [upstream], { order: order.map((_, axis) => order.indexOf(axis)) })]
  },
  reference([x], output, attributes) {
    walk(output.shape, stridesOf(x?.shape ?? [], attributes), (i, at) => {
      output.data[i] = x?.data[at] ?? Number.NaN
    })
  },
  kernel: {
    name: 'arrange',
    arguments(node, at) {
      const strides = stridesOf(inputsOf(node, 1)[0]?.shape ?? [], node.attributes)
      return [...inputsOf(node, 1).map(at), at(node), ...stridedWords('transpose', node.shape, strides)]
    },
  },
  flops: () => 0,
}
