/** How much each parameter carries towards a chosen output for a chosen row of input. */
import type { Network } from '../nn/network.ts'

/** Each layer's activations and the slope of the destination's output with respect to each of its sums. */
export interface PullValues {
  readonly activations: readonly ArrayLike<number>[]
  readonly slopes: readonly ArrayLike<number>[]
}

/**
 * Contribution of every parameter, laid as the parameters:
 * a weight from stop i to stop j: `x_i w_ji dp/dz_j`; a bias of stop j: `b_j dp/dz_j`,
 * with p the destination's probability (or value) and z_j the sum at stop j. First order: what the output would lose,
 * to a first approximation, without this one. Parameters that no single pair of stops shares (of convolutions, attention,
 * norms …) get 0.
 */
export function contributionsOf(
  network: Network,
  parameters: ArrayLike<number>,
  input: ArrayLike<number>,
  pull: PullValues,
): Float32Array {
  const result = new Float32Array(network.parameterCount)
  for (const { kind, offset, size, shape, layer } of network.parameters) {
    const slopes = pull.slopes[layer - 1]
    const from = layer === 1 ? input : pull.activations[layer - 2]
    const width = kind === 'bias' ? 1 : (shape[1] ?? 1)
    const isPair = slopes?.length === shape[0] && (kind === 'bias' || (shape.length === 2 && from?.length === width))
    if (!isPair) continue
    for (let index = 0; index < size; index++) {
      const to = Math.floor(index / width)
      const carried = kind === 'bias' ? 1 : (from?.[index % width] ?? 0)
      result[offset + index] = carried * (parameters[offset + index] ?? 0) * (slopes?.[to] ?? 0)
    }
  }
  return result
}
