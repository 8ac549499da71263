import { unaryOp } from './elementwise.ts'

/** `1 / (1 + e^-x)`; derivative `y (1 - y)`. */
export const [sigmoid, sigmoidGradient] = unaryOp({
  name: 'sigmoid',
  onnx: 'Sigmoid',
  f: (x) => 1 / (1 + Math.exp(-x)),
  derivative: (_x, y) => y * (1 - y),
  derivativeFrom: 'output',
  cost: 14,
})
