/** How many parameters a layer has, as a sum that a person can follow. */
import type { ParameterInfo } from './network.ts'

/** One tensor of a layer: `count` is the product of `factors`. */
export interface CountTerm {
  readonly name: string
  readonly kind: 'weight' | 'bias'
  readonly factors: readonly number[]
  readonly count: number
}

/** The tensors of a layer: `5 x 2` weights and `5` biases for 2 stops before 5. Their counts add up to the layer's. */
export function countTerms(parameters: readonly ParameterInfo[], layer: number): readonly CountTerm[] {
  return parameters
    .filter((info) => info.layer === layer)
    .map(({ name, kind, shape, size }) => ({ name, kind, factors: shape, count: size }))
}
