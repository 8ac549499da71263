import { describe, expect, it } from 'vitest'
import { mapOperation, movedMost, selectionAt, valuesSoFar } from '../../../src/renderer/map/operation.ts'
import { mapValues } from '../../../src/renderer/map/scene.ts'
import { parameterPosition } from '../../../src/renderer/map/selection.ts'
import { aNetwork } from './a-network.ts'

const network = aNetwork(2, 3, 2)
const nothing = mapValues(network, null)
const values = {
  ...nothing,
  sums: Float32Array.from({ length: network.nodes }, (_, node) => node),
  activations: Float32Array.from({ length: network.nodes }, (_, node) => node),
}

describe('what an operation lights', () => {
  it('is its layer and the lines into it, at the loss the output alone', () => {
    expect(mapOperation(network, { kind: 'forward', layer: 1 }, nothing)).toMatchObject({ layer: 1, gap: 0 })
    expect(mapOperation(network, { kind: 'backward', layer: 2 }, nothing)).toMatchObject({ layer: 2, gap: 1 })
    expect(mapOperation(network, { kind: 'loss', layer: null }, nothing)).toMatchObject({ layer: 2, gap: null })
  })

  it('at the update is what moved most, lines and biases', () => {
    const before = new Float32Array(network.parameterCount)
    const parameters = Float32Array.from(before)
    const bias = network.layers[1]?.bias?.offset ?? 0
    parameters[1] = 0.5
    parameters[bias + 2] = -0.75
    const operation = mapOperation(network, { kind: 'update', layer: null }, { ...nothing, before, parameters })
    expect(operation).toEqual({
      kind: 'update',
      layer: null,
      gap: null,
      routes: [{ gap: 0, from: 1, to: 0 }],
      biases: [{ layer: 1, index: 2 }],
    })
  })

  it('on the way forth ends with its layer', () => {
    const operation = mapOperation(network, { kind: 'forward', layer: 1 }, values)
    expect(valuesSoFar(network, values, operation).activations).toHaveLength(5)
    const back = mapOperation(network, { kind: 'backward', layer: 1 }, values)
    expect(valuesSoFar(network, values, back)).toBe(values)
  })
})

describe('parameters that moved most', () => {
  it('come in order of how far, and none that stayed', () => {
    const after = Float32Array.of(0, 3, -5, 1, 2, 0, 4)
    expect(movedMost(new Float32Array(7), after, 3)).toEqual([2, 6, 1])
    expect(movedMost(new Float32Array(7), after, 9)).toEqual([2, 6, 1, 4, 3])
  })

  it('are found on the map by their place', () => {
    for (let place = 0; place < network.parameterCount; place++) {
      expect(parameterPosition(network, selectionAt(network, place))).toBe(place)
    }
    expect(selectionAt(network, network.parameterCount)).toBeNull()
  })
})
