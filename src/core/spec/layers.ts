/** The layers of a recipe in their accepted form. Shapes are those of one row: vector [n], sequence [t, c], picture [c, h, w]. */
import type { Activation } from './activations.ts'

/** `y = activation(x W^T + b)`, W [units, inputs], b [units]; a sequence goes through step by step, a picture as a vector. */
export interface DenseLayer {
  readonly layer: 'dense'
  readonly units: number
  readonly activation: Activation
}

/** Each token becomes its row of a table [vocabulary, units]: tokens [t] -> [t, units]. */
export interface EmbeddingLayer {
  readonly layer: 'embedding'
  readonly units: number
}

export const positionKinds = ['learned', 'sinusoidal', 'rotary'] as const
/** Adds the position to a sequence; `rotary` instead turns queries and keys of every attention after it. */
export interface PositionLayer {
  readonly layer: 'position'
  readonly kind: (typeof positionKinds)[number]
}

/** Any shape -> one vector. */
export interface FlattenLayer {
  readonly layer: 'flatten'
}

/** In training each number is 0 with probability `rate`, else times 1 / (1 - rate). */
export interface DropoutLayer {
  readonly layer: 'dropout'
  readonly rate: number
}

/** Normalises along the last axis of a vector or sequence (`layer-norm`, `rms-norm`), or each channel over the batch. */
export interface NormLayer {
  readonly layer: 'layer-norm' | 'rms-norm' | 'batch-norm'
  readonly epsilon: number
}

/** Normalises groups of channels of each picture. */
export interface GroupNormLayer {
  readonly layer: 'group-norm'
  readonly groups: number
  readonly epsilon: number
}

/** `y = x + layers(x)`; the layers keep the shape. */
export interface ResidualLayer {
  readonly layer: 'residual'
  readonly layers: readonly LayerSpec[]
}

/** Convolution of pictures: [c, h, w] -> [filters, h', w']. */
export interface Conv2dLayer {
  readonly layer: 'conv2d'
  readonly filters: number
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly dilation: number
  readonly groups: number
  readonly activation: Activation
}

/** Largest or mean of each window of a picture. */
export interface PoolLayer {
  readonly layer: 'max-pool' | 'avg-pool'
  readonly kernel: number
  readonly stride: number
  readonly padding: number
}

/** Mean over all pixels, or over all steps: [c, h, w] -> [c], [t, c] -> [c]. */
export interface GlobalPoolLayer {
  readonly layer: 'global-pool'
}

export const stepOutputs = ['all', 'last'] as const
/** A recurrent layer over a sequence: [t, c] -> [t, units], or only its last step [units]. */
export interface RecurrentLayer {
  readonly layer: 'rnn' | 'gru' | 'lstm'
  readonly units: number
  readonly output: (typeof stepOutputs)[number]
}

/** Self-attention; `kvHeads` key and value heads are shared by `heads` query heads. [t, c] -> [t, c]. */
export interface AttentionLayer {
  readonly layer: 'attention'
  readonly heads: number
  readonly kvHeads: number
  readonly causal: boolean
}

export const feedForwards = ['gelu', 'swiglu'] as const
/** A pre-norm transformer block: `x = x + attention(norm(x))`, `x = x + feedForward(norm(x))`. [t, c] -> [t, c]. */
export interface TransformerLayer {
  readonly layer: 'transformer'
  readonly heads: number
  readonly kvHeads: number
  readonly causal: boolean
  readonly feedForward: (typeof feedForwards)[number]
  /** Width of the feed-forward part over c. */
  readonly expansion: number
}

/** A mixture of experts: a router sends each row or step to `topK` of `experts` small networks of `units` hidden nodes. */
export interface ExpertsLayer {
  readonly layer: 'experts'
  readonly experts: number
  readonly topK: number
  readonly units: number
  /** Weight of the balancing loss. */
  readonly balance: number
}

export type LayerSpec =
  | DenseLayer
  | EmbeddingLayer
  | PositionLayer
  | FlattenLayer
  | DropoutLayer
  | NormLayer
  | GroupNormLayer
  | ResidualLayer
  | Conv2dLayer
  | PoolLayer
  | GlobalPoolLayer
  | RecurrentLayer
  | AttentionLayer
  | TransformerLayer
  | ExpertsLayer

/** Every kind of layer. */
export const layerKinds = [
  'dense',
  'embedding',
  'position',
  'flatten',
  'dropout',
  'layer-norm',
  'rms-norm',
  'batch-norm',
  'group-norm',
  'residual',
  'conv2d',
  'max-pool',
  'avg-pool',
  'global-pool',
  'rnn',
  'gru',
  'lstm',
  'attention',
  'transformer',
  'experts',
] as const satisfies readonly LayerSpec['layer'][]
