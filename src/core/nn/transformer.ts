import type { Node } from '../graph/node.ts'
import type { TransformerLayer } from '../spec/index.ts'
import { attentionTensors, checkHeads, selfAttention } from './attention.ts'
import { dense, denseTensors } from './dense.ts'
import { type LayerContext, type LayerKind, sameValues, type TensorSpec, withinLayer } from './layer.ts'
import { layerNorm, normTensors } from './norm.ts'

/** Keeps the norms' division safe, as in PyTorch. */
const epsilon = 1e-5

/** `gelu`: `out(gelu(fc(x)))`; `swiglu`: `out(silu(gate(x)) up(x))` without biases (Shazeer 2020). */
function feedForward({ build, parameter }: LayerContext, kind: TransformerLayer['feedForward'], x: Node): Node {
  if (kind === 'gelu') {
    const hidden = dense(build, x, parameter('fc.weight'), parameter('fc.bias'), 'gelu').activations
    return dense(build, hidden, parameter('out.weight'), parameter('out.bias'), 'linear').activations
  }
  const gate = dense(build, x, parameter('gate.weight'), null, 'silu').activations
  const up = dense(build, x, parameter('up.weight'), null, 'linear').activations
  return dense(build, build.apply('mul', [gate, up]), parameter('out.weight'), null, 'linear').activations
}

function feedForwardTensors({ feedForward: kind, expansion }: TransformerLayer, width: number): readonly TensorSpec[] {
  const hidden = expansion * width
  if (kind === 'gelu') return [...denseTensors('fc.', hidden, width), ...denseTensors('out.', width, hidden)]
  return [
    { name: 'gate.weight', kind: 'weight', shape: [hidden, width] },
    { name: 'up.weight', kind: 'weight', shape: [hidden, width] },
    { name: 'out.weight', kind: 'weight', shape: [width, hidden] },
  ]
}

/**
 * A pre-norm transformer block (Vaswani et al. 2017; norm first as in GPT-2): `x = x + attn(ln1(x))`,
 * `x = x + feedForward(ln2(x))`. [t, c] -> [t, c]; the feed-forward part is `expansion` c wide.
 */
export const transformer: LayerKind<TransformerLayer> = {
  outputRow(spec, input, at) {
    checkHeads(spec.layer, spec, input, at)
    return input
  },
  parameters: (spec, { sides: [, width = 0] }) => [
    ...normTensors('ln1.', width, true),
    ...attentionTensors('attn.', spec, width),
    ...normTensors('ln2.', width, true),
    ...feedForwardTensors(spec, width),
  ],
  forward(context, spec, x, input) {
    const { build } = context
    const attended = selfAttention(
      withinLayer(context, 'attn.'),
      spec,
      layerNorm(withinLayer(context, 'ln1.'), x, epsilon),
      input.isRotary === true,
    )
    const between = build.apply('add', [x, attended.activations])
    const fed = feedForward(context, spec.feedForward, layerNorm(withinLayer(context, 'ln2.'), between, epsilon))
    return { ...sameValues(build.apply('add', [between, fed])), ...(attended.watched && { watched: attended.watched }) }
  },
}
