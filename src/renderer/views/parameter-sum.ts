/** Parameter counts as sums that can be checked by hand. */
import type { LayerInfo } from '../../core/spec/index.ts'
import { whole } from '../i18n/format.ts'

/** `10+5 + 20+4`: weights and biases of every layer. */
export function parameterSum(layers: readonly LayerInfo[]): string {
  return layers
    .slice(1)
    .map((layer, i) => `${(layers[i]?.units ?? 0) * layer.units}+${layer.units}`)
    .join(' + ')
}

/** `2×5+5 = 15`: how one layer's count comes about. */
export function layerSum(layers: readonly LayerInfo[], index: number): string {
  const layer = layers[index]
  const before = layers[index - 1]
  if (layer === undefined || before === undefined) return '0'
  if (layer.kind !== undefined) return whole(layer.parameterCount)
  return `${before.units}×${layer.units}+${layer.units} = ${layer.parameterCount}`
}

/** Parameters that one more node of a hidden layer brings: its weights in, its bias, its weights out. */
export function nodeCost(layers: readonly LayerInfo[], index: number): number {
  return (layers[index - 1]?.units ?? 0) + 1 + (layers[index + 1]?.units ?? 0)
}
