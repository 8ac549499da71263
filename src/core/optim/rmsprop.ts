import { element, type Optimizer } from './optimizer.ts'

/** RMSProp (Hinton 2012, lecture 6e): `v = alpha v + (1 - alpha) g^2`, `w = w - rate g / (sqrt(v) + epsilon)`. */
export const rmsprop: Optimizer = {
  name: 'rmsprop',
  slots: ['square'],
  cells: ['alpha', 'epsilon'],
  update({ parameters, slots: [square], spec, index, gradient }) {
    const v = spec.alpha * element(square, index) + (1 - spec.alpha) * gradient * gradient
    if (square !== undefined) square[index] = v
    parameters[index] = element(parameters, index) - (spec.learningRate * gradient) / (Math.sqrt(v) + spec.epsilon)
  },
}
