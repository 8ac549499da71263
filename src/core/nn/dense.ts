import type { Builder, Node } from '../graph/node.ts'
import { sizeOf } from '../graph/node.ts'
import type { Activation, DenseLayer } from '../spec/index.ts'
import { type LayerKind, type LayerValues, type Row, refuseTokens, reshaped, rowOf, type TensorSpec } from './layer.ts'

export type { LayerValues } from './layer.ts'

/** Name of the op that computes an activation; `linear` needs none. */
const opOfActivation: Readonly<Record<Exclude<Activation, 'linear'>, string>> = {
  relu: 'relu',
  'leaky-relu': 'leaky_relu',
  elu: 'elu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  gelu: 'gelu',
  'gelu-tanh': 'gelu_tanh',
  silu: 'silu',
  mish: 'mish',
  softplus: 'softplus',
  softsign: 'softsign',
  sine: 'sine',
}

/** Applies an activation by name; `linear` is the value itself. */
export function activate(build: Builder, value: Node, activation: Activation): Node {
  return activation === 'linear' ? value : build.apply(opOfActivation[activation], [value])
}

/**
 * Dense layer: `z = x W^T + b`, `y = activation(z)`.
 *
 * x [rows, in], weight [out, in], bias [out] (null: none) -> z, y [rows, out]. A sequence [rows, steps, in] goes through
 * step by step.
 */
export function dense(build: Builder, x: Node, weight: Node, bias: Node | null, activation: Activation): LayerValues {
  const lead = x.shape.slice(0, -1)
  const flat = x.shape.length === 2 ? x : reshaped(build, x, [sizeOf(lead), x.shape.at(-1) ?? 0])
  const product = build.apply('matmul', [flat, weight], { transposeB: true })
  const sums = bias === null ? product : build.apply('add', [product, bias])
  const activations = activate(build, sums, activation)
  if (x.shape.length === 2) return { sums, activations }
  const shape = [...lead, weight.shape[0] ?? 0]
  const full = reshaped(build, sums, shape)
  return { sums: full, activations: activations === sums ? full : reshaped(build, activations, shape) }
}

/** Weight and bias of a dense part under names that begin with `prefix`. */
export function denseTensors(prefix: string, units: number, inputs: number): readonly TensorSpec[] {
  return [
    { name: `${prefix}weight`, kind: 'weight', shape: [units, inputs] },
    { name: `${prefix}bias`, kind: 'bias', shape: [units] },
  ]
}

/** What a dense layer sees: a sequence step by step, all else as one vector. */
const widthOf = ({ sides }: Row): number => (sides.length === 2 ? (sides[1] ?? 0) : sizeOf(sides))

/** `y = activation(x W^T + b)`: [n] -> [units], [t, c] -> [t, units], [c, h, w] -> [units]; weight [units, in], bias. */
export const denseLayer: LayerKind<DenseLayer> = {
  outputRow(spec, input, at) {
    refuseTokens(spec.layer, input, at)
    return rowOf(input, input.sides.length === 2 ? [input.sides[0] ?? 0, spec.units] : [spec.units])
  },
  parameters: (spec, input) => denseTensors('', spec.units, widthOf(input)),
  forward({ build, parameter }, spec, x, input) {
    const flat = input.sides.length === 3 ? reshaped(build, x, [x.shape[0] ?? 0, sizeOf(input.sides)]) : x
    return dense(build, flat, parameter('weight'), parameter('bias'), spec.activation)
  },
}
