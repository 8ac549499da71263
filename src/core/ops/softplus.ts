import { unaryOp } from './elementwise.ts'

/** `ln(1 + e^x)`, computed as `max(0, x) + ln(1 + e^-|x|)`; derivative `1 / (1 + e^-x)`. */
export const [softplus, softplusGradient] = unaryOp({
  name: 'softplus',
  onnx: 'Softplus',
  f: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  derivative: (x) => 1 / (1 + Math.exp(-x)),
  derivativeFrom: 'input',
  cost: 36,
})
