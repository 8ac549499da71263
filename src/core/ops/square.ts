import { unaryOp } from './elementwise.ts'

/** `x^2`; derivative `2 x`. */
export const [square, squareGradient] = unaryOp({
  name: 'square',
  onnx: 'Mul',
  f: (x) => x * x,
  derivative: (x) => 2 * x,
  derivativeFrom: 'input',
  cost: 1,
})
