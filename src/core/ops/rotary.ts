import { exp, log } from '../data/elementary.ts'
import { type Attributes, inputsOf, type Shape, sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op } from './op.ts'

/** Rows, steps and half the width of x. Throws RangeError for an odd width. */
function sidesOf(x: Shape): readonly [number, number, number] {
  const [steps = 0, width = 0] = x.slice(-2)
  if (x.length < 2 || width % 2 !== 0) throw new RangeError(`rotary: x is [.., steps, even width], got [${x}]`)
  return [sizeOf(x.slice(0, -1)), steps, width / 2]
}

/** `base^(-i / half)` for i below half: from library-independent exp and log, so that every computer gets the same bits. */
function frequenciesOf(half: number, attributes: Attributes): readonly number[] {
  const rate = log(numberAttribute(attributes, 'base'))
  return Array.from({ length: half }, (_, i) => exp((-i / half) * rate))
}

/**
 * Rotary position embedding (Su et al. 2021, section 3.2): turns the pair (x_i, x_{i + n/2}) by the angle
 * `position base^(-2i/n)`, forwards for `sign` 1, back for -1. x [.., steps, n] -> the same; n even.
 */
export const rotary: Op = {
  name: 'rotary',
  onnx: 'RotaryEmbedding',
  shape([x = []]) {
    sidesOf(x)
    return x
  },
  gradient: ({ node, upstream, build }) => [
    build.apply('rotary', [upstream], { ...node.attributes, sign: -numberAttribute(node.attributes, 'sign') }),
  ],
  reference([x], output, attributes) {
    const [rows, steps, half] = sidesOf(output.shape)
    const frequencies = frequenciesOf(half, attributes)
    const sign = numberAttribute(attributes, 'sign')
    for (let row = 0; row < rows; row++) {
      frequencies.forEach((frequency, i) => {
        const at = row * 2 * half + i
        const angle = (row % steps) * frequency
        const [first = 0, second = 0] = [x?.data[at], x?.data[at + half]]
        const [cosine, sine] = [Math.cos(angle), sign * Math.sin(angle)]
        output.data[at] = first * cosine - second * sine
        output.data[at + half] = second * cosine + first * sine
      })
    }
  },
  kernel: {
    name: 'rotary',
    arguments(node, at) {
      const [rows, steps, half] = sidesOf(node.shape)
      const sign = floatWord(numberAttribute(node.attributes, 'sign'))
      const frequencies = frequenciesOf(half, node.attributes).map(floatWord)
      return [...inputsOf(node, 1).map(at), at(node), rows, steps, half, sign, ...frequencies]
    },
  },
  flops: (node) => 6 * sizeOf(node.shape),
}
