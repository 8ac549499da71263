import { sizeOf } from '../graph/node.ts'
import type { FlattenLayer } from '../spec/index.ts'
import { type LayerKind, refuseTokens, reshaped, sameValues } from './layer.ts'

/** Flatten: one vector out of any shape, the last axis running fastest. */
export const flatten: LayerKind<FlattenLayer> = {
  outputRow(spec, input, at) {
    refuseTokens(spec.layer, input, at)
    const vector = { sides: [sizeOf(input.sides)] }
    return input.sides.length === 3 ? { ...vector, flat: input.sides } : vector
  },
  parameters: () => [],
  forward: ({ build }, _spec, x, { sides }) => sameValues(reshaped(build, x, [x.shape[0] ?? 0, sizeOf(sides)])),
}
