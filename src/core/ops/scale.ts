import { inputsOf, sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op } from './op.ts'

/** `x * factor` with a constant factor; the gradient is the upstream times the factor. */
export const scale: Op = {
  name: 'scale',
  onnx: 'Mul',
  shape: ([x = []]) => x,
  gradient: ({ node, upstream, build }) => [build.apply('scale', [upstream], node.attributes)],
  reference([x], output, attributes) {
    const factor = numberAttribute(attributes, 'factor')
    for (let i = 0; i < output.data.length; i++) output.data[i] = (x?.data[i] ?? Number.NaN) * factor
  },
  kernel: {
    name: 'scale',
    arguments: (node, at) => [
      ...inputsOf(node, 1).map(at),
      at(node),
      sizeOf(node.shape),
      floatWord(numberAttribute(node.attributes, 'factor')),
    ],
  },
  flops: (node) => sizeOf(node.shape),
}
