import type { Node } from '../graph/node.ts'
import { type AttentionLayer, Fault } from '../spec/index.ts'
import { dense, denseTensors } from './dense.ts'
import {
  type LayerContext,
  type LayerKind,
  type LayerValues,
  type Row,
  reshaped,
  sameValues,
  sidesOf,
  type TensorSpec,
} from './layer.ts'

/** How attention is divided. */
export interface Heads {
  readonly heads: number
  readonly kvHeads: number
  readonly causal: boolean
}

/** Base of the rotary frequencies (Su et al. 2021, section 3.3). */
const rotaryBase = 10000

/** Checks that the heads divide the width. Throws `NETWORK-003`, for rotary positions also where a head is odd. */
export function checkHeads(layer: string, { heads, kvHeads }: Heads, input: Row, at: string): void {
  const [, width = 0] = sidesOf(layer, 'sequence', input, at)
  const parts = heads * (input.isRotary === true ? 2 : 1)
  if (width % parts !== 0) throw new Fault('NETWORK-003', { layer, given: parts, whole: width }, `${at}.heads`)
  if (heads % kvHeads !== 0) throw new Fault('NETWORK-003', { layer, given: kvHeads, whole: heads }, `${at}.kvHeads`)
}

/** `qkv` [width + 2 kvHeads size, width] in the order q, k, v and `proj` [width, width], each with a bias. */
export function attentionTensors(prefix: string, { heads, kvHeads }: Heads, width: number): readonly TensorSpec[] {
  const rows = width + 2 * kvHeads * (width / heads)
  return [...denseTensors(`${prefix}qkv.`, rows, width), ...denseTensors(`${prefix}proj.`, width, width)]
}

/**
 * Self-attention (Vaswani et al. 2017, section 3.2; grouped queries of Ainslie et al. 2023):
 * `softmax(Q K^T / sqrt(size) + mask) V` for each head, the heads side by side, then `proj`. x [rows, t, width] -> the same.
 */
export function selfAttention(
  { build, parameter }: LayerContext,
  { heads, kvHeads, causal }: Heads,
  x: Node,
  isRotary: boolean,
): LayerValues {
  const [rows = 0, steps = 0, width = 0] = x.shape
  const size = width / heads
  const qkv = dense(build, x, parameter('qkv.weight'), parameter('qkv.bias'), 'linear').activations
  const part = (first: number, count: number): Node => build.apply('split_heads', [qkv], { first, heads: count, size })
  const turned = (value: Node): Node =>
    isRotary ? build.apply('rotary', [value], { base: rotaryBase, sign: 1 }) : value
  // Heads that share a key lie next to each other: [rows kvHeads, (heads / kvHeads) t, size] meets [rows kvHeads, t, size].
  const grouped = [rows * kvHeads, (heads / kvHeads) * steps, size]
  const query = reshaped(build, turned(part(0, heads)), grouped)
  const key = turned(part(width, kvHeads))
  const value = part(width + kvHeads * size, kvHeads)
  const scores = build.apply('matmul', [query, key], { transposeB: true })
  const shares = build.apply('attention_softmax', [scores], { scale: 1 / Math.sqrt(size), length: steps, causal })
  const mixed = reshaped(build, build.apply('matmul', [shares, value]), [rows * heads, steps, size])
  const joined = build.apply('merge_heads', [mixed], { first: 0, heads, size, width })
  const output = dense(build, joined, parameter('proj.weight'), parameter('proj.bias'), 'linear').activations
  return { ...sameValues(output), watched: { attention: reshaped(build, shares, [rows, heads, steps, steps]) } }
}

/** Self-attention as a layer of its own: [t, c] -> [t, c]; `heads` divides c, `kvHeads` divides `heads`. */
export const attention: LayerKind<AttentionLayer> = {
  outputRow(spec, input, at) {
    checkHeads(spec.layer, spec, input, at)
    return input
  },
  parameters: (spec, { sides: [, width = 0] }) => attentionTensors('', spec, width),
  forward: (context, spec, x, input) => selfAttention(context, spec, x, input.isRotary === true),
}
