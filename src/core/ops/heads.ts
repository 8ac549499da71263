import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'

interface Heads {
  readonly rows: number
  readonly steps: number
  readonly width: number
  readonly first: number
  readonly heads: number
  readonly size: number
}

function headsOf(x: Shape, attributes: Attributes): Heads {
  const [rows = 0, steps = 0, width = 0] = x
  const first = numberAttribute(attributes, 'first')
  const heads = numberAttribute(attributes, 'heads')
  const size = numberAttribute(attributes, 'size')
  if (x.length !== 3 || first + heads * size > width) {
    throw new RangeError(
      `split_heads: ${heads} heads of ${size} from column ${first} on lie in [rows, steps, width], got [${x}]`,
    )
  }
  return { rows, steps, width, first, heads, size }
}

/** Calls `visit` with each element's place in the sequence and in the heads. */
function eachElement(
  { rows, steps, width, first, heads, size }: Heads,
  visit: (whole: number, part: number) => void,
): void {
  let part = 0
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      for (let step = 0; step < steps; step++) {
        const start = (row * steps + step) * width + first + head * size
        for (let i = 0; i < size; i++) visit(start + i, part++)
      }
    }
  }
}

/** Sides and strides of the walk through the sequence in the order of the heads, five axes as the kernels want them. */
function walkWords({ rows, steps, width, heads, size }: Heads): readonly number[] {
  return [1, rows, heads, steps, size, 0, steps * width, size, width, 1]
}

/**
 * Some columns of a sequence as heads: [rows, steps, width] -> [rows * heads, steps, size].
 *
 * Head h takes the columns `first + h size` up to, not with, `first + (h + 1) size`.
 */
export const splitHeads: Op = {
  name: 'split_heads',
  onnx: 'Transpose',
  shape([x = []], attributes) {
    const { rows, steps, heads, size } = headsOf(x, attributes)
    return [rows * heads, steps, size]
  },
  gradient: ({ node, upstream, build, input }) => [
    build.apply('merge_heads', [upstream], { ...node.attributes, width: input(0).shape[2] ?? 0 }),
  ],
  reference([x], output, attributes) {
    eachElement(headsOf(x?.shape ?? [], attributes), (whole, part) => {
      output.data[part] = x?.data[whole] ?? Number.NaN
    })
  },
  kernel: {
    name: 'arrange',
    arguments(node, at) {
      const [x] = inputsOf(node, 1)
      if (x === undefined) throw new Error('internal: split_heads: one input')
      const heads = headsOf(x.shape, node.attributes)
      return [at(x) + 4 * heads.first, at(node), ...walkWords(heads)]
    },
  },
  flops: () => 0,
}

function mergedShape(parts: Shape, attributes: Attributes): Shape {
  const heads = numberAttribute(attributes, 'heads')
  const shape = [(parts[0] ?? 0) / heads, parts[1] ?? 0, numberAttribute(attributes, 'width')]
  const { size } = headsOf(shape, attributes)
  if (parts.length !== 3 || !Number.isInteger(shape[0]) || parts[2] !== size) {
    throw new RangeError(`merge_heads: [rows x ${heads}, steps, ${size}] is needed, got [${parts}]`)
  }
  return shape
}

/** The other way, 0 in all other columns: [rows * heads, steps, size] -> [rows, steps, `width`]. */
export const mergeHeads: Op = {
  name: 'merge_heads',
  onnx: 'Transpose',
  shape: ([parts = []], attributes) => mergedShape(parts, attributes),
  gradient: ({ node, upstream, build }) => [build.apply('split_heads', [upstream], node.attributes)],
  reference([parts], output, attributes) {
    eachElement(headsOf(output.shape, attributes), (whole, part) => {
      output.data[whole] = parts?.data[part] ?? Number.NaN
    })
  },
  kernel: {
    name: 'pad',
    arguments(node: Node, at) {
      const heads = headsOf(node.shape, node.attributes)
      return [...inputsOf(node, 1).map(at), at(node), sizeOf(node.shape), heads.first, ...walkWords(heads)]
    },
  },
  flops: () => 0,
}
