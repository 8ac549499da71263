import { sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op } from './op.ts'
import { listAttribute } from './strided.ts'

/** The number `value` everywhere in `shape`; has no inputs. */
export const constant: Op = {
  name: 'constant',
  onnx: 'ConstantOfShape',
  shape: (_inputs, attributes) => listAttribute(attributes, 'shape'),
  gradient: () => [],
  reference: (_inputs, output, attributes) => output.data.fill(numberAttribute(attributes, 'value')),
  kernel: {
    name: 'constant',
    arguments: (node, at) => [at(node), sizeOf(node.shape), floatWord(numberAttribute(node.attributes, 'value'))],
  },
  flops: () => 0,
}
