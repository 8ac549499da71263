import { unaryOp } from './elementwise.ts'

/** `e^x`; derivative `y`. */
export const [exp, expGradient] = unaryOp({
  name: 'exp',
  onnx: 'Exp',
  f: Math.exp,
  derivative: (_x, y) => y,
  derivativeFrom: 'output',
  cost: 14,
})
