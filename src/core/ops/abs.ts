import { unaryOp } from './elementwise.ts'

/** `|x|`; derivative the sign of x, 0 at 0. */
export const [abs, absGradient] = unaryOp({
  name: 'abs',
  onnx: 'Abs',
  f: Math.abs,
  derivative: Math.sign,
  derivativeFrom: 'input',
  cost: 1,
})
