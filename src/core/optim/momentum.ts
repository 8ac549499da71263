import { element, type Optimizer } from './optimizer.ts'

/** SGD with momentum as in PyTorch: `v = momentum v + g`, `w = w - rate v`; v starts at 0 (Polyak 1964). */
export const momentum: Optimizer = {
  name: 'momentum',
  slots: ['velocity'],
  cells: ['momentum'],
  update({ parameters, slots: [velocity], spec, index, gradient }) {
    const speed = spec.momentum * element(velocity, index) + gradient
    if (velocity !== undefined) velocity[index] = speed
    parameters[index] = element(parameters, index) - spec.learningRate * speed
  },
}
