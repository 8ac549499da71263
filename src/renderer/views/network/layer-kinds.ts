/** The layers that a person may put in, each with a small picture and its beginnings. */
import type { LayerInfo, LayerSpec } from '../../../core/spec/index.ts'
import type { MessageKey } from '../../i18n/index.ts'

/** What a new layer comes behind, and how the dense layer before it bends. */
export interface Behind {
  readonly before: Pick<LayerInfo, 'role' | 'units' | 'shape'>
  readonly activation: string
}

export interface LayerKind {
  readonly kind: LayerSpec['layer']
  readonly about: MessageKey
  /** A drawing of 24 x 24. */
  readonly picture: string
  /** Ways to put it in, the best first; the first that can stand there is taken. Each is a list of layers. */
  ways(behind: Behind): readonly (readonly LayerBeginning[])[]
}

/** A layer as a person would write it: what is left out gets its default. */
export interface LayerBeginning {
  readonly layer: LayerSpec['layer']
  readonly [key: string]: unknown
}

/** Stops that a layer begins with where what is before it says nothing of that. */
const firstUnits = 4
const unitsOfPicture = 16
const filters = 8
const wordWidth = 6

const flat: LayerBeginning = { layer: 'flatten' }
const alone = (layer: LayerSpec['layer']): LayerKind['ways'] => {
  const ways = [[{ layer }]]
  return () => ways
}
/** Largest of these that divides a width. */
const parts = (width: number): number => (width % 2 === 0 ? 2 : 1)

const recurrent: (layer: LayerSpec['layer']) => LayerKind['ways'] =
  (layer) =>
  ({ before: { units } }) => [[{ layer, units, output: 'last' }], [{ layer, units }]]

const ofHeads =
  (layer: LayerSpec['layer'], more: object = {}): LayerKind['ways'] =>
  ({ before: { units } }) => [[{ layer, heads: parts(units), causal: false, ...more }]]

