import { unaryOp } from './elementwise.ts'
import { normalDensity, normalShare } from './normal.ts'

/** `x Phi(x)`, Phi the normal distribution; derivative `Phi(x) + x phi(x)` (Hendrycks and Gimpel 2016). */
export const [gelu, geluGradient] = unaryOp({
  name: 'gelu',
  onnx: 'Gelu',
  f: (x) => x * normalShare(x),
  derivative: (x) => normalShare(x) + x * normalDensity(x),
  derivativeFrom: 'input',
  cost: 30,
})
