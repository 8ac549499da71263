import { sizeOf } from '../graph/node.ts'
import { pairLoss } from './pair-loss.ts'

/**
 * Binary cross-entropy of logits: the mean of `max(0, x) - x y + ln(1 + e^-|x|)`, which is
 * `-y ln p - (1 - y) ln(1 - p)` with `p = 1 / (1 + e^-x)`; derivative `p - y`. x logits, y in [0, 1].
 */
export const [binaryCrossEntropy, binaryCrossEntropyGradient] = pairLoss({
  name: 'binary_cross_entropy',
  onnx: 'ReduceMean',
  f: (x, y) => Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x))),
  slope: (x, y) => 1 / (1 + Math.exp(-x)) - y,
  gradientOfY: ({ build, input, upstream }) => {
    const share = build.apply('scale', [input(0)], { factor: -1 / sizeOf(input(0).shape) })
    return build.apply('mul', [share, upstream])
  },
  cost: 40,
})
