import { adam } from './adam.ts'
import { element, type Optimizer } from './optimizer.ts'

/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2): Adam, before which the weights shrink by themselves,
 * `w = w - rate weightDecay w`. The decay applies where penalties do: to weights, not to biases.
 */
export const adamw: Optimizer = {
  ...adam,
  name: 'adamw',
  cells: [...adam.cells, 'weightDecay'],
  update(at) {
    const { parameters, spec, index, penalised } = at
    if (penalised) parameters[index] = element(parameters, index) * (1 - spec.learningRate * spec.weightDecay)
    adam.update(at)
  },
}
