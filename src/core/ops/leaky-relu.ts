import { unaryOp } from './elementwise.ts'

/** PyTorch's and ONNX's default. */
const leak = 0.01

/** `x` above 0, `0.01 x` below; derivative 1 above 0, else 0.01 (0.01 at 0, as in PyTorch) (Maas et al. 2013). */
export const [leakyRelu, leakyReluGradient] = unaryOp({
  name: 'leaky_relu',
  onnx: 'LeakyRelu',
  f: (x) => (x < 0 ? leak * x : x),
  derivative: (x) => (x > 0 ? 1 : leak),
  derivativeFrom: 'input',
  cost: 2,
})
