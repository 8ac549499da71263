import { inputsOf, sizeOf } from '../graph/node.ts'
import type { Op } from './op.ts'
import { weightGradients } from './rnn.ts'
import { cellsOf, hiddenSum, lead, recurrentSides, sigmoidOf } from './sequence.ts'

/**
 * A gated recurrent unit over whole sequences (Cho et al. 2014; the variant of cuDNN and PyTorch):
 * `r = s(p_r + q_r)`, `z = s(p_z + q_z)`, `n = tanh(p_n + r q_n)`, `h_t = (1 - z) n + z h_{t-1}`, with q = W h_{t-1} + b.
 *
 * projected p [rows, steps, 3h] in the order r, z, n; weight [3h, h], bias [3h], workspace [rows, 3h] -> [rows, steps, h].
 */
export const gru: Op = {
  name: 'gru',
  onnx: 'GRU',
  shape: ([projected = [], weight = [], bias = []]) => recurrentSides('gru', 3, projected, weight, bias),
  gradient(context) {
    const { node, upstream, build, input } = context
    const [rows = 0, steps = 0, h = 0] = node.shape
    const before = build.apply('delay', [node])
    const flat = build.apply('reshape', [before], { shape: [rows * steps, h] })
    const sums = build.apply('add', [build.apply('matmul', [flat, input(1)], { transposeB: true }), input(2)])
    const products = build.apply('reshape', [sums], { shape: [rows, steps, 3 * h] })
    const work = build.apply('workspace', [], { shape: [2, rows, h] })
    const both = build.apply('gru_gradient', [input(0), products, before, input(1), upstream, work])
    const pull = build.apply('plane', [both], { index: 1 })
    return [build.apply('plane', [both], { index: 0 }), ...weightGradients(context, pull, before), null]
  },
  reference([projected, weight, bias], output) {
    const [rows = 0, steps = 0, h = 0] = output.shape
    const p = cellsOf(projected, steps, 3 * h)
    for (let row = 0; row < rows; row++) {
      for (let step = 0; step < steps; step++) {
        for (let i = 0; i < h; i++) {
          const q = (gate: number): number =>
            hiddenSum(output.data, weight, bias, { row, step, steps, h }, gate * h + i)
          const r = sigmoidOf(p(row, step, i) + q(0))
          const z = sigmoidOf(p(row, step, h + i) + q(1))
          const n = Math.tanh(p(row, step, 2 * h + i) + r * q(2))
          const at = (row * steps + step) * h + i
          output.data[at] = (1 - z) * n + z * (step === 0 ? 0 : (output.data[at - h] ?? 0))
        }
      }
    }
  },
  kernel: { name: 'gru', arguments: (node, at) => [...inputsOf(node, 4).map(at), at(node), ...node.shape] },
  flops: (node) => 6 * sizeOf(node.shape) * (node.shape[2] ?? 0),
}

/**
 * What goes back to p (plane 0) and to the products q (plane 1): projected, products [rows, steps, 3h], states before
 * [rows, steps, h], weight, dy, workspace [2, rows, h] -> [2, rows, steps, 3h].
 */
export const gruGradient: Op = {
  name: 'gru_gradient',
  onnx: null,
  shape: ([projected = []]) => [2, ...projected],
  gradient: 'backwardOnly',
  reference([projected, products, before, weight, upstream], output) {
    const [rows = 0, steps = 0, h = 0] = before?.shape ?? []
    const [p, q] = [cellsOf(projected, steps, 3 * h), cellsOf(products, steps, 3 * h)]
    const [last, dy] = [cellsOf(before, steps, h), cellsOf(upstream, steps, h)]
    const half = output.data.length / 2
    for (let row = 0; row < rows; row++) {
      let carry = new Float64Array(h)
      for (let step = steps - 1; step >= 0; step--) {
        const start = (row * steps + step) * 3 * h
        const next = new Float64Array(h)
        for (let i = 0; i < h; i++) {
          const hidden = q(row, step, 2 * h + i)
          const r = sigmoidOf(p(row, step, i) + q(row, step, i))
          const z = sigmoidOf(p(row, step, h + i) + q(row, step, h + i))
          const n = Math.tanh(p(row, step, 2 * h + i) + r * hidden)
          const pull = dy(row, step, i) + (carry[i] ?? 0)
          const dn = pull * (1 - z) * (1 - n * n)
          const dz = pull * (last(row, step, i) - n) * z * (1 - z)
          const dr = dn * hidden * r * (1 - r)
          for (const [gate, value, toProduct] of [
            [0, dr, dr],
            [1, dz, dz],
            [2, dn, dn * r],
          ] as const) {
            output.data[start + gate * h + i] = value
            output.data[half + start + gate * h + i] = toProduct
          }
          next[i] = pull * z
        }
        carry = next.map((value, i) => value + pulledBack(output.data, half + start, weight?.data, 3 * h, h, i))
      }
    }
  },
  kernel: {
    name: 'gru_gradient',
    arguments: (node, at) => [...inputsOf(node, 6).map(at), at(node), ...(node.inputs[2]?.shape ?? [])],
  },
  flops: (node) => 3 * lead(node.shape) * (node.shape[3] ?? 0),
}

/** `sum over outputs of pull W` for one input of the product. */
export function pulledBack(
  pull: Float64Array,
  start: number,
  weight: Float64Array | undefined,
  outputs: number,
  h: number,
  input: number,
): number {
  let total = 0
  for (let j = 0; j < outputs; j++) total += (pull[start + j] ?? 0) * (weight?.[j * h + input] ?? Number.NaN)
  return total
}
