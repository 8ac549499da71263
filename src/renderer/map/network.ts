/** What the map needs of a run: its layers and, between neighbours, the weights that join them. Knows no pixels. */
import {
  type LayerInfo,
  type ParameterInfo,
  type PointShape,
  type Recipe,
  stopSides,
  type Task,
} from '../../core/spec/index.ts'
import type { RunInfo } from '../../shared/protocol.ts'
import { classesOf } from './classes.ts'

/** A layer, with its bias where it has one. */
export interface MapLayer extends LayerInfo {
  readonly bias: ParameterInfo | null
}

/**
 * All lines between layer `layer - 1` and layer `layer`; what the line of source i and target j says stands at
 * `offset + j * ins + i`: its weight, or behind all parameters where it joins `inner` of them (`joined.ts`), a kernel or
 * the pixels of a picture. Where no pair of stops has numbers of its own (residual, norm, dropout, ...) `weight` is null
 * and there are no lines.
 */
export interface MapGap {
  readonly layer: number
  readonly ins: number
  readonly outs: number
  readonly offset: number
  readonly inner: number
  /** Which of them lies in the middle of the kernel or picture. */
  readonly middle: number
  readonly weight: ParameterInfo | null
}

/** The network as a map: `gaps[g]` lies between `layers[g]` and `layers[g + 1]`. */
export interface MapNetwork {
  readonly layers: readonly MapLayer[]
  readonly gaps: readonly MapGap[]
  /** Stops of all layers. */
  readonly nodes: number
  /** Lines of all gaps. */
  readonly weights: number
  readonly parameterCount: number
  /** Parameters, then the lines that join several of them. */
  readonly lineCount: number
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
  let lineCount = info.parameterCount
  for (let layer = 1; layer < layers.length; layer++) {
    const ins = layers[layer - 1]?.units ?? 0
    const outs = layers[layer]?.units ?? 0
    const kind = layers[layer]?.kind
    const weight = byLayer[layer]?.find((tensor) => tensor.kind === 'weight')
    // Filters in groups do not read every stop.
    const hasLines = kind === undefined || (kind === 'conv2d' && weight?.shape[1] === ins)
    if (!hasLines) {
      gaps.push({ layer, ins: 0, outs: 0, offset: 0, inner: 1, middle: 0, weight: null })
      continue
    }
    if (weight === undefined) throw new Error(`internal: layer ${layer} has no weight`)
    const inner = weight.size / (ins * outs)
    if (!Number.isInteger(inner))
      throw new Error(`internal: ${weight.name} has ${weight.size} numbers for ${ins * outs}`)
    const across = kind === 'conv2d' ? (weight.shape.at(-1) ?? 1) : stopSides(layers[layer - 1] ?? {}).width
    const middle = Math.floor(inner / across / 2) * across + Math.floor(across / 2)
    const offset = inner === 1 ? weight.offset : lineCount
    gaps.push({ layer, ins, outs, offset, inner, middle: inner === 1 ? 0 : middle, weight })
    if (inner > 1) lineCount += ins * outs
  }
  const isPlane = info.recipe.data.source === 'points' && info.task === 'classes'
  return {
    layers,
    gaps,
    nodes: layers.reduce((sum, layer) => sum + layer.units, 0),
    weights: gaps.reduce((sum, gap) => sum + gap.ins * gap.outs, 0),
    parameterCount: info.parameterCount,
    lineCount,
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
