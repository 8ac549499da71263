import type { Builder, Node } from '../graph/node.ts'
import type { Activation } from '../spec/index.ts'

/** What a layer computes on the way: the sums before the activation and the activations. */
export interface LayerValues {
  readonly sums: Node
  readonly activations: Node
}

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
 * x [rows, in], weight [out, in], bias [out] -> z, y [rows, out].
 */
export function dense(build: Builder, x: Node, weight: Node, bias: Node, activation: Activation): LayerValues {
  const product = build.apply('matmul', [x, weight], { transposeB: true })
  const sums = build.apply('add', [product, bias])
  return { sums, activations: activate(build, sums, activation) }
}
