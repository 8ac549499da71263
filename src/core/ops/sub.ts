import { sumTo } from './broadcast.ts'
import { binaryOp } from './elementwise.ts'

/** `a - b`, broadcast; `d/da = upstream`, `d/db = -upstream`. */
export const sub = binaryOp({
  name: 'sub',
  onnx: 'Sub',
  f: (a, b) => a - b,
  gradient: ({ upstream, build, input }) => [
    sumTo(build, upstream, input(0).shape),
    sumTo(build, build.apply('scale', [upstream], { factor: -1 }), input(1).shape),
  ],
})
