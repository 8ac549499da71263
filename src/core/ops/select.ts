import { inputsOf, type Shape, sizeOf } from '../graph/node.ts'
import { broadcastShape, broadcastStrides, broadcastWords, sumTo } from './broadcast.ts'
import type { Op, Tensor } from './op.ts'
import { walk } from './strided.ts'

/** Elements of a value as its broadcast form has them. */
function repeated(x: Tensor | undefined, shape: Shape): Float64Array {
  const data = new Float64Array(sizeOf(shape))
  walk(shape, broadcastStrides(x?.shape ?? [], shape), (i, at) => {
    data[i] = x?.data[at] ?? Number.NaN
  })
  return data
}

/** `a` where the condition c is not 0, else `b`; c, a, b broadcast. The gradient goes where the value came from. */
export const select: Op = {
  name: 'select',
  onnx: 'Where',
  shape: ([c = [], a = [], b = []]) => broadcastShape('select', broadcastShape('select', c, a), b),
  gradient({ upstream, build, input }) {
    const zero = build.apply('constant', [], { shape: [], value: 0 })
    return [
      null,
      sumTo(build, build.apply('select', [input(0), upstream, zero]), input(1).shape),
      sumTo(build, build.apply('select', [input(0), zero, upstream]), input(2).shape),
    ]
  },
  reference([c, a, b], output) {
    const [condition, first, second] = [c, a, b].map((value) => repeated(value, output.shape))
    for (let i = 0; i < output.data.length; i++) {
      output.data[i] = (condition?.[i] !== 0 ? first?.[i] : second?.[i]) ?? Number.NaN
    }
  },
  kernel: {
    name: 'select',
    arguments(node, at) {
      const inputs = inputsOf(node, 3)
      const shapes = inputs.map((value) => value.shape)
      return [...inputs.map(at), at(node), ...broadcastWords('select', shapes, node.shape)]
    },
  },
  flops: () => 0,
}
