import type { Node } from '../graph/node.ts'
import { sumTo } from './broadcast.ts'
import { binaryOp } from './elementwise.ts'
import type { GradientContext } from './op.ts'

/** The upstream goes to the side that was taken; where both are equal each gets half, as in PyTorch. */
function shared({ upstream, build, input }: GradientContext, larger: 0 | 1): readonly Node[] {
  const half = build.apply('scale', [build.apply('equal', [input(0), input(1)])], { factor: 0.5 })
  const part = (own: number, other: number): Node => {
    const isTaken = build.apply('greater', [input(own), input(other)])
    return build.apply('mul', [upstream, build.apply('add', [isTaken, half])])
  }
  // of the minimum, the side over which the other one is larger
  const [ofA, ofB] = larger === 0 ? [part(0, 1), part(1, 0)] : [part(1, 0), part(0, 1)]
  return [sumTo(build, ofA, input(0).shape), sumTo(build, ofB, input(1).shape)]
}

/** The larger of a and b, broadcast; NaN where either is. */
export const maximum = binaryOp({
  name: 'maximum',
  onnx: 'Max',
  f: Math.max,
  gradient: (context) => shared(context, 0),
})

/** The smaller of a and b, broadcast; NaN where either is. */
export const minimum = binaryOp({
  name: 'minimum',
  onnx: 'Min',
  f: Math.min,
  gradient: (context) => shared(context, 1),
})
