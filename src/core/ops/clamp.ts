import { type Attributes, inputsOf, type Node, sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op } from './op.ts'

const least = (attributes: Attributes): number => numberAttribute(attributes, 'min')
const most = (attributes: Attributes): number => numberAttribute(attributes, 'max')
const bounds = ({ attributes }: Node): readonly number[] => [floatWord(least(attributes)), floatWord(most(attributes))]

/** `min(max(x, least), most)` with the attributes `min` and `max`; the gradient passes where x is within, ends included. */
export const clamp: Op = {
  name: 'clamp',
  onnx: 'Clip',
  shape([x = []], attributes) {
    if (!(least(attributes) <= most(attributes))) {
      throw new RangeError(`clamp: min is at most max, got ${least(attributes)} and ${most(attributes)}`)
    }
    return x
  },
  gradient: ({ node, upstream, build, input }) => [
    build.apply('clamp_gradient', [input(0), upstream], node.attributes),
  ],
  reference([x], output, attributes) {
    for (let i = 0; i < output.data.length; i++) {
      output.data[i] = Math.min(Math.max(x?.data[i] ?? Number.NaN, least(attributes)), most(attributes))
    }
  },
  kernel: {
    name: 'clamp',
    arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), sizeOf(node.shape), ...bounds(node)],
  },
  flops: (node) => 2 * sizeOf(node.shape),
}

/** `upstream` where the input x is within the bounds, else 0: x, upstream [..] -> [..]. */
export const clampGradient: Op = {
  name: 'clamp_gradient',
  onnx: null,
  shape: ([x = []]) => x,
  gradient: 'backwardOnly',
  reference([x, upstream], output, attributes) {
    for (let i = 0; i < output.data.length; i++) {
      const value = x?.data[i] ?? Number.NaN
      const isWithin = value >= least(attributes) && value <= most(attributes)
      output.data[i] = isWithin ? (upstream?.data[i] ?? Number.NaN) : 0
    }
  },
  kernel: {
    name: 'clamp_gradient',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), sizeOf(node.shape), ...bounds(node)],
  },
  flops: (node) => 2 * sizeOf(node.shape),
}
