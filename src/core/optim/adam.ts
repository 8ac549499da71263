import { element, type Optimizer } from './optimizer.ts'

/**
 * Adam (Kingma and Ba 2014, algorithm 1).
 *
 * `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`,
 * `w = w - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)`.
 */
export const adam: Optimizer = {
  name: 'adam',
  slots: ['mean', 'square'],
  cells: ['beta1', 'beta2', 'epsilon'],
  update({ parameters, slots: [mean, square], spec, step, index, gradient }) {
    const m = spec.beta1 * element(mean, index) + (1 - spec.beta1) * gradient
    const v = spec.beta2 * element(square, index) + (1 - spec.beta2) * gradient * gradient
    if (mean !== undefined) mean[index] = m
    if (square !== undefined) square[index] = v
    const size = Math.sqrt(v / (1 - spec.beta2 ** step)) + spec.epsilon
    parameters[index] = element(parameters, index) - (spec.learningRate * m) / (1 - spec.beta1 ** step) / size
  },
}
