import { pairLoss, turnedRound } from './pair-loss.ts'

/**
 * Huber's loss, with d = x - y: the mean of `d^2 / 2` where `|d| <= delta`, else `delta (|d| - delta / 2)`
 * (Huber 1964); derivative d cut to [-delta, delta]. Attribute `delta`, 1 without one.
 */
export const [huber, huberGradient] = pairLoss({
  name: 'huber',
  onnx: 'ReduceMean',
  f(x, y, delta) {
    const gap = Math.abs(x - y)
    return gap <= delta ? 0.5 * gap * gap : delta * (gap - 0.5 * delta)
  },
  slope: (x, y, delta) => Math.min(Math.max(x - y, -delta), delta),
  gradientOfY: turnedRound,
  cost: 5,
})
