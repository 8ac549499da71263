import { unaryOp } from './elementwise.ts'

/** `tanh(x)`; derivative `1 - y^2`. */
export const [tanh, tanhGradient] = unaryOp({
  name: 'tanh',
  onnx: 'Tanh',
  f: Math.tanh,
  derivative: (_x, y) => 1 - y * y,
  derivativeFrom: 'output',
  cost: 16,
})
