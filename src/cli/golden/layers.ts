/** Which graph a golden case of a layer asks for, by its label. */
import { convolution } from '../../core/nn/conv2d.ts'
import { dense } from '../../core/nn/dense.ts'
import { mixture } from '../../core/nn/experts.ts'
import type { BufferSpec, LayerContext, Row, Training } from '../../core/nn/layer.ts'
import { layerOf } from '../../core/nn/layers.ts'
import { batchMomentum } from '../../core/nn/norm.ts'
import { recurrentStates } from '../../core/nn/recurrent.ts'
import type { LayerSpec } from '../../core/spec/index.ts'
import type { CaseContext, GraphBuilder } from './builders.ts'

/** The context of a layer whose parameters are those of the case; all that it keeps lies side by side. */
function contextOf(
  { build, parameter, buffers }: CaseContext,
  training: Training | null,
  kept: readonly BufferSpec[] = [],
): LayerContext {
  return { build, parameter, buffer: () => buffers(kept), training }
}

/** Training of which the outputs and what is kept count. */
function trainingOf({ build, follow }: CaseContext): Training {
  const step = build.apply('constant', [], { shape: [], value: 0 })
  return { step, seed: 0, nextDropout: () => 0, follow, penalise: () => undefined }
}

/** A number among the attributes of a case. */
function numberOf({ attribute }: CaseContext, name: string, otherwise: number): number {
  const value = attribute(name)
  return typeof value === 'number' ? value : otherwise
}

/** A yes or no among the attributes of a case. */
function flagOf({ attribute }: CaseContext, name: string, otherwise: boolean): boolean {
  const value = attribute(name)
  return typeof value === 'boolean' ? value : otherwise
}

/** The whole layer that a recipe would name, made from the attributes of the case. */
const layer =
  (specOf: (context: CaseContext) => LayerSpec, inTraining = false): GraphBuilder =>
  (context) => {
    const x = context.input('x')
    const spec = specOf(context)
    const training = inTraining ? trainingOf(context) : null
    const row: Row = {
      sides: x.shape.slice(1),
      isRotary: flagOf(context, 'rotary', false),
      ...(spec.layer === 'embedding' ? { vocabulary: 1 } : {}),
    }
    const made = layerOf(spec)
    return made.forward(contextOf(context, training, made.buffers(row)), x, row).activations
  }

const convolutionCase: GraphBuilder = (context) => {
  const { build, input, parameter, attribute } = context
  attribute('kernel')
  attribute('layout')
  return convolution(build, input('x'), parameter('weight'), parameter('bias'), {
    stride: numberOf(context, 'stride', 1),
    padding: numberOf(context, 'padding', 0),
    dilation: numberOf(context, 'dilation', 1),
    groups: numberOf(context, 'groups', 1),
  })
}

const recurrentCase =
  (kind: 'rnn' | 'gru' | 'lstm'): GraphBuilder =>
  (context) => {
    context.attribute('batch_first')
    context.attribute('gates')
    return recurrentStates(contextOf(context, null), kind, context.input('x'))
  }

const pool = (kind: 'max-pool' | 'avg-pool'): GraphBuilder =>
  layer((context) => {
    const kernel = numberOf(context, 'kernel', 2)
    const [stride, padding] = [numberOf(context, 'stride', kernel), numberOf(context, 'padding', 0)]
    return { layer: kind, kernel, stride, padding }
  })

/** Heads of attention; `kv_heads` of them where keys and values are shared. */
function headsOf(context: CaseContext): { readonly heads: number; readonly kvHeads: number } {
  const heads = numberOf(context, 'heads', 1)
  return { heads, kvHeads: numberOf(context, 'kv_heads', heads) }
}

const attention = (causal: boolean): GraphBuilder =>
  layer((context) => ({ layer: 'attention', ...headsOf(context), causal: flagOf(context, 'causal', causal) }))

const transformer: GraphBuilder = layer((context) => ({
  layer: 'transformer',
  ...headsOf(context),
  causal: true,
  feedForward: context.attribute('feed_forward') === 'swiglu' ? 'swiglu' : 'gelu',
  expansion: numberOf(context, 'expansion', 4),
}))

const epsilonOf = (context: CaseContext, otherwise = 1e-5): number => numberOf(context, 'eps', otherwise)

/** By label; a layer is one line. */
export const layerBuilders: Readonly<Record<string, GraphBuilder>> = {
  dense: ({ build, input, parameter }) =>
    dense(build, input('x'), parameter('weight'), parameter('bias'), 'linear').activations,
  embedding: layer(() => ({ layer: 'embedding', units: 1 })),
  layer_norm: layer((context) => ({ layer: 'layer-norm', epsilon: epsilonOf(context) })),
  rms_norm: layer((context) => ({ layer: 'rms-norm', epsilon: epsilonOf(context) })),
  batch_norm_train: (context) =>
    numberOf(context, 'momentum', batchMomentum) === batchMomentum
      ? layer(() => ({ layer: 'batch-norm', epsilon: epsilonOf(context) }), true)(context)
      : null,
  group_norm: layer((context) => {
    return { layer: 'group-norm', groups: numberOf(context, 'groups', 1), epsilon: epsilonOf(context) }
  }),
  conv2d_k3_s1_p0: convolutionCase,
  conv2d_k3_s2_p1: convolutionCase,
  conv2d_k5_s1_p2: convolutionCase,
  conv2d_depthwise: convolutionCase,
  conv2d: convolutionCase,
  max_pool2d: pool('max-pool'),
  avg_pool2d: pool('avg-pool'),
  global_avg_pool2d: (context) => {
    const means = layer(() => ({ layer: 'global-pool' }))(context)
    return means === null ? null : context.build.apply('reshape', [means], { shape: [...means.shape, 1, 1] })
  },
  rnn_tanh: recurrentCase('rnn'),
  gru: recurrentCase('gru'),
  lstm: recurrentCase('lstm'),
  causal_self_attention: attention(true),
  self_attention: attention(false),
  attention: attention(false),
  rotary: ({ build, input, attribute }) =>
    build.apply('rotary', [input('x')], { base: attribute('base') ?? 10000, sign: 1 }),
  transformer_block_prenorm_gelu: transformer,
  transformer_block: transformer,
  moe_top2: (context) => {
    const [count, topK] = [numberOf(context, 'experts', 1), numberOf(context, 'top_k', 2)]
    return mixture(contextOf(context, null), context.input('x'), count, topK, 0).output
  },
}
