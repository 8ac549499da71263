/** The layers that a person may put in, each with a small picture and its beginning. */
import type { LayerSpec } from '../../../core/spec/index.ts'
import type { MessageKey } from '../../i18n/index.ts'

export interface LayerKind {
  readonly kind: LayerSpec['layer']
  readonly about: MessageKey
  /** A drawing of 24 x 24. */
  readonly picture: string
  /** A layer to put behind one of so many stops that bends by `activation`. */
  make(units: number, activation: string): unknown
}

/** In the order of the menu. */
export const offeredKinds: readonly LayerKind[] = [
  {
    kind: 'dense',
    about: 'layers.dense',
    picture: 'M4 6L20 6M4 6L20 18M4 18L20 6M4 18L20 18',
    make: (units, activation) => ({ layer: 'dense', units, activation }),
  },
  {
    kind: 'residual',
    about: 'layers.residual',
    picture: 'M2 16H22M6 16C6 4 18 4 18 16M9 13H15V19H9Z',
    make: (units, activation) => ({ layer: 'residual', layers: [{ layer: 'dense', units, activation }] }),
  },
  {
    kind: 'dropout',
    about: 'layers.dropout',
    picture: 'M4 6H20M4 12H9M15 12H20M10 10L14 14M14 10L10 14M4 18H20',
    make: () => ({ layer: 'dropout' }),
  },
  {
    kind: 'layer-norm',
    about: 'layers.layerNorm',
    picture: 'M3 19C8 19 9 5 12 5S16 19 21 19M12 3V21',
    make: () => ({ layer: 'layer-norm' }),
  },
  {
    kind: 'rms-norm',
    about: 'layers.rmsNorm',
    picture: 'M3 19C8 19 9 7 12 7S16 19 21 19M7 21H17',
    make: () => ({ layer: 'rms-norm' }),
  },
  {
    kind: 'batch-norm',
    about: 'layers.batchNorm',
    picture: 'M3 17C8 17 9 9 12 9S16 17 21 17M4 4H20M4 20H20',
    make: () => ({ layer: 'batch-norm' }),
  },
]
