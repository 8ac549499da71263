import { unaryOp } from './elementwise.ts'

/** `max(0, x)`; derivative 1 where the output is positive, else 0 (0 at 0, as in PyTorch). */
export const [relu, reluGradient] = unaryOp({
  name: 'relu',
  onnx: 'Relu',
  f: (x) => (x > 0 ? x : 0 * x),
  derivative: (_x, y) => (y > 0 ? 1 : 0),
  derivativeFrom: 'output',
  cost: 1,
})
