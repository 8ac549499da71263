import { sumTo } from './broadcast.ts'
import { binaryOp } from './elementwise.ts'

/** `a + b`, broadcast; each side's gradient is the upstream summed over the axes along which it was repeated. */
export const add = binaryOp({
  name: 'add',
  onnx: 'Add',
  f: (a, b) => a + b,
  gradient: ({ upstream, build, input }) => [
    sumTo(build, upstream, input(0).shape),
    sumTo(build, upstream, input(1).shape),
  ],
})
