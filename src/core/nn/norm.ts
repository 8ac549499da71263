import type { Node } from '../graph/node.ts'
import { Fault, type GroupNormLayer, type NormLayer } from '../spec/index.ts'
import {
  type LayerContext,
  type LayerKind,
  refuseTokens,
  reshaped,
  sameValues,
  sidesOf,
  type TensorSpec,
} from './layer.ts'

/** Scale, beginning at 1, and shift of a norm. */
export function normTensors(prefix: string, width: number, hasBias: boolean): readonly TensorSpec[] {
  const weight: TensorSpec = { name: `${prefix}weight`, kind: 'bias', shape: [width], start: { value: 1 } }
  return hasBias ? [weight, { name: `${prefix}bias`, kind: 'bias', shape: [width], start: { value: 0 } }] : [weight]
}

/** Layer normalisation over the last axis; weight and bias [width]. */
export function layerNorm({ build, parameter }: LayerContext, x: Node, epsilon: number): Node {
  return build.apply('layer_norm', [x, parameter('weight'), parameter('bias')], { epsilon })
}

/** Share of the batch's statistics in the running ones, as in PyTorch. */
export const batchMomentum = 0.1

/**
 * Batch normalisation of x [rows, channels, ..]: statistics of the batch in training, running ones otherwise.
 * Buffers `running_mean` and `running_var` [channels] side by side.
 */
function batchNorm({ build, parameter, buffer, training }: LayerContext, x: Node, epsilon: number): Node {
  const channels = x.shape[1] ?? 0
  const running = buffer('running_mean', [2, channels])
  const [weight, bias] = [parameter('weight'), parameter('bias')]
  if (training === null) return build.apply('batch_norm', [x, running, weight, bias], { epsilon, ofBatch: false })
  const statistics = build.apply('batch_statistics', [x])
  training.follow(statistics, running, x.shape.reduce((product, side) => product * side, 1) / Math.max(1, channels))
  return build.apply('batch_norm', [x, statistics, weight, bias], { epsilon, ofBatch: true })
}

/** Channels of a row: the first side of a picture, else the last. */
const channelsOf = (sides: readonly number[]): number => (sides.length === 3 ? sides[0] : sides.at(-1)) ?? 0

/**
 * `layer-norm`: mean and variance along the last axis; `rms-norm`: mean square only; `batch-norm`: each channel over the
 * batch. The shape stays; weight (and bias) one number a channel or along the last axis.
 */
export const norm: LayerKind<NormLayer> = {
  outputRow(spec, input, at) {
    refuseTokens(spec.layer, input, at)
    if (spec.layer !== 'batch-norm' && input.sides.length === 3) sidesOf(spec.layer, 'sequence', input, at)
    return input
  },
  parameters: (spec, { sides }) => normTensors('', channelsOf(sides), spec.layer !== 'rms-norm'),
  buffers(spec, { sides }) {
    if (spec.layer !== 'batch-norm') return []
    const shape = [channelsOf(sides)]
    return [
      { name: 'running_mean', shape, value: 0 },
      { name: 'running_var', shape, value: 1 },
    ]
  },
  forward(context, { layer, epsilon }, x, { sides }) {
    const { build, parameter } = context
    if (layer === 'layer-norm') return sameValues(layerNorm(context, x, epsilon))
    if (layer === 'rms-norm') return sameValues(build.apply('rms_norm', [x, parameter('weight')], { epsilon }))
    if (sides.length !== 2) return sameValues(batchNorm(context, x, epsilon))
    const [rows = 0, steps = 0, width = 0] = x.shape
    const flat = batchNorm(context, reshaped(build, x, [rows * steps, width]), epsilon)
    return sameValues(reshaped(build, flat, x.shape))
  },
}

/** Group normalisation (Wu and He 2018) of pictures [c, h, w]: over `groups` groups of channels; weight and bias [c]. */
export const groupNorm: LayerKind<GroupNormLayer> = {
  outputRow(spec, input, at) {
    const [channels = 0] = sidesOf(spec.layer, 'picture', input, at)
    if (channels % spec.groups !== 0) {
      throw new Fault('NETWORK-003', { layer: spec.layer, given: spec.groups, whole: channels }, `${at}.groups`)
    }
    return input
  },
  parameters: (_spec, { sides }) => normTensors('', sides[0] ?? 0, true),
  forward: ({ build, parameter }, { groups, epsilon }, x) =>
    sameValues(build.apply('group_norm', [x, parameter('weight'), parameter('bias')], { groups, epsilon })),
}
