import { pairLoss } from './pair-loss.ts'

/** Hinge loss: the mean of `max(0, 1 - x y)`, y being 1 or -1; derivative `-y` where `x y < 1`, else 0. */
export const [hinge, hingeGradient] = pairLoss({
  name: 'hinge',
  onnx: 'ReduceMean',
  f: (x, y) => Math.max(0, 1 - x * y),
  slope: (x, y) => (x * y < 1 ? -y : 0),
  // x and y enter in the same way
  gradientOfY: ({ build, input, upstream }) => build.apply('hinge_gradient', [input(1), input(0), upstream]),
  cost: 3,
})
