import { inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'

function words(node: Node): readonly number[] {
  const [rows = 0, width = 0] = node.inputs[0]?.shape ?? []
  return [rows, width, numberAttribute(node.attributes, 'chosen')]
}

function checked(name: string, x: Shape, chosen: number): Shape {
  if (x.length !== 2 || chosen < 1 || chosen > (x[1] ?? 0)) {
    throw new RangeError(`${name}: ${chosen} of the columns of [rows, experts] are chosen, got [${x}]`)
  }
  return x
}

/**
 * The router of experts: softmax over the `chosen` largest of each row, 0 elsewhere, the first of equals
 * (Jiang et al. 2024, section 2.1). x [rows, experts] -> [rows, experts], each row sums to 1.
 */
export const route: Op = {
  name: 'route',
  onnx: 'TopK',
  shape: ([x = []], attributes) => checked('route', x, numberAttribute(attributes, 'chosen')),
  // where the output is 0 softmax's rule gives 0, which is right: the choice itself has no gradient
  gradient: ({ node, upstream, build }) => [build.apply('softmax_gradient', [node, upstream])],
  reference([x], output, attributes) {
    const [rows = 0, width = 0] = output.shape
    const chosen = numberAttribute(attributes, 'chosen')
    for (let row = 0; row < rows; row++) {
      const values = [...(x?.data.subarray(row * width, (row + 1) * width) ?? [])]
      const ranked = values.map((value, i) => ({ value, i })).sort((a, b) => b.value - a.value || a.i - b.i)
      const kept = ranked.slice(0, chosen)
      const total = kept.reduce((sum, { value }) => sum + Math.exp(value - (ranked[0]?.value ?? 0)), 0)
      for (const { value, i } of kept) output.data[row * width + i] = Math.exp(value - (ranked[0]?.value ?? 0)) / total
    }
  },
  kernel: { name: 'route', arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(node)] },
  flops: (node) => 20 * sizeOf(node.shape),
}

/** Share of all choices that fell on each expert: route [rows, experts] -> [experts]; no gradient. */
export const expertLoad: Op = {
  name: 'expert_load',
  onnx: 'ReduceMean',
  shape: ([x = []], attributes) => checked('expert_load', x, numberAttribute(attributes, 'chosen')).slice(1),
  gradient: () => [null],
  reference([x], output, attributes) {
    const width = output.data.length
    const count = ((x?.data.length ?? 0) / width) * numberAttribute(attributes, 'chosen')
    x?.data.forEach((value, i) => {
      if (value > 0) output.data[i % width] = (output.data[i % width] ?? 0) + 1 / count
    })
  },
  kernel: { name: 'expert_load', arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(node)] },
  flops: (node) => sizeOf(node.inputs[0]?.shape ?? []),
}
