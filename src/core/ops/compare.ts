import { binaryOp } from './elementwise.ts'

/** 1 where `a > b`, else 0, broadcast; flat, so no gradient goes through. */
export const greater = binaryOp({
  name: 'greater',
  onnx: 'Greater',
  f: (a, b) => (a > b ? 1 : 0),
  gradient: () => [null, null],
})

/** 1 where `a = b`, else 0, broadcast; flat, so no gradient goes through. */
export const equal = binaryOp({
  name: 'equal',
  onnx: 'Equal',
  f: (a, b) => (a === b ? 1 : 0),
  gradient: () => [null, null],
})
