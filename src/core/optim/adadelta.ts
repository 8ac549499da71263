import { element, type Optimizer } from './optimizer.ts'

/**
 * Adadelta (Zeiler 2012, algorithm 1).
 *
 * `v = rho v + (1 - rho) g^2`, `d = sqrt(u + epsilon) / sqrt(v + epsilon) g`, `u = rho u + (1 - rho) d^2`,
 * `w = w - rate d`. The steps find their own size, so a learning rate of 1 is usual, and an epsilon of 1e-6.
 */
export const adadelta: Optimizer = {
  name: 'adadelta',
  slots: ['square', 'stepSquare'],
  cells: ['rho', 'epsilon'],
  update({ parameters, slots: [square, stepSquare], spec, index, gradient }) {
    const v = spec.rho * element(square, index) + (1 - spec.rho) * gradient * gradient
    const u = element(stepSquare, index)
    const step = (Math.sqrt(u + spec.epsilon) / Math.sqrt(v + spec.epsilon)) * gradient
    if (square !== undefined) square[index] = v
    if (stepSquare !== undefined) stepSquare[index] = spec.rho * u + (1 - spec.rho) * step * step
    parameters[index] = element(parameters, index) - spec.learningRate * step
  },
}
