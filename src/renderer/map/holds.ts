/** What training leaves alone, as the map marks it: lines, stops and layers that are frozen or switched off. */
import type { RunInfo } from '../../shared/protocol.ts'
import type { MapNetwork } from './network.ts'
import { parameterPosition, type Selection, stopPlace } from './selection.ts'
import type { Translate } from './words.ts'

/** Bits of a mark; both may be set. */
export const frozenBit = 1
export const offBit = 2

/** Marks by parameter, by node (its own, not those of its layer) and by layer. */
export interface MapHolds {
  readonly parameters: Uint8Array
  readonly nodes: Uint8Array
  readonly layers: Uint8Array
  /** Whether anything is frozen, and whether anything is off: a bit each. */
  readonly some: number
}

/** What of a run the marks are made from. */
type HeldInfo = Pick<RunInfo, 'layers' | 'parameters' | 'parameterCount' | 'holds' | 'heldGroups'>

const bits = (isFrozen: boolean, isOff: boolean): number => (isFrozen ? frozenBit : 0) | (isOff ? offBit : 0)

/** Reads the marks out of a run. */
export function mapHolds({ layers, parameters, parameterCount, holds, heldGroups }: HeldInfo): MapHolds {
  const nodes = layers.reduce((sum, { units }) => sum + units, 0)
  const marks = {
    parameters: new Uint8Array(holds.length === 0 ? 0 : parameterCount),
    nodes: new Uint8Array(nodes),
    layers: new Uint8Array(layers.length),
  }
  const offsets = new Map(parameters.map(({ name, offset }) => [name, offset]))
  let some = 0
  for (const { name, index, frozen, off } of holds) {
    const mark = bits(frozen, off !== null)
    marks.parameters[(offsets.get(name) ?? parameterCount) + index] = mark
    some |= mark
  }
  for (const { layer, node, frozen, off } of heldGroups) {
    const info = layers[layer]
    if (info === undefined) continue
    some |= bits(frozen, off)
    if (node === null) marks.layers[layer] = bits(frozen, off)
    else if (node < info.units) marks.nodes[info.firstNode + node] = bits(frozen, off)
  }
  return { ...marks, some }
}

/** Marks of a stop: its own and those of its layer. */
export const nodeMarks = ({ nodes, layers }: MapHolds, node: number, layer: number): number =>
  (nodes[node] ?? 0) | (layers[layer] ?? 0)

/** Marks of what is selected: of a weight or bias its own, of a stop also its layer's. */
export function marksOf(network: MapNetwork, holds: MapHolds, selection: Selection | null): number {
  const position = parameterPosition(network, selection)
  if (position !== null) return holds.parameters[position] ?? 0
  const place = stopPlace(network, selection)
  const node = (network.layers[place?.layer ?? -1]?.firstNode ?? 0) + (place?.index ?? 0)
  return place === null ? 0 : nodeMarks(holds, node, place.layer)
}

/** The marks in words. */
export const heldWords = (marks: number, t: Translate): string[] => [
  ...((marks & frozenBit) === 0 ? [] : [t('layers.frozen')]),
  ...((marks & offBit) === 0 ? [] : [t('layers.off')]),
]
