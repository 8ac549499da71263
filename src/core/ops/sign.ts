import { unaryForward } from './elementwise.ts'

/** -1, 0 or 1; flat, so no gradient goes through. */
export const sign = unaryForward({ name: 'sign', onnx: 'Sign', f: Math.sign, cost: 1 }, () => [null])
