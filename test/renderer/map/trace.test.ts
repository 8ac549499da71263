import { describe, expect, it } from 'vitest'
import { type MapNetwork, mapNetwork } from '../../../src/renderer/map/network.ts'
import { strongestRoute } from '../../../src/renderer/map/trace.ts'
import { aNetwork, mapInfo, someParameters } from './a-network.ts'

interface Way {
  readonly stops: readonly number[]
  readonly carried: number
}

/** Every route with what it carries, by brute force. */
function allWays(network: MapNetwork, parameters: Float32Array, activations: Float32Array, destination: number): Way[] {
  let ways: Way[] = Array.from({ length: network.layers[0]?.units ?? 0 }, (_, i) => ({
    stops: [i],
    carried: activations[i] ?? 0,
  }))
  network.gaps.forEach(({ ins, outs, offset }, gap) => {
    const layer = network.layers[gap + 1]
    const targets = gap === network.gaps.length - 1 ? [destination] : Array.from({ length: outs }, (_, j) => j)
    ways = ways.flatMap(({ stops, carried }) =>
      targets.map((j) => {
        const a = activations[(layer?.firstNode ?? 0) + j] ?? 0
        const slope = layer?.role === 'hidden' ? 1 - a * a : 1
        return {
          stops: [...stops, j],
          carried: carried * (parameters[offset + j * ins + (stops.at(-1) ?? 0)] ?? 0) * slope,
        }
      }),
    )
  })
  return ways
}

describe('the strongest route', () => {
  it.each([1, 2, 3, 4, 5])('is the one that carries most, and its share is of all, weights %i', (seed) => {
    const network = aNetwork(3, 4, 3, 2)
    const parameters = someParameters(network.parameterCount, seed)
    const activations = someParameters(network.nodes, seed + 10)
    const ways = allWays(network, parameters, activations, 1)
    const best = ways.reduce((a, b) => (b.carried > a.carried ? b : a))
    const trace = strongestRoute(network, parameters, activations, 1)
    expect(trace?.route.map(({ from }) => from).concat(1)).toEqual(best.stops)
    expect(trace?.share).toBeCloseTo(best.carried / ways.reduce((sum, { carried }) => sum + Math.abs(carried), 0))
  })

  it('carries nothing through closed ReLU stops', () => {
    const network = mapNetwork(mapInfo([1, 1, 1], 'relu'))
    expect(strongestRoute(network, Float32Array.from([1, 0, 1, 0]), Float32Array.from([1, 0, 0.5]), 0)).toBeNull()
    expect(strongestRoute(network, Float32Array.from([1, 0, 1, 0]), Float32Array.from([1, 1, 0.5]), 0)?.share).toBe(1)
  })

  it('is none where a value is no number', () => {
    const network = aNetwork(1, 1, 1)
    expect(strongestRoute(network, new Float32Array(4).fill(Number.NaN), new Float32Array(3).fill(1), 0)).toBeNull()
  })
})
