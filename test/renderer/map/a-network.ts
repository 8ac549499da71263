/** Networks and weights to lay out, without a run behind them. */
import type { LayerInfo, ParameterInfo, Recipe } from '../../../src/core/spec/index.ts'
import type { MapHolds } from '../../../src/renderer/map/holds.ts'
import type { Size } from '../../../src/renderer/map/layout.ts'
import type { MapNetwork } from '../../../src/renderer/map/network.ts'
import { type MapInfo, mapNetwork } from '../../../src/renderer/map/network.ts'

const points: Recipe['data'] = {
  source: 'points',
  shape: 'circle',
  samples: 500,
  noise: 0,
  testShare: 0.5,
  draw: 0,
  features: ['x', 'y'],
}

/** What the map reads of a run with these layers; the output is softmax. */
export function mapInfo(sizes: readonly number[], activation = 'tanh'): MapInfo {
  const layers: LayerInfo[] = []
  const parameters: ParameterInfo[] = []
  let offset = 0
  let firstNode = 0
  sizes.forEach((units, layer) => {
    const role = layer === 0 ? 'input' : layer === sizes.length - 1 ? 'output' : 'hidden'
    const ins = sizes[layer - 1] ?? 0
    const parameterCount = layer === 0 ? 0 : ins * units + units
    const names = layer === 0 ? Array.from({ length: units }, (_, n) => `in ${n}`) : []
    layers.push({
      role,
      units,
      activation: role === 'input' ? 'none' : role === 'output' ? 'softmax' : activation,
      names,
      parameterCount,
      firstNode,
    })
    firstNode += units
    if (layer === 0) return
    const name = `layers.${layer - 1}`
    parameters.push({ name: `${name}.weight`, kind: 'weight', shape: [units, ins], offset, size: ins * units, layer })
    offset += ins * units
    parameters.push({ name: `${name}.bias`, kind: 'bias', shape: [units], offset, size: units, layer })
    offset += units
  })
  return { layers, parameters, parameterCount: offset, task: 'classes', recipe: { data: points } }
}

export const aNetwork = (...sizes: number[]): MapNetwork => mapNetwork(mapInfo(sizes))

/** No mark on any part of a network. */
export const noHolds = (network: MapNetwork): MapHolds => ({
  parameters: new Uint8Array(0),
  nodes: new Uint8Array(network.nodes),
  layers: new Uint8Array(network.layers.length),
  some: 0,
})

/** Numbers between -1 and 1, the same for the same seed. */
export function someParameters(count: number, seed = 1): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state / 2 ** 31 - 1) * 0.999
  })
}

/** The lab's and the story's canvas at 1440 x 900. */
export const labSize: Size = { width: 808, height: 470 }
export const storySize: Size = { width: 818, height: 680 }
