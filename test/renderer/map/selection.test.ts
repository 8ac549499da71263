import { describe, expect, it } from 'vitest'
import { mapNetwork } from '../../../src/renderer/map/network.ts'
import {
  parameterPosition,
  routePlace,
  sameSelection,
  selectBias,
  selectNode,
  selectWeight,
  stopPlace,
} from '../../../src/renderer/map/selection.ts'
import { aNetwork, mapInfo } from './a-network.ts'

const network = aNetwork(2, 5, 3, 2)

describe('a selection', () => {
  it('leads to its place and back', () => {
    const place = { gap: 1, from: 4, to: 2 }
    expect(routePlace(network, selectWeight(network, place))).toEqual(place)
    expect(stopPlace(network, selectBias(network, { layer: 3, index: 1 }))).toEqual({ layer: 3, index: 1 })
    expect(stopPlace(network, selectNode(network, { layer: 0, index: 1 }))).toEqual({ layer: 0, index: 1 })
  })

  it('knows its place among all parameters', () => {
    expect(parameterPosition(network, selectWeight(network, { gap: 1, from: 4, to: 2 }))).toBe(15 + 14)
    expect(parameterPosition(network, selectBias(network, { layer: 2, index: 1 }))).toBe(15 + 15 + 1)
    expect(parameterPosition(network, selectNode(network, { layer: 2, index: 1 }))).toBeNull()
  })

  it('of what the network no longer has leads nowhere', () => {
    const weight = selectWeight(network, { gap: 2, from: 2, to: 1 })
    expect(routePlace(aNetwork(2, 5, 2), weight)).toBeNull()
    expect(parameterPosition(aNetwork(2, 5, 2), weight)).toBeNull()
    expect(stopPlace(aNetwork(2, 2), selectNode(network, { layer: 3, index: 1 }))).toBeNull()
    expect(selectBias(network, { layer: 0, index: 0 })).toBeNull()
  })

  it('equals another that means the same', () => {
    expect(sameSelection(null, null)).toBe(true)
    expect(
      sameSelection(selectNode(network, { layer: 0, index: 0 }), selectNode(network, { layer: 0, index: 1 })),
    ).toBe(false)
    expect(
      sameSelection(selectBias(network, { layer: 1, index: 0 }), selectNode(network, { layer: 1, index: 0 })),
    ).toBe(false)
    expect(
      sameSelection(selectBias(network, { layer: 1, index: 0 }), selectBias(network, { layer: 1, index: 0 })),
    ).toBe(true)
  })
})

describe('a network', () => {
  it('counts weights without biases and all stops', () => {
    expect(network.weights).toBe(10 + 15 + 6)
    expect(network.nodes).toBe(12)
    expect(network.parameterCount).toBe(41)
  })

  it('refuses layers without fitting weights', () => {
    const info = mapInfo([2, 3, 2])
    expect(() => mapNetwork({ ...info, parameters: info.parameters.slice(1) })).toThrow(
      'internal: layer 1 has no weight',
    )
  })
})
