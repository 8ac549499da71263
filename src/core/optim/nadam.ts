import type { OptimizerSpec } from '../spec/index.ts'
import { element, type Optimizer } from './optimizer.ts'

/** Dozat 2016, section 2: the momentum of NAdam rises as `1 - 0.5 * 0.96^(t psi)`. */
const nadamBase = 0.96

const momentumAt = ({ beta1, momentumDecay }: OptimizerSpec, step: number): number =>
  beta1 * (1 - 0.5 * nadamBase ** (step * momentumDecay))

/**
 * NAdam (Dozat 2016), as in PyTorch 1.13.0a0, of which the golden vectors are.
 *
 * With `mu_t = beta1 (1 - 0.5 * 0.96^(t momentumDecay))` and `P_t` the product of `mu_1` to `mu_t`: m and v as in Adam,
 * `w = w - rate ((1 - mu_t) / (1 - P_t) g + mu_(t+1) / (1 - P_t mu_t mu_(t+1)) m) / (sqrt(v / (1 - beta2^t)) + epsilon)`.
 * The paper and later PyTorch have `1 - P_t mu_(t+1)` under m; the two differ in the first steps, by 1e-3 of the loss.
 * The product follows from the step alone, so it is no state; a new beta1 counts as if it had been there from the start.
 */
export const nadam: Optimizer = {
  name: 'nadam',
  slots: ['mean', 'square'],
  cells: ['beta1', 'beta2', 'epsilon', 'momentumDecay'],
  update({ parameters, slots: [mean, square], spec, step, index, gradient }) {
    const { beta1, beta2, epsilon, learningRate } = spec
    const m = beta1 * element(mean, index) + (1 - beta1) * gradient
    const v = beta2 * element(square, index) + (1 - beta2) * gradient * gradient
    if (mean !== undefined) mean[index] = m
    if (square !== undefined) square[index] = v
    let product = 1
    for (let done = 1; done <= step; done++) product *= momentumAt(spec, done)
    const next = momentumAt(spec, step + 1)
    const ofGradient = ((1 - momentumAt(spec, step)) / (1 - product)) * gradient
    const ofMean = (next / (1 - product * momentumAt(spec, step) * next)) * m
    const size = Math.sqrt(v / (1 - beta2 ** step)) + epsilon
    parameters[index] = element(parameters, index) - (learningRate * (ofGradient + ofMean)) / size
  },
}
