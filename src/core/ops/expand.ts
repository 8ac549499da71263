import { type Attributes, inputsOf, type Shape } from '../graph/node.ts'
import { broadcastShape, broadcastStrides, foldStrides, sumTo } from './broadcast.ts'
import type { Op } from './op.ts'

function target(attributes: Attributes): Shape {
  const shape = attributes.shape
  if (!Array.isArray(shape) || !shape.every((side) => typeof side === 'number')) {
    throw new Error('internal: expand: shape is a list of numbers')
  }
  return shape
}

/** Repeats sides of 1 up to `shape`; the gradient sums what was repeated. */
export const expand: Op = {
  name: 'expand',
  onnx: 'Expand',
  shape: ([x = []], attributes) => broadcastShape('expand', x, target(attributes)),
  gradient: ({ upstream, build, input }) => [sumTo(build, upstream, input(0).shape)],
  reference([x], output) {
    if (x === undefined) throw new Error('internal: expand: one input')
    const strides = broadcastStrides(x.shape, output.shape)
    for (let i = 0; i < output.data.length; i++) {
      let rest = i
      let at = 0
      for (let axis = output.shape.length - 1; axis >= 0; axis--) {
        const side = output.shape[axis] ?? 1
        at += (rest % side) * (strides[axis] ?? 0)
        rest = Math.floor(rest / side)
      }
      output.data[i] = x.data[at] ?? Number.NaN
    }
  },
  kernel: {
    name: 'expand',
    arguments(node, at) {
      const shape = inputsOf(node, 1)[0]?.shape ?? []
      const { sides, a } = foldStrides(shape, shape, node.shape)
      return [...inputsOf(node, 1).map(at), at(node), ...sides, ...a]
    },
  },
  flops: () => 0,
}

