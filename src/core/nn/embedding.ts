import type { EmbeddingLayer } from '../spec/index.ts'
import { type LayerKind, sameValues, sidesOf } from './layer.ts'

/**
 * Embedding: each token becomes its row of `weight` [vocabulary, units], drawn from N(0, 1 / units).
 * Tokens [t], whole numbers from 0 -> [t, units].
 */
export const embedding: LayerKind<EmbeddingLayer> = {
  outputRow(spec, input, at) {
    const [steps = 0] = sidesOf(spec.layer, 'tokens', input, at)
    return { sides: [steps, spec.units] }
  },
  parameters: (spec, input) => [
    {
      name: 'weight',
      kind: 'weight',
      shape: [input.vocabulary ?? 0, spec.units],
      start: { deviation: 1 / Math.sqrt(spec.units) },
    },
  ],
  forward: ({ build, parameter }, _spec, x) => sameValues(build.apply('gather', [parameter('weight'), x])),
}
