import { exp, log } from '../data/elementary.ts'
import { floatWord, type Op } from './op.ts'
import { listAttribute } from './strided.ts'

/** Base of the frequencies (Vaswani et al. 2017, section 3.5). */
const base = 10000

const frequenciesOf = (width: number): readonly number[] =>
  Array.from({ length: Math.ceil(width / 2) }, (_, i) => exp(((-2 * i) / width) * log(base)))

/**
 * Sinusoidal positions: `[p, 2i] = sin(p f_i)`, `[p, 2i + 1] = cos(p f_i)`, `f_i = 10000^(-2i / width)`.
 * No inputs; attribute `shape` [steps, width].
 */
export const sinusoid: Op = {
  name: 'sinusoid',
  onnx: 'Constant',
  shape(_inputs, attributes) {
    const shape = listAttribute(attributes, 'shape')
    if (shape.length !== 2) throw new RangeError(`sinusoid: the shape is [steps, width], got [${shape}]`)
    return shape
  },
  gradient: () => [],
  reference(_inputs, output) {
    const [, width = 0] = output.shape
    const frequencies = frequenciesOf(width)
    output.data.forEach((_, at) => {
      const column = at % width
      const angle = Math.floor(at / width) * (frequencies[Math.floor(column / 2)] ?? 0)
      output.data[at] = column % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
    })
  },
  kernel: {
    name: 'sinusoid',
    arguments: (node, at) => [at(node), ...node.shape, ...frequenciesOf(node.shape[1] ?? 0).map(floatWord)],
  },
  flops: (node) => 20 * node.shape.reduce((product, side) => product * side, 1),
}
