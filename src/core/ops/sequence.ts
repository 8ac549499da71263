import { inputsOf, type Shape, sizeOf } from '../graph/node.ts'
import type { Op, Tensor } from './op.ts'

/** Memory that one kernel writes to and that nobody reads afterwards: an input that has no value. Attribute `shape`. */
export const workspace: Op = {
  name: 'workspace',
  onnx: null,
  shape(_inputs, { shape }) {
    if (!Array.isArray(shape)) throw new Error('internal: workspace: shape is a list of numbers')
    return shape.map(Number)
  },
  gradient: () => [],
  reference: () => undefined,
  kernel: { name: 'workspace', arguments: () => [] },
  flops: () => 0,
}

/** Each sequence one step later, zeros first: [rows, steps, width] -> the same. Only backward passes use it. */
export const delay: Op = {
  name: 'delay',
  onnx: null,
  shape([x = []]) {
    if (x.length !== 3) throw new RangeError(`delay: x is [rows, steps, width], got [${x}]`)
    return x
  },
  gradient: 'backwardOnly',
  reference([x], output) {
    const [, steps = 0, width = 0] = output.shape
    for (let i = 0; i < output.data.length; i++) {
      output.data[i] = i % (steps * width) < width ? 0 : (x?.data[i - width] ?? Number.NaN)
    }
  },
  kernel: { name: 'delay', arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...node.shape] },
  flops: () => 0,
}

/** Checks the inputs of a recurrent op and gives rows, steps and state size. */
export function recurrentSides(
  name: string,
  gates: number,
  projected: Shape,
  weight: Shape,
  bias: Shape,
): readonly [number, number, number] {
  const [rows = 0, steps = 0, width = 0] = projected
  const h = weight[1] ?? 0
  if (projected.length !== 3 || width !== gates * h || weight[0] !== gates * h || bias[0] !== gates * h) {
    const wanted = `[rows, steps, ${gates}h], [${gates}h, h] and [${gates}h]`
    throw new RangeError(`${name}: ${wanted}, got [${projected}], [${weight}] and [${bias}]`)
  }
  return [rows, steps, h]
}

/** A reader of `tensor[row, step, gate * h + i]`. */
export function cellsOf(
  tensor: Tensor | undefined,
  steps: number,
  width: number,
): (row: number, step: number, i: number) => number {
  return (row, step, i) => tensor?.data[(row * steps + step) * width + i] ?? Number.NaN
}

/** `h W^T + b` of one output: the product with the state before, zeros before the first step. */
export function hiddenSum(
  states: Float64Array,
  weight: Tensor | undefined,
  bias: Tensor | undefined,
  at: { readonly row: number; readonly step: number; readonly steps: number; readonly h: number },
  output: number,
): number {
  let total = bias?.data[output] ?? Number.NaN
  if (at.step === 0) return total
  const before = (at.row * at.steps + at.step - 1) * at.h
  for (let i = 0; i < at.h; i++)
    total += (states[before + i] ?? Number.NaN) * (weight?.data[output * at.h + i] ?? Number.NaN)
  return total
}

export const sigmoidOf = (x: number): number => 1 / (1 + Math.exp(-x))

/** Number of elements of a shape's first axes, the last left out: rows x steps. */
export const lead = (shape: Shape): number => sizeOf(shape.slice(0, -1))
