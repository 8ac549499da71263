/** Lines that join several numbers: a kernel, the pixels of a picture. What they say stands behind all parameters. */
import type { MapNetwork } from './network.ts'
import type { RoutePlace } from './selection.ts'

/** `size`: the root mean square, with the sign of the sum. `sum`: the sum. */
export type Joining = 'size' | 'sum'

function joinedSize(values: Float32Array, from: number, count: number): number {
  let [sum, squares] = [0, 0]
  for (let n = from; n < from + count; n++) {
    const value = values[n] ?? 0
    sum += value
    squares += value * value
  }
  return Math.sqrt(squares / count) * (sum < 0 ? -1 : 1)
}

function joinedSum(values: Float32Array, from: number, count: number): number {
  let sum = 0
  for (let n = from; n < from + count; n++) sum += values[n] ?? 0
  return sum
}

const kept = new WeakMap<Float32Array, { readonly network: MapNetwork; readonly joined: Float32Array }>()

/** Numbers of all parameters, followed by those of the lines that join several; the same array where none does. */
export function joinLines(network: MapNetwork, values: Float32Array, joining: Joining): Float32Array {
  if (network.lineCount === network.parameterCount || values.length === 0) return values
  const known = kept.get(values)
  if (known?.network === network) return known.joined
  const joined = new Float32Array(network.lineCount)
  joined.set(values)
  const join = joining === 'size' ? joinedSize : joinedSum
  for (const { ins, outs, inner, offset, weight } of network.gaps) {
    if (weight === null || inner === 1) continue
    for (let k = 0; k < ins * outs; k++) joined[offset + k] = join(values, weight.offset + k * inner, inner)
  }
  kept.set(values, { network, joined })
  return joined
}

/** Sum of the numbers that a line joins. */
export function joinedTotal(network: MapNetwork, values: Float32Array, { gap, from, to }: RoutePlace): number {
  const { ins = 0, inner = 1, weight = null } = network.gaps[gap] ?? {}
  return joinedSum(values, (weight?.offset ?? 0) + (to * ins + from) * inner, inner)
}
