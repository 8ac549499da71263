import { element, type Optimizer } from './optimizer.ts'

/** Stochastic gradient descent: `w = w - rate g`. */
export const sgd: Optimizer = {
  name: 'sgd',
  slots: [],
  cells: [],
  update({ parameters, spec, index, gradient }) {
    parameters[index] = element(parameters, index) - spec.learningRate * gradient
  },
}
