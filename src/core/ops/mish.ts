import { unaryOp } from './elementwise.ts'

const bend = (x: number): number => Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))))

/** `x t`, `t = tanh(ln(1 + e^x))`; derivative `t + x (1 - t^2) / (1 + e^-x)` (Misra 2019). */
export const [mish, mishGradient] = unaryOp({
  name: 'mish',
  onnx: 'Mish',
  f: (x) => x * bend(x),
  derivative: (x) => bend(x) + (x * (1 - bend(x) ** 2)) / (1 + Math.exp(-x)),
  derivativeFrom: 'input',
  cost: 18,
})
