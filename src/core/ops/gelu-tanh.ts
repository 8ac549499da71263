import { unaryOp } from './elementwise.ts'

const rootTwoOverPi = Math.sqrt(2 / Math.PI)
const cubic = 0.044715
const bend = (x: number): number => Math.tanh(rootTwoOverPi * (x + cubic * x ** 3))

/**
 * `x (1 + tanh u) / 2`, `u = sqrt(2 / pi) (x + 0.044715 x^3)`; derivative `(1 + t) / 2 + x (1 - t^2) u' / 2`
 * (Hendrycks and Gimpel 2016, section 2; ONNX: `approximate` is `tanh`).
 */
export const [geluTanh, geluTanhGradient] = unaryOp({
  name: 'gelu_tanh',
  onnx: 'Gelu',
  f: (x) => 0.5 * x * (1 + bend(x)),
  derivative: (x) => {
    const t = bend(x)
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * rootTwoOverPi * (1 + 3 * cubic * x * x)
  },
  derivativeFrom: 'input',
  cost: 26,
})
