/** The route that carries most from the inputs to one output, and its share of all routes. */
import type { MapNetwork } from './network.ts'
import type { RoutePlace } from './selection.ts'

/** Slope of an activation, from its own value. */
const slopes: Readonly<Record<string, (activation: number) => number>> = {
  tanh: (a) => 1 - a * a,
  sigmoid: (a) => a * (1 - a),
  relu: (a) => (a > 0 ? 1 : 0),
}

export interface Trace {
  /** One weight a gap, from the input on. */
  readonly route: readonly RoutePlace[]
  /** |carried by this route| over the sum of |carried| of all routes, biases apart: of first order, not exactly the sum. */
  readonly share: number
}

/** Best, worst and total product of the routes that end at each stop of a layer; `from*` say by which source. */
interface Reach {
  readonly best: Float64Array
  readonly worst: Float64Array
  readonly total: Float64Array
  /** Source stop, negative (`~source`) where that source's worst was taken. */
  readonly bestFrom: Int32Array
  readonly worstFrom: Int32Array
}

function reach(
  network: MapNetwork,
  gapIndex: number,
  before: Reach,
  parameters: Float32Array,
  activations: Float32Array,
): Reach {
  const { ins, outs, offset } = network.gaps[gapIndex] ?? { ins: 0, outs: 0, offset: 0 }
  const layer = network.layers[gapIndex + 1]
  const slope = layer?.role === 'hidden' ? (slopes[layer.activation] ?? (() => 1)) : () => 1
  const next: Reach = {
    best: new Float64Array(outs).fill(Number.NEGATIVE_INFINITY),
    worst: new Float64Array(outs).fill(Number.POSITIVE_INFINITY),
    total: new Float64Array(outs),
    bestFrom: new Int32Array(outs),
    worstFrom: new Int32Array(outs),
  }
  const consider = (j: number, value: number, from: number): void => {
    if (value > (next.best[j] ?? 0)) {
      next.best[j] = value
      next.bestFrom[j] = from
    }
    if (value < (next.worst[j] ?? 0)) {
      next.worst[j] = value
      next.worstFrom[j] = from
    }
  }
  for (let j = 0; j < outs; j++) {
    const d = slope(activations[(layer?.firstNode ?? 0) + j] ?? 0)
    for (let i = 0; i < ins; i++) {
      const factor = (parameters[offset + j * ins + i] ?? 0) * d
      consider(j, (before.best[i] ?? 0) * factor, i)
      consider(j, (before.worst[i] ?? 0) * factor, ~i)
      next.total[j] = (next.total[j] ?? 0) + (before.total[i] ?? 0) * Math.abs(factor)
    }
  }
  return next
}

/**
 * The route with the largest product of input, weights and slopes towards the sum of output `destination`;
 * null where nothing is carried or a value is no number.
 */
export function strongestRoute(
  network: MapNetwork,
  parameters: Float32Array,
  activations: Float32Array,
  destination: number,
): Trace | null {
  const inputs = Float64Array.from(activations.subarray(0, network.layers[0]?.units ?? 0))
  const nowhere = new Int32Array(inputs.length)
  const steps: Reach[] = [
    { best: inputs, worst: inputs, total: inputs.map(Math.abs), bestFrom: nowhere, worstFrom: nowhere },
  ]
  network.gaps.forEach((_, gap) => {
    const before = steps.at(-1)
    if (before !== undefined) steps.push(reach(network, gap, before, parameters, activations))
  })
  const end = steps.at(-1)
  const best = end?.best[destination] ?? 0
  const total = end?.total[destination] ?? 0
  if (!(best > 0) || !Number.isFinite(total) || network.gaps.length === 0) return null
  const route: RoutePlace[] = []
  let to = destination
  let useBest = true
  for (let gap = network.gaps.length - 1; gap >= 0; gap--) {
    const step = steps[gap + 1]
    const coded: number = (useBest ? step?.bestFrom[to] : step?.worstFrom[to]) ?? 0
    const from = coded < 0 ? ~coded : coded
    route.unshift({ gap, from, to })
    useBest = coded >= 0
    to = from
  }
  return { route, share: best / total }
}
