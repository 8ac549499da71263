import type { DropoutLayer } from '../spec/index.ts'
import { type LayerKind, refuseTokens, sameValues } from './layer.ts'

/** Dropout (Srivastava et al. 2014): in training each number is 0 with probability `rate`, else times 1 / (1 - rate). */
export const dropout: LayerKind<DropoutLayer> = {
  outputRow(spec, input, at) {
    refuseTokens(spec.layer, input, at)
    return input
  },
  parameters: () => [],
  forward({ build, training }, { rate }, x) {
    if (training === null || rate === 0) return sameValues(x)
    const { seed, step } = training
    return sameValues(build.apply('dropout', [x, step], { rate, seed, layer: training.nextDropout() }))
  },
}
