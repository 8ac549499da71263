import { type Node, sizeOf } from '../graph/node.ts'
import { type ExpertsLayer, Fault } from '../spec/index.ts'
import { dense } from './dense.ts'
import {
  type LayerContext,
  type LayerKind,
  refuseTokens,
  reshaped,
  sameValues,
  sidesOf,
  type TensorSpec,
} from './layer.ts'

/** The balancing loss `experts sum over e of load_e p_e`, p the mean of the router's softmax (Fedus et al. 2021, section 2.2). */
function balanceLoss({ build }: LayerContext, logits: Node, load: Node, balance: number): Node {
  const [rows = 0, experts = 0] = logits.shape
  const shares = build.apply('sum', [build.apply('softmax', [logits])], { from: 0, to: 1 })
  const product = build.apply('sum', [build.apply('mul', [load, shares])], { from: 0, to: 1 })
  return build.apply('scale', [product], { factor: (balance * experts) / rows })
}

/** Output [rows, n] and load [experts] for x [rows, n]; every expert computes, the router's zeros leave the others out. */
export function mixture(
  context: LayerContext,
  x: Node,
  experts: number,
  topK: number,
  balance: number,
): { output: Node; load: Node } {
  const { build, parameter, training } = context
  const [rows = 0] = x.shape
  const logits = dense(build, x, parameter('gate.weight'), null, 'linear').activations
  const shares = build.apply('route', [logits], { chosen: topK })
  const load = build.apply('expert_load', [shares], { chosen: topK })
  if (balance > 0) training?.penalise(balanceLoss(context, logits, load, balance))
  const parts = Array.from({ length: experts }, (_, index) => {
    const hidden = dense(build, x, parameter(`up.${index}.weight`), null, 'silu').activations
    const answer = dense(build, hidden, parameter(`down.${index}.weight`), null, 'linear').activations
    const share = build.apply('slice', [shares], { starts: [0, index], ends: [rows, index + 1] })
    return build.apply('mul', [answer, share])
  })
  return { output: parts.reduce((total, part) => build.apply('add', [total, part])), load }
}

/**
 * Mixture of experts (Shazeer et al. 2017; router of Jiang et al. 2024): the router `gate` [experts, n] picks `topK`
 * experts for each row or step and weighs them by a softmax over the picked; an expert is `down(silu(up(x)))`.
 *
 * [n] or [t, n] -> the same; `up.i` [units, n], `down.i` [n, units]. Watched: `load` [experts], the share of choices.
 */
export const experts: LayerKind<ExpertsLayer> = {
  outputRow(spec, input, at) {
    refuseTokens(spec.layer, input, at)
    if (input.sides.length === 3) sidesOf(spec.layer, 'sequence', input, at)
    if (spec.topK > spec.experts) {
      throw new Fault('NETWORK-005', { given: spec.topK, experts: spec.experts }, `${at}.topK`)
    }
    return input
  },
  parameters(spec, { sides }) {
    const width = sides.at(-1) ?? 0
    const each = (name: string, shape: readonly number[]): TensorSpec[] =>
      Array.from({ length: spec.experts }, (_, index) => ({ name: `${name}.${index}.weight`, kind: 'weight', shape }))
    return [
      { name: 'gate.weight', kind: 'weight', shape: [spec.experts, width] },
      ...each('up', [spec.units, width]),
      ...each('down', [width, spec.units]),
    ]
  },
  forward(context, spec, x) {
    const { build } = context
    const flat = x.shape.length === 2 ? x : reshaped(build, x, [sizeOf(x.shape.slice(0, -1)), x.shape.at(-1) ?? 0])
    const { output, load } = mixture(context, flat, spec.experts, spec.topK, spec.balance)
    return { ...sameValues(x.shape.length === 2 ? output : reshaped(build, output, x.shape)), watched: { load } }
  },
}
