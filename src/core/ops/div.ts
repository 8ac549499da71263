import { sumTo } from './broadcast.ts'
import { binaryOp } from './elementwise.ts'

/** `y = a / b`, broadcast; `d/da = upstream / b`, `d/db = -upstream y / b`. */
export const div = binaryOp({
  name: 'div',
  onnx: 'Div',
  f: (a, b) => a / b,
  gradient({ node, upstream, build, input }) {
    const ofA = build.apply('div', [upstream, input(1)])
    const ofB = build.apply('scale', [build.apply('mul', [ofA, node])], { factor: -1 })
    return [sumTo(build, ofA, input(0).shape), sumTo(build, ofB, input(1).shape)]
  },
})
