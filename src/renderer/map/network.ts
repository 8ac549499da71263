/** What the map needs of a run: its layers and, between neighbours, the weights that join them. Knows no pixels. */
import type { LayerInfo, ParameterInfo, PointShape, Recipe, Task } from '../../core/spec/index.ts'
import type { RunInfo } from '../../shared/protocol.ts'
import { classesOf } from './classes.ts'

/** A layer, with its bias where it has one. */
export interface MapLayer extends LayerInfo {
  readonly bias: ParameterInfo | null
}

/**
 * All weights between layer `layer - 1` and layer `layer`; weight of source i and target j is `offset + j * ins + i`.
 * Where no single pair of stops shares a number (residual, norm, dropout, ...) `weight` is null and there are no lines.
 */
export interface MapGap {
  readonly layer: number
  readonly ins: number
  readonly outs: number
  readonly offset: number
  readonly weight: ParameterInfo | null
}

/** The network as a map: `gaps[g]` lies between `layers[g]` and `layers[g + 1]`. */
export interface MapNetwork {
  readonly layers: readonly MapLayer[]
  readonly gaps: readonly MapGap[]
  /** Stops of all layers. */
  readonly nodes: number
  /** Weights of all gaps, without biases. */
  readonly weights: number
  readonly parameterCount: number
  readonly task: Task
  /** Shape of the points in the plane; null for other data. */
  readonly points: PointShape | null
  /** The class that each output of the points stands for; none for other data and for a number. */
  readonly classes: readonly number[]
}

/** What of a run the map is made from. */
export type MapInfo = Pick<RunInfo, 'layers' | 'parameters' | 'parameterCount' | 'task'> & {
  readonly recipe: Pick<Recipe, 'data'>
}

/** Reads layers and gaps out of a run. */
export function mapNetwork(info: MapInfo): MapNetwork {
  const byLayer = info.layers.map((): ParameterInfo[] => [])
  for (const parameter of info.parameters) byLayer[parameter.layer]?.push(parameter)
  // A block has several tensors: its last bias is the one that is added to its stops.
  const biasOf = (layer: number, units: number): ParameterInfo | null =>
    byLayer[layer]?.findLast(({ kind, name, size }) => kind === 'bias' && name.endsWith('bias') && size === units) ??
    null
  const layers = info.layers.map((layer, index) => ({ ...layer, bias: biasOf(index, layer.units) }))
  const gaps: MapGap[] = []
  for (let layer = 1; layer < layers.length; layer++) {
    const ins = layers[layer - 1]?.units ?? 0
    const outs = layers[layer]?.units ?? 0
    const weight = byLayer[layer]?.find(({ kind }) => kind === 'weight')
    if (layers[layer]?.kind !== undefined || layers[layer]?.shape !== undefined) {
      gaps.push({ layer, ins: 0, outs: 0, offset: 0, weight: null })
      continue
    }
    if (weight === undefined) throw new Error(`internal: layer ${layer} has no weight`)
    if (ins * outs !== weight.size)
      throw new Error(`internal: ${weight.name} has ${weight.size} numbers, not ${ins * outs}`)
    gaps.push({ layer, ins, outs, offset: weight.offset, weight })
  }
  const isPlane = info.recipe.data.source === 'points' && info.task === 'classes'
  return {
    layers,
    gaps,
    nodes: layers.reduce((sum, layer) => sum + layer.units, 0),
    weights: gaps.reduce((sum, gap) => sum + gap.ins * gap.outs, 0),
    parameterCount: info.parameterCount,
    task: info.task,
    points: info.recipe.data.source === 'points' ? info.recipe.data.shape : null,
    classes: isPlane ? classesOf(info.layers.at(-1)?.names ?? []) : [],
  }
}

/** Layer and index of a stop that is counted through all layers; null where there is no such stop. */
export function stopOfNode(network: MapNetwork, node: number): { layer: number; index: number } | null {
  const layer = network.layers.findIndex(({ firstNode, units }) => node >= firstNode && node < firstNode + units)
  const first = network.layers[layer]?.firstNode
  return first === undefined ? null : { layer, index: node - first }
}
