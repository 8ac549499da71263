/** Checks the layers of a recipe and writes their defaults. */
import { activations } from './activations.ts'
import {
  acceptChoice,
  acceptFields,
  acceptList,
  acceptNumber,
  acceptSwitch,
  type Fields,
  isFields,
  memberOf,
  required,
  show,
} from './check-value.ts'
import { Fault } from './fault.ts'
import { feedForwards, type LayerSpec, layerKinds, positionKinds, stepOutputs } from './layers.ts'

/** Layers of one list: hidden layers of a network, layers of a residual block. */
const mostLayers = 1000
/** Residual blocks within residual blocks. */
const deepestBlock = 8

/** Checks a list of layers at a path of the recipe. */
export function acceptLayers(value: unknown, path: string, depth = 0): readonly LayerSpec[] {
  if (depth > deepestBlock) throw new Fault('RECIPE-017', { given: depth, max: deepestBlock }, path)
  return acceptList(value, path, mostLayers).map((layer, i) => acceptLayer(layer, `${path}.${i}`, depth))
}

/** Reads the values of one layer. */
interface Reader {
  readonly path: string
  readonly depth: number
  number(key: string): number
  value(key: string): unknown
  at(key: string): string
}

function acceptLayer(value: unknown, path: string, depth: number): LayerSpec {
  if (!isFields(value)) throw new Fault('RECIPE-002', { given: show(value) }, path)
  const kind = memberOf(required(value, 'layer', `${path}.layer`), `${path}.layer`, layerKinds)
  const { keys, read } = readers[kind]
  const fields: Fields = acceptFields(value, path, ['layer', ...keys])
  const at = (key: string): string => `${path}.${key}`
  return read({ path, depth, at, value: (key) => fields[key], number: (key) => acceptNumber(fields[key], at(key)) })
}

type Readers = {
  readonly [Kind in LayerSpec['layer']]: { readonly keys: readonly string[]; read(from: Reader): LayerSpec }
}

const norm = (layer: 'layer-norm' | 'rms-norm' | 'batch-norm'): Readers['layer-norm'] => ({
  keys: ['epsilon'],
  read: ({ number }) => ({ layer, epsilon: number('epsilon') }),
})

const pool = (layer: 'max-pool' | 'avg-pool'): Readers['max-pool'] => ({
  keys: ['kernel', 'stride', 'padding'],
  read({ number, value }) {
    const kernel = value('kernel') === undefined ? 2 : number('kernel')
    return {
      layer,
      kernel,
      stride: value('stride') === undefined ? kernel : number('stride'),
      padding: number('padding'),
    }
  },
})

const recurrent = (layer: 'rnn' | 'gru' | 'lstm'): Readers['rnn'] => ({
  keys: ['units', 'output'],
  read: ({ number, value, at }) => ({
    layer,
    units: number('units'),
    output: acceptChoice(value('output'), at('output'), stepOutputs),
  }),
})

const attentionKeys = ['heads', 'kvHeads', 'causal']

/** What attention and transformer share; as many key and value heads as query heads unless said otherwise. */
function readHeads({ number, value, at }: Reader): { heads: number; kvHeads: number; causal: boolean } {
  const heads = number('heads')
  const kvHeads = value('kvHeads') === undefined ? heads : number('kvHeads')
  return { heads, kvHeads, causal: acceptSwitch(value('causal'), at('causal')) }
}

/** A new layer is one entry here. */
const readers: Readers = {
  dense: {
    keys: ['units', 'activation'],
    read: ({ number, value, at }) => ({
      layer: 'dense',
      units: number('units'),
      activation: acceptChoice(value('activation'), at('activation'), activations),
    }),
  },
  embedding: { keys: ['units'], read: ({ number }) => ({ layer: 'embedding', units: number('units') }) },
  position: {
    keys: ['kind'],
    read: ({ value, at }) => ({ layer: 'position', kind: acceptChoice(value('kind'), at('kind'), positionKinds) }),
  },
  flatten: { keys: [], read: () => ({ layer: 'flatten' }) },
  dropout: { keys: ['rate'], read: ({ number }) => ({ layer: 'dropout', rate: number('rate') }) },
  'layer-norm': norm('layer-norm'),
  'rms-norm': norm('rms-norm'),
  'batch-norm': norm('batch-norm'),
  'group-norm': {
    keys: ['groups', 'epsilon'],
    read: ({ number }) => ({ layer: 'group-norm', groups: number('groups'), epsilon: number('epsilon') }),
  },
  residual: {
    keys: ['layers'],
    read: ({ value, at, depth }) => ({
      layer: 'residual',
      layers: acceptLayers(value('layers') ?? [], at('layers'), depth + 1),
    }),
  },
  conv2d: {
    keys: ['filters', 'kernel', 'stride', 'padding', 'dilation', 'groups', 'activation'],
    read: ({ number, value, at }) => ({
      layer: 'conv2d',
      filters: number('filters'),
      kernel: number('kernel'),
      stride: number('stride'),
      padding: number('padding'),
      dilation: number('dilation'),
      groups: number('groups'),
      activation: acceptChoice(value('activation') ?? 'relu', at('activation'), activations),
    }),
  },
  'max-pool': pool('max-pool'),
  'avg-pool': pool('avg-pool'),
  'global-pool': { keys: [], read: () => ({ layer: 'global-pool' }) },
  rnn: recurrent('rnn'),
  gru: recurrent('gru'),
  lstm: recurrent('lstm'),
  attention: { keys: attentionKeys, read: (from) => ({ layer: 'attention', ...readHeads(from) }) },
  transformer: {
    keys: [...attentionKeys, 'feedForward', 'expansion'],
    read: (from) => ({
      layer: 'transformer',
      ...readHeads(from),
      feedForward: acceptChoice(from.value('feedForward'), from.at('feedForward'), feedForwards),
      expansion: from.number('expansion'),
    }),
  },
  experts: {
    keys: ['experts', 'topK', 'units', 'balance'],
    read: ({ number }) => ({
      layer: 'experts',
      experts: number('experts'),
      topK: number('topK'),
      units: number('units'),
      balance: number('balance'),
    }),
  },
}
