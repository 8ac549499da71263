import { element, type Optimizer } from './optimizer.ts'

/**
 * Nesterov's momentum as in PyTorch: `v = momentum v + g`, `w = w - rate (g + momentum v)`; v starts at 0
 * (Sutskever et al. 2013, section 2.1).
 */
export const nesterov: Optimizer = {
  name: 'nesterov',
  slots: ['velocity'],
  cells: ['momentum'],
  update({ parameters, slots: [velocity], spec, index, gradient }) {
    const speed = spec.momentum * element(velocity, index) + gradient
    if (velocity !== undefined) velocity[index] = speed
    parameters[index] = element(parameters, index) - spec.learningRate * (gradient + spec.momentum * speed)
  },
}
