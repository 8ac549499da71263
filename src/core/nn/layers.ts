/** The list of layers. A new layer is its file, its entry in the recipe's schema, its test and one line here. */
import type { LayerSpec } from '../spec/index.ts'
import { attention } from './attention.ts'
import { conv2d } from './conv2d.ts'
import { denseLayer } from './dense.ts'
import { dropout } from './dropout.ts'
import { embedding } from './embedding.ts'
import { experts } from './experts.ts'
import { flatten } from './flatten.ts'
import { type BoundLayer, boundLayer } from './layer.ts'
import { groupNorm, norm } from './norm.ts'
import { globalPool, pool } from './pool.ts'
import { position } from './position.ts'
import { recurrent } from './recurrent.ts'
import { residual } from './residual.ts'
import { transformer } from './transformer.ts'

/** The layer that a recipe's entry describes. */
export function layerOf(spec: LayerSpec): BoundLayer {
  switch (spec.layer) {
    case 'dense':
      return boundLayer(denseLayer, spec)
    case 'embedding':
      return boundLayer(embedding, spec)
    case 'position':
      return boundLayer(position, spec)
    case 'flatten':
      return boundLayer(flatten, spec)
    case 'dropout':
      return boundLayer(dropout, spec)
    case 'layer-norm':
    case 'rms-norm':
    case 'batch-norm':
      return boundLayer(norm, spec)
    case 'group-norm':
      return boundLayer(groupNorm, spec)
    case 'residual':
      return boundLayer(residual(layerOf), spec)
    case 'conv2d':
      return boundLayer(conv2d, spec)
    case 'max-pool':
    case 'avg-pool':
      return boundLayer(pool, spec)
    case 'global-pool':
      return boundLayer(globalPool, spec)
    case 'rnn':
    case 'gru':
    case 'lstm':
      return boundLayer(recurrent, spec)
    case 'attention':
      return boundLayer(attention, spec)
    case 'transformer':
      return boundLayer(transformer, spec)
    case 'experts':
      return boundLayer(experts, spec)
  }
}
