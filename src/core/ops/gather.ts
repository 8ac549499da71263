import { inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'

const isRow = (index: number, rows: number): boolean => index >= 0 && index < rows

/** Rows of the table and floats a row. */
function sidesOf(table: Shape): readonly [number, number] {
  return [table[0] ?? 0, sizeOf(table.slice(1))]
}

function twoInputs(node: Node): readonly [Node, Node] {
  const [a, b] = inputsOf(node, 2)
  if (a === undefined || b === undefined) throw new Error(`internal: ${node.op}: two inputs`)
  return [a, b]
}

/**
 * Rows of a table by number: table [rows, ...row], indices [...] holding whole numbers -> [...indices, ...row].
 *
 * An index outside the table gives NaN. The table's gradient adds each row's upstream to it in the order of the indices.
 */
export const gather: Op = {
  name: 'gather',
  onnx: 'Gather',
  shape([table = [], indices = []]) {
    if (table.length === 0) throw new RangeError('gather: the table has rows, got a scalar')
    return [...indices, ...table.slice(1)]
  },
  gradient: ({ upstream, build, input }) => [
    build.apply('scatter_add', [input(1), upstream], { rows: input(0).shape[0] ?? 0 }),
    null,
  ],
  reference([table, indices], output) {
    const [rows, width] = sidesOf(table?.shape ?? [])
    indices?.data.forEach((index, i) => {
      const row = Math.trunc(index) * width
      for (let n = 0; n < width; n++) {
        output.data[i * width + n] = isRow(index, rows) ? (table?.data[row + n] ?? Number.NaN) : Number.NaN
      }
    })
  },
  kernel: {
    name: 'gather_rows',
    arguments(node, at) {
      const [table, indices] = twoInputs(node)
      const [rows, width] = sidesOf(table.shape)
      return [at(table), at(indices), at(node), rows, sizeOf(indices.shape), width]
    },
  },
  flops: () => 0,
}

/**
 * Rows added, in their order, to zeros: indices [...], values [...indices, ...row] -> [rows, ...row].
 * A row whose index is outside is left out; the gradient of the values gathers.
 */
export const scatterAdd: Op = {
  name: 'scatter_add',
  onnx: 'ScatterElements',
  shape([indices = [], values = []], attributes) {
    if (indices.some((side, axis) => side !== values[axis])) {
      throw new RangeError(`scatter_add: values [...indices, ...row], got [${indices}] and [${values}]`)
    }
    return [numberAttribute(attributes, 'rows'), ...values.slice(indices.length)]
  },
  gradient: ({ upstream, build, input }) => [null, build.apply('gather', [upstream, input(0)])],
  reference([indices, values], output) {
    const [rows, width] = sidesOf(output.shape)
    output.data.fill(0)
    indices?.data.forEach((index, i) => {
      if (!isRow(index, rows)) return
      for (let n = 0; n < width; n++) {
        const at = Math.trunc(index) * width + n
        output.data[at] = (output.data[at] ?? 0) + (values?.data[i * width + n] ?? Number.NaN)
      }
    })
  },
  kernel: {
    name: 'scatter_add',
    arguments(node, at) {
      const [indices, values] = twoInputs(node)
      const [rows, width] = sidesOf(node.shape)
      return [at(indices), at(values), at(node), rows, sizeOf(indices.shape), width]
    },
  },
  flops: (node) => sizeOf(twoInputs(node)[1].shape),
}
