import { unaryOp } from './elementwise.ts'

/** The square root; derivative `1 / (2 y)`. */
export const [sqrt, sqrtGradient] = unaryOp({
  name: 'sqrt',
  onnx: 'Sqrt',
  f: Math.sqrt,
  derivative: (_x, y) => 0.5 / y,
  derivativeFrom: 'output',
  cost: 1,
})
