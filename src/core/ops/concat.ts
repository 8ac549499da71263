import { type Shape, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'

/** Floats that a part has in each row of the joined value. */
const rowOf = (shape: Shape, axis: number): number => sizeOf(shape.slice(axis))

/** Values side by side along `axis`, all other sides equal; each gradient is its slice. */
export const concat: Op = {
  name: 'concat',
  onnx: 'Concat',
  shape(parts, attributes) {
    const axis = numberAttribute(attributes, 'axis')
    const [first = []] = parts
    const fits = parts.every((part) => {
      return part.length === first.length && part.every((side, other) => other === axis || side === first[other])
    })
    if (parts.length === 0 || axis < 0 || axis >= first.length || !fits) {
      throw new RangeError(`concat: sides but that of axis ${axis} are equal, got ${parts.map((part) => `[${part}]`)}`)
    }
    const total = parts.reduce((sum, part) => sum + (part[axis] ?? 0), 0)
    return first.map((side, other) => (other === axis ? total : side))
  },
  gradient({ node, upstream, build }) {
    const axis = numberAttribute(node.attributes, 'axis')
    let start = 0
    return node.inputs.map(({ shape }) => {
      const end = start + (shape[axis] ?? 0)
      const starts = shape.map((_, other) => (other === axis ? start : 0))
      const ends = shape.map((side, other) => (other === axis ? end : side))
      start = end
      return build.apply('slice', [upstream], { starts, ends })
    })
  },
  reference(parts, output, attributes) {
    const axis = numberAttribute(attributes, 'axis')
    const rows = sizeOf(output.shape.slice(0, axis))
    let at = 0
    for (let row = 0; row < rows; row++) {
      for (const { shape, data } of parts) {
        const width = rowOf(shape, axis)
        output.data.set(data.subarray(row * width, (row + 1) * width), at)
        at += width
      }
    }
  },
  kernel: {
    name: 'concat',
    arguments(node, at) {
      const axis = numberAttribute(node.attributes, 'axis')
      const rows = sizeOf(node.shape.slice(0, axis))
      return [at(node), rows, node.inputs.length, ...node.inputs.flatMap((part) => [at(part), rowOf(part.shape, axis)])]
    },
  },
  flops: () => 0,
}
