import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op } from './op.ts'

/** Rows of scores, their width, and the number of positions after which rows begin again. */
function sidesOf(scores: Shape, attributes: Attributes): readonly [number, number, number] {
  const width = scores.at(-1) ?? 0
  const length = numberAttribute(attributes, 'length')
  if (scores.length < 2 || width === 0 || (scores.at(-2) ?? 0) % length !== 0) {
    throw new RangeError(`attention_softmax: rows are a multiple of the length ${length}, got [${scores}]`)
  }
  return [sizeOf(scores) / width, width, length]
}

function words(node: Node): readonly number[] {
  const scale = floatWord(numberAttribute(node.attributes, 'scale'))
  return [...sidesOf(node.shape, node.attributes), scale, node.attributes.causal === true ? 1 : 0]
}

/** Calls `visit` with each row's first element and the number of columns that it sees. */
function eachRow(scores: Shape, attributes: Attributes, visit: (start: number, seen: number) => void): void {
  const [rows, width, length] = sidesOf(scores, attributes)
  for (let row = 0; row < rows; row++) {
    visit(row * width, attributes.causal === true ? Math.min(width, (row % length) + 1) : width)
  }
}

/**
 * Scale, mask and softmax of attention in one pass: `y = softmax(scale x + mask)` over the last axis.
 *
 * scores [.., rows, positions] -> the same. Row i asks for position i modulo the attribute `length`; with `causal` it sees
 * positions up to its own (Vaswani et al. 2017, section 3.2). Attribute `scale`, usually 1 / sqrt(head size).
 */
export const attentionSoftmax: Op = {
  name: 'attention_softmax',
  onnx: 'Softmax',
  shape([scores = []], attributes) {
    sidesOf(scores, attributes)
    return scores
  },
  gradient: ({ node, upstream, build }) => [
    build.apply('attention_softmax_gradient', [node, upstream], node.attributes),
  ],
  reference([scores], output, attributes) {
    if (scores === undefined) throw new Error('internal: attention_softmax: one input')
    const scale = numberAttribute(attributes, 'scale')
    eachRow(output.shape, attributes, (start, seen) => {
      const row = scores.data.slice(start, start + seen).map((value) => value * scale)
      const largest = Math.max(...row)
      const parts = row.map((value) => Math.exp(value - largest))
      const total = parts.reduce((sum, part) => sum + part, 0)
      parts.forEach((part, i) => {
        output.data[start + i] = part / total
      })
    })
  },
  kernel: {
    name: 'attention_softmax',
    arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(node)],
  },
  flops: (node) => sizeOf(node.shape) * 17,
}

/** `dx = scale y (dy - sum y dy)` along each row, 0 where masked: y, dy -> [.., rows, positions]. */
export const attentionSoftmaxGradient: Op = {
  name: 'attention_softmax_gradient',
  onnx: null,
  shape: ([y = []]) => y,
  gradient: 'backwardOnly',
  reference([y, upstream], output, attributes) {
    const scale = numberAttribute(attributes, 'scale')
    eachRow(output.shape, attributes, (start, seen) => {
      let dot = 0
      for (let i = start; i < start + seen; i++) dot += (y?.data[i] ?? 0) * (upstream?.data[i] ?? 0)
      for (let i = start; i < start + seen; i++) {
        output.data[i] = scale * (y?.data[i] ?? 0) * ((upstream?.data[i] ?? 0) - dot)
      }
    })
  },
  kernel: {
    name: 'attention_softmax_gradient',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...words(node)],
  },
  flops: (node) => sizeOf(node.shape) * 5,
}
