/** What a person holds, points at or has focused on the map. */
import { type MapNetwork, stopOfNode } from './network.ts'

/**
 * A weight or a bias is named by its tensor and the index in it.
 * A node has its place among all stops in `node`, its index within the layer in `index` and its bias in `parameter`
 * (empty at the input, which has none).
 */
export interface Selection {
  readonly kind: 'weight' | 'bias' | 'node'
  readonly parameter: string
  readonly index: number
  readonly node?: number
}

/** A weight's place: `gaps[gap]`, from source stop `from` to target stop `to`; which of them where a line joins several. */
export interface RoutePlace {
  readonly gap: number
  readonly from: number
  readonly to: number
  readonly part?: number
}

/** A stop's place. */
export interface StopPlace {
  readonly layer: number
  readonly index: number
}

export function selectWeight(network: MapNetwork, place: RoutePlace): Selection | null {
  const gap = network.gaps[place.gap]
  if (gap === undefined || gap.weight === null) return null
  const line = place.to * gap.ins + place.from
  return { kind: 'weight', parameter: gap.weight.name, index: line * gap.inner + (place.part ?? gap.middle) }
}

export function selectBias(network: MapNetwork, place: StopPlace): Selection | null {
  const layer = network.layers[place.layer]
  if (layer === undefined || layer.bias === null) return null
  return { kind: 'bias', parameter: layer.bias.name, index: place.index, node: layer.firstNode + place.index }
}

export function selectNode(network: MapNetwork, place: StopPlace): Selection | null {
  const layer = network.layers[place.layer]
  if (layer === undefined) return null
  return { kind: 'node', parameter: layer.bias?.name ?? '', index: place.index, node: layer.firstNode + place.index }
}

/** Whether both mean the same thing. */
export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b
  return (
    a.kind === b.kind && a.parameter === b.parameter && a.index === b.index && (a.kind !== 'node' || a.node === b.node)
  )
}

/** The weight that is meant; null for all else and for what the network no longer has. */
export function routePlace(network: MapNetwork, selection: Selection | null): RoutePlace | null {
  if (selection?.kind !== 'weight') return null
  const index = network.gaps.findIndex(({ weight }) => weight?.name === selection.parameter)
  const gap = network.gaps[index]
  const line = Math.floor(selection.index / (gap?.inner ?? 1))
  if (gap === undefined || line < 0 || line >= gap.ins * gap.outs) return null
  const place = { gap: index, from: line % gap.ins, to: Math.floor(line / gap.ins) }
  return gap.inner === 1 ? place : { ...place, part: selection.index % gap.inner }
}

/** The stop that is meant by a node or a bias; null for all else and for what the network no longer has. */
export function stopPlace(network: MapNetwork, selection: Selection | null): StopPlace | null {
  if (selection === null || selection.kind === 'weight') return null
  if (selection.kind === 'node') return selection.node === undefined ? null : stopOfNode(network, selection.node)
  const layer = network.layers.findIndex(({ bias }) => bias?.name === selection.parameter)
  const units = network.layers[layer]?.units ?? 0
  return selection.index >= 0 && selection.index < units ? { layer, index: selection.index } : null
}

/** Place of a selected weight or bias among all parameters; null for a node and for what is gone. */
export function parameterPosition(network: MapNetwork, selection: Selection | null): number | null {
  if (selection === null || selection.kind === 'node') return null
  if (selection.kind === 'weight') {
    const gap = network.gaps[routePlace(network, selection)?.gap ?? -1]
    return gap === undefined || gap.weight === null ? null : gap.weight.offset + selection.index
  }
  const bias = network.layers[stopPlace(network, selection)?.layer ?? -1]?.bias
  return bias ? bias.offset + selection.index : null
}