/** In the order of the menu. */
export const offeredKinds: readonly LayerKind[] = [
  {
    kind: 'dense',
    about: 'layers.dense',
    picture: 'M4 6L20 6M4 6L20 18M4 18L20 6M4 18L20 18',
    ways({ before: { role, units, shape }, activation }) {
      const ofVector = role === 'input' ? firstUnits : units
      return [[{ layer: 'dense', units: shape?.length === 3 ? unitsOfPicture : ofVector, activation }]]
    },
  },
  {
    kind: 'conv2d',
    about: 'layers.conv2d',
    picture: 'M3 3H15V15H3ZM3 3H9V9H3ZM9 9L17 17M17 14H21V21H14V17',
    ways: () => [[{ layer: 'conv2d', filters, kernel: 3, padding: 1 }]],
  },
  {
    kind: 'max-pool',
    about: 'layers.maxPool',
    picture: 'M3 3H13V13H3ZM8 3V13M3 8H13M14 14L17 17M17 17H21V21H17ZM5 5H6V6H5Z',
    ways: alone('max-pool'),
  },
  {
    kind: 'avg-pool',
    about: 'layers.avgPool',
    picture: 'M3 3H13V13H3ZM8 3V13M3 8H13M14 14L17 17M17 17H21V21H17ZM4 6H7M4 5H7',
    ways: alone('avg-pool'),
  },
  {
    kind: 'global-pool',
    about: 'layers.globalPool',
    picture: 'M3 3H15V15H3ZM16 16L18 18M19 19H21V21H19Z',
    ways: alone('global-pool'),
  },
  {
    kind: 'flatten',
    about: 'layers.flatten',
    picture: 'M3 4H11V12H3ZM7 4V12M3 8H11M13 13L16 16M4 18H20V21H4ZM8 18V21M12 18V21M16 18V21',
    ways: alone('flatten'),
  },
  {
    kind: 'embedding',
    about: 'layers.embedding',
    picture: 'M3 5H8V19H3ZM3 9H8M3 14H8M8 11H12M12 9H21V13H12ZM15 9V13M18 9V13',
    ways() {
      const embedding = { layer: 'embedding', units: wordWidth } as const
      return [[embedding], [embedding, flat]]
    },
  },
  {
    kind: 'position',
    about: 'layers.position',
    picture: 'M4 19H20M6 19V13M12 19V9M18 19V5M5 8L7 6V10M11 5H13',
    ways: alone('position'),
  },
  {
    kind: 'rnn',
    about: 'layers.rnn',
    picture: 'M8 9H16V17H8ZM3 13H8M16 13H21M12 9V5H20V13',
    ways: recurrent('rnn'),
  },
  {
    kind: 'gru',
    about: 'layers.gru',
    picture: 'M8 9H16V17H8ZM3 13H8M16 13H21M12 9V5H20V13M10 13H14M12 11V15',
    ways: recurrent('gru'),
  },
  {
    kind: 'lstm',
    about: 'layers.lstm',
    picture: 'M8 9H16V17H8ZM3 11H21M3 15H8M16 15H21M12 9V5H20V11M10 15H14',
    ways: recurrent('lstm'),
  },
  {
    kind: 'attention',
    about: 'layers.attention',
    picture: 'M5 19V17M12 19V17M19 19V17M5 7V5M12 7V5M19 7V5M5 17L12 7M12 17L5 7M12 17L19 7M19 17L12 7M19 17V7',
    ways: ofHeads('attention'),
  },
  {
    kind: 'transformer',
    about: 'layers.transformer',
    picture: 'M7 4H17V9H7ZM7 14H17V19H7ZM12 9V14M12 2V4M12 19V22M12 11H4V3M12 20H20V12H12',
    ways: ofHeads('transformer', { expansion: 2 }),
  },
  {
    kind: 'experts',
    about: 'layers.experts',
    picture: 'M3 12L9 5H15M3 12L9 10H15M3 12L9 15H15M3 12L9 20H15M15 3H19V7H15ZM15 13H19V17H15ZM15 10H17M15 20H17',
    ways: ({ before: { units } }) => [[{ layer: 'experts', experts: 4, topK: 2, units }]],
  },
  {
    kind: 'residual',
    about: 'layers.residual',
    picture: 'M2 16H22M6 16C6 4 18 4 18 16M9 13H15V19H9Z',
    ways({ before: { units, shape }, activation }) {
      const ofPicture = { layer: 'conv2d', filters: units, kernel: 3, padding: 1 }
      const inner = shape?.length === 3 ? ofPicture : { layer: 'dense', units, activation }
      return [[{ layer: 'residual', layers: [inner] }]]
    },
  },
  {
    kind: 'dropout',
    about: 'layers.dropout',
    picture: 'M4 6H20M4 12H9M15 12H20M10 10L14 14M14 10L10 14M4 18H20',
    ways: alone('dropout'),
  },
  {
    kind: 'layer-norm',
    about: 'layers.layerNorm',
    picture: 'M3 19C8 19 9 5 12 5S16 19 21 19M12 3V21',
    ways: alone('layer-norm'),
  },
  {
    kind: 'rms-norm',
    about: 'layers.rmsNorm',
    picture: 'M3 19C8 19 9 7 12 7S16 19 21 19M7 21H17',
    ways: alone('rms-norm'),
  },
  {
    kind: 'batch-norm',
    about: 'layers.batchNorm',
    picture: 'M3 17C8 17 9 9 12 9S16 17 21 17M4 4H20M4 20H20',
    ways: alone('batch-norm'),
  },
  {
    kind: 'group-norm',
    about: 'layers.groupNorm',
    picture: 'M3 17C8 17 9 9 12 9S16 17 21 17M3 21H11M13 21H21',
    ways: ({ before: { units } }) => [[{ layer: 'group-norm', groups: parts(units) }]],
  },
]
