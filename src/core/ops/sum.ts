import { inputsOf, type Node, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'

/** The input seen as [outer, reduced, inner], the middle being the axes from `from` up to `to`. */
function folded(node: Node): { outer: number; reduced: number; inner: number } {
  const shape = inputsOf(node, 1)[0]?.shape ?? []
  const from = numberAttribute(node.attributes, 'from')
  const to = numberAttribute(node.attributes, 'to')
  return { outer: sizeOf(shape.slice(0, from)), reduced: sizeOf(shape.slice(from, to)), inner: sizeOf(shape.slice(to)) }
}

/**
 * Sum over the neighbouring axes `from` up to, not with, `to`: [outer, reduced, inner] -> [outer, inner].
 *
 * With an inner axis the terms are added one after the other in order. Without one (a sum along a row) four partial sums
 * of every fourth term are added as (0 + 1) + (2 + 3), the rest after them: one order on every machine.
 */
export const sum: Op = {
  name: 'sum',
  onnx: 'ReduceSum',
  shape([x = []], attributes) {
    const from = numberAttribute(attributes, 'from')
    const to = numberAttribute(attributes, 'to')
    if (from < 0 || to > x.length || from > to) throw new RangeError(`sum: axes lie within [${x}], got ${from}..${to}`)
    return [...x.slice(0, from), ...x.slice(to)]
  },
  gradient({ node, upstream, build, input }) {
    const shape = input(0).shape
    const from = numberAttribute(node.attributes, 'from')
    const to = numberAttribute(node.attributes, 'to')
    const kept = shape.map((side, axis) => (axis >= from && axis < to ? 1 : side))
    return [build.apply('expand', [build.apply('reshape', [upstream], { shape: kept })], { shape })]
  },
  reference([x], output, attributes) {
    if (x === undefined) throw new Error('internal: sum: one input')
    const from = numberAttribute(attributes, 'from')
    const to = numberAttribute(attributes, 'to')
    const inner = sizeOf(x.shape.slice(to))
    const reduced = sizeOf(x.shape.slice(from, to))
    for (let i = 0; i < output.data.length; i++) {
      const column = inner === 0 ? 0 : i % inner
      const row = inner === 0 ? 0 : (i - column) / inner
      let total = 0
      for (let k = 0; k < reduced; k++) total += x.data[(row * reduced + k) * inner + column] ?? Number.NaN
      output.data[i] = total
    }
  },
  kernel: {
    name: 'sum',
    arguments(node, at) {
      const { outer, reduced, inner } = folded(node)
      return [...inputsOf(node, 1).map(at), at(node), outer, reduced, inner]
    },
  },
  flops: (node) => sizeOf(inputsOf(node, 1)[0]?.shape ?? []),
}
