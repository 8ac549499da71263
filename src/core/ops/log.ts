import { unaryOp } from './elementwise.ts'

/** `ln x`: -infinity at 0, NaN below; derivative `1 / x`. */
export const [log, logGradient] = unaryOp({
  name: 'log',
  onnx: 'Log',
  f: Math.log,
  derivative: (x) => 1 / x,
  derivativeFrom: 'input',
  cost: 24,
})
