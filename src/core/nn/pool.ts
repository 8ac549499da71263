import type { Node } from '../graph/node.ts'
import { mean } from '../ops/mean.ts'
import { placesOf } from '../ops/patches.ts'
import type { GlobalPoolLayer, PoolLayer } from '../spec/index.ts'
import { tooLarge } from './conv2d.ts'
import { type LayerKind, refuseTokens, rowOf, sameValues, sidesOf } from './layer.ts'

/** Largest or mean of each window of a picture: [c, h, w] -> [c, h', w']; padding counts as 0 in the mean. */
export const pool: LayerKind<PoolLayer> = {
  outputRow({ layer, kernel, stride, padding }, input, at) {
    const [channels = 0, height = 0, width = 0] = sidesOf(layer, 'picture', input, at)
    const places = [height, width].map((side) => placesOf(side, kernel, stride, padding, 1))
    if (places.some((count) => count < 1) || 2 * padding > kernel) throw tooLarge(layer, kernel, input.sides, at)
    return rowOf(input, [channels, ...places])
  },
  parameters: () => [],
  forward: ({ build }, { layer, kernel, stride, padding }, x) =>
    sameValues(build.apply(layer === 'max-pool' ? 'max_pool' : 'avg_pool', [x], { kernel, stride, padding })),
}

/** Mean over all pixels [c, h, w] -> [c], or over all steps [t, c] -> [c]. */
export const globalPool: LayerKind<GlobalPoolLayer> = {
  outputRow(spec, input, at) {
    refuseTokens(spec.layer, input, at)
    if (input.sides.length < 2) sidesOf(spec.layer, 'picture', input, at)
    return rowOf(input, [(input.sides.length === 3 ? input.sides[0] : input.sides[1]) ?? 0])
  },
  parameters: () => [],
  forward({ build }, _spec, x, { sides }) {
    const value: Node = sides.length === 3 ? mean(build, x, 2, 4) : mean(build, x, 1, 2)
    return sameValues(value)
  },
}
