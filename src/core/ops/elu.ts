import { unaryOp } from './elementwise.ts'

/** `x` above 0, `e^x - 1` below; derivative `1` above 0, else `y + 1` (Clevert et al. 2016, alpha 1). */
export const [elu, eluGradient] = unaryOp({
  name: 'elu',
  onnx: 'Elu',
  f: (x) => (x < 0 ? Math.expm1(x) : x),
  derivative: (_x, y) => (y > 0 ? 1 : y + 1),
  derivativeFrom: 'output',
  cost: 16,
})
