import { sumTo } from './broadcast.ts'
import { binaryOp } from './elementwise.ts'

/** `a * b` element by element, broadcast; `d/da = upstream * b`, `d/db = upstream * a`. */
export const mul = binaryOp({
  name: 'mul',
  onnx: 'Mul',
  f: (a, b) => a * b,
  gradient: ({ upstream, build, input }) => [
    sumTo(build, build.apply('mul', [upstream, input(1)]), input(0).shape),
    sumTo(build, build.apply('mul', [upstream, input(0)]), input(1).shape),
  ],
})
