import { element, type Optimizer } from './optimizer.ts'

/** Adagrad (Duchi, Hazan and Singer 2011): `s = s + g^2`, `w = w - rate g / (sqrt(s) + epsilon)`. */
export const adagrad: Optimizer = {
  name: 'adagrad',
  slots: ['squareSum'],
  cells: ['epsilon'],
  update({ parameters, slots: [squareSum], spec, index, gradient }) {
    const s = element(squareSum, index) + gradient * gradient
    if (squareSum !== undefined) squareSum[index] = s
    parameters[index] = element(parameters, index) - (spec.learningRate * gradient) / (Math.sqrt(s) + spec.epsilon)
  },
}
