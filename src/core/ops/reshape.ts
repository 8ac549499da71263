import { type Attributes, type Shape, sizeOf } from '../graph/node.ts'
import type { Op } from './op.ts'

function shapeAttribute(attributes: Attributes): Shape {
  const shape = attributes.shape
  if (!Array.isArray(shape) || !shape.every((side) => typeof side === 'number')) {
    throw new Error('internal: reshape: shape is a list of numbers')
  }
  return shape
}

/** The same elements in the same order under another shape; no memory moves. */
export const reshape: Op = {
  name: 'reshape',
  onnx: 'Reshape',
  shape([x = []], attributes) {
    const shape = shapeAttribute(attributes)
    if (sizeOf(shape) !== sizeOf(x)) throw new RangeError(`reshape: keeps the size, got [${x}] to [${shape}]`)
    return shape
  },
  gradient: ({ upstream, build, input }) => [build.apply('reshape', [upstream], { shape: input(0).shape })],
  reference([x], output) {
    if (x !== undefined) output.data.set(x.data)
  },
  kernel: 'alias',
  flops: () => 0,
}
