import { unaryOp } from './elementwise.ts'

/** `x s`, `s = 1 / (1 + e^-x)`; derivative `s (1 + x (1 - s))` (Elfwing et al. 2017). */
export const [silu, siluGradient] = unaryOp({
  name: 'silu',
  onnx: 'Swish',
  f: (x) => x / (1 + Math.exp(-x)),
  derivative: (x) => {
    const s = 1 / (1 + Math.exp(-x))
    return s * (1 + x * (1 - s))
  },
  derivativeFrom: 'input',
  cost: 15,
})
