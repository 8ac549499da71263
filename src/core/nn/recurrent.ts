import type { Node } from '../graph/node.ts'
import type { RecurrentLayer } from '../spec/index.ts'
import { dense } from './dense.ts'
import { type LayerContext, type LayerKind, reshaped, rowOf, sameValues, sidesOf } from './layer.ts'

/** Gates of each kind: rows of its weights over the units. */
const gatesOf = { rnn: 1, gru: 3, lstm: 4 } as const

/**
 * States of every step of x [rows, t, in] -> [rows, t, units]. The products of the inputs of all steps are one product,
 * then the kernel goes step by step. Parameters as in PyTorch.
 */
export function recurrentStates({ build, parameter }: LayerContext, layer: RecurrentLayer['layer'], x: Node): Node {
  const [rows = 0, steps = 0] = x.shape
  const weight = parameter('weight_hh_l0')
  const units = weight.shape[1] ?? 0
  const projected = dense(build, x, parameter('weight_ih_l0'), parameter('bias_ih_l0'), 'linear').activations
  const work = build.apply('workspace', [], { shape: [rows, gatesOf[layer] * units] })
  const states = build.apply(layer, [projected, weight, parameter('bias_hh_l0'), work])
  return layer === 'lstm' ? reshaped(build, build.apply('plane', [states], { index: 0 }), [rows, steps, units]) : states
}

/**
 * Recurrent layers: `rnn` (Elman 1990), `gru` (Cho et al. 2014, gates r, z, n), `lstm` (Hochreiter and Schmidhuber 1997,
 * gates i, f, g, o). [t, in] -> [t, units], or [units] for the last step alone.
 *
 * weight_ih_l0 [gates units, in], weight_hh_l0 [gates units, units], bias_ih_l0 and bias_hh_l0 [gates units].
 */
export const recurrent: LayerKind<RecurrentLayer> = {
  outputRow(spec, input, at) {
    const [steps = 0] = sidesOf(spec.layer, 'sequence', input, at)
    return rowOf(input, spec.output === 'all' ? [steps, spec.units] : [spec.units])
  },
  parameters({ layer, units }, { sides: [, width = 0] }) {
    const outputs = gatesOf[layer] * units
    return [
      { name: 'weight_ih_l0', kind: 'weight', shape: [outputs, width], start: { fanIn: width, fanOut: units } },
      { name: 'weight_hh_l0', kind: 'weight', shape: [outputs, units], start: { fanIn: units, fanOut: units } },
      { name: 'bias_ih_l0', kind: 'bias', shape: [outputs], start: { value: 0 } },
      { name: 'bias_hh_l0', kind: 'bias', shape: [outputs], start: { value: 0 } },
    ]
  },
  forward(context, { layer, output }, x) {
    const { build } = context
    const states = recurrentStates(context, layer, x)
    if (output === 'all') return sameValues(states)
    const [rows = 0, steps = 0, units = 0] = states.shape
    const last = build.apply('slice', [states], { starts: [0, steps - 1, 0], ends: [rows, steps, units] })
    return sameValues(reshaped(build, last, [rows, units]))
  },
}
