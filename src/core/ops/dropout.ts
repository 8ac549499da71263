import { philox } from '../data/random.ts'
import { inputsOf, type Node, sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op } from './op.ts'

/** The id of the stream `dropout` among the purposes of random numbers (data/random.ts). */
const dropoutPurpose = 6
const two32 = 2 ** 32

/** An element stays when its random number reaches this. */
const thresholdOf = (node: Pick<Node, 'attributes'>): number =>
  Math.min(two32 - 1, Math.round(numberAttribute(node.attributes, 'rate') * two32))

/**
 * Dropout (Srivastava et al. 2014): each element is 0 with probability `rate`, else times 1 / (1 - rate).
 *
 * x [..], step [] -> [..]. Whether element i stays is a function of the attributes `seed` and `layer`, the step and i
 * alone: Philox of the counter (i / 4, step, layer, 0), number i mod 4. So a run that is resumed drops the same elements.
 */
export const dropout: Op = {
  name: 'dropout',
  onnx: 'Dropout',
  shape([x = [], step = []], attributes) {
    const rate = numberAttribute(attributes, 'rate')
    if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: 0 <= rate < 1, got ${rate}`)
    if (sizeOf(step) !== 1) throw new RangeError(`dropout: the step is one number, got [${step}]`)
    return x
  },
  gradient: ({ node, upstream, build, input }) => [build.apply('dropout', [upstream, input(1)], node.attributes), null],
  reference([x, step], output, attributes) {
    const threshold = thresholdOf({ attributes })
    const factor = 1 / (1 - numberAttribute(attributes, 'rate'))
    const words = new Uint32Array(4)
    for (let i = 0; i < output.data.length; i++) {
      if (i % 4 === 0) {
        words.set([i / 4, step?.data[0] ?? 0, numberAttribute(attributes, 'layer'), 0])
        philox(words, numberAttribute(attributes, 'seed'), dropoutPurpose)
      }
      output.data[i] = (words[i % 4] ?? 0) >= threshold ? (x?.data[i] ?? Number.NaN) * factor : 0
    }
  },
  kernel: {
    name: 'dropout',
    arguments(node, at) {
      const number = (name: string): number => numberAttribute(node.attributes, name)
      const key = [number('seed') | 0, dropoutPurpose, number('layer')]
      const factor = floatWord(1 / (1 - number('rate')))
      return [...inputsOf(node, 2).map(at), at(node), sizeOf(node.shape), ...key, thresholdOf(node) | 0, factor]
    },
  },
  flops: (node) => sizeOf(node.shape),
}
