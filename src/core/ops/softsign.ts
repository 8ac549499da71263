import { unaryOp } from './elementwise.ts'

/** `x / (1 + |x|)`; derivative `1 / (1 + |x|)^2`. */
export const [softsign, softsignGradient] = unaryOp({
  name: 'softsign',
  onnx: 'Softsign',
  f: (x) => x / (1 + Math.abs(x)),
  derivative: (x) => 1 / (1 + Math.abs(x)) ** 2,
  derivativeFrom: 'input',
  cost: 3,
})
