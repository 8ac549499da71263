import { unaryOp } from './elementwise.ts'

/** `sin x`, x in radians; derivative `cos x` (Sitzmann et al. 2020). Beyond |x| = 2^20 float32 leaves no angle to speak of. */
export const [sine, sineGradient] = unaryOp({
  name: 'sine',
  onnx: 'Sin',
  f: Math.sin,
  derivative: Math.cos,
  derivativeFrom: 'input',
  cost: 30,
})
