import { element, type Optimizer } from './optimizer.ts'

/**
 * Adamax (Kingma and Ba 2014, algorithm 2), epsilon as in PyTorch.
 *
 * `m = beta1 m + (1 - beta1) g`, `u = max(beta2 u, |g| + epsilon)`, `w = w - rate / (1 - beta1^t) m / u`.
 */
export const adamax: Optimizer = {
  name: 'adamax',
  slots: ['mean', 'largest'],
  cells: ['beta1', 'beta2', 'epsilon'],
  update({ parameters, slots: [mean, largest], spec, step, index, gradient }) {
    const m = spec.beta1 * element(mean, index) + (1 - spec.beta1) * gradient
    const u = Math.max(spec.beta2 * element(largest, index), Math.abs(gradient) + spec.epsilon)
    if (mean !== undefined) mean[index] = m
    if (largest !== undefined) largest[index] = u
    parameters[index] = element(parameters, index) - ((spec.learningRate / (1 - spec.beta1 ** step)) * m) / u
  },
}
