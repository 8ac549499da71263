import { pairLoss, turnedRound } from './pair-loss.ts'

/** Mean absolute error `sum |x - y| / n`; derivative the sign of x - y, 0 where they are equal. */
export const [mae, maeGradient] = pairLoss({
  name: 'mae',
  onnx: 'ReduceMean',
  f: (x, y) => Math.abs(x - y),
  slope: (x, y) => Math.sign(x - y),
  gradientOfY: turnedRound,
  cost: 2,
})
