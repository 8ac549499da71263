/** The parameters of a node or a layer, to be frozen or switched off together. */
import { Fault, type HeldGroup, type LayerInfo, type ParameterInfo } from '../spec/index.ts'

/** A stop, or with `node` null a whole layer; `layer` counts from the input, which is 0. */
export interface Group {
  readonly layer: number
  readonly node: number | null
}

/** Parameters that can be held together; each has to be put back after every step. */
const mostHeld = 65_536

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i)

/** The parameters of a stop: a row of each tensor that has one a stop. */
function rowOf({ offset, size, shape }: ParameterInfo, node: number, stops: number): number[] {
  const width = size / (shape[0] ?? 1)
  return shape[0] === stops ? range(offset + node * width, width) : []
}

function ownPlaces(parameters: readonly ParameterInfo[], { layer, node }: Group, stops: number): number[] {
  return parameters
    .filter((info) => info.layer === layer)
    .flatMap((info) => (node === null ? range(info.offset, info.size) : rowOf(info, node, stops)))
}

/** Layers that hand on what each stop says by itself, in smaller pictures or for some of the time. */
const handing: ReadonlySet<string> = new Set(['dropout', 'flatten', 'max-pool', 'avg-pool', 'global-pool'])

/** Layers of stops that each have a row of the weights. */
const hasRows = (info: LayerInfo | undefined): boolean =>
  info !== undefined && (info.kind === undefined || info.kind === 'conv2d')

/** Weights by which the next dense layer or convolution reads the stops; null where the next layer is of another kind. */
function readBy(
  parameters: readonly ParameterInfo[],
  layers: readonly LayerInfo[],
  { layer, node }: Group,
): number[] | null {
  let next = layer + 1
  while (handing.has(layers[next]?.kind ?? '')) next++
  const stops = layers[layer]?.units ?? 0
  const info = parameters.find((one) => one.layer === next && one.kind === 'weight')
  if (info === undefined || !hasRows(layers[next]) || layers[next - 1]?.units !== stops) return null
  const rows = info.shape[0] ?? 1
  const width = info.size / rows
  // Of each stop so many: the pixels of its picture, or of its kernel; in groups not every filter reads each stop.
  const each = width / stops
  if (!Number.isInteger(each) || (info.shape.length === 4 && info.shape[1] !== stops)) return null
  if (node === null) return range(info.offset, info.size)
  return range(0, rows).flatMap((row) => range(info.offset + row * width + node * each, each))
}

/**
 * Places of what is held when a stop or a layer is frozen or switched off.
 *
 * Frozen: its own weights and biases. Off: what a stop or filter says reaches nobody, so the weights by which the next
 * dense layer or convolution reads it are 0. Where none does (the output, before a norm or a residual block), where these
 * are too many, and for layers of other kinds, its own numbers are 0: a residual block then hands on what it gets. Throws
 * `EDIT-001` for what the network does not have, `EDIT-005` where there is nothing to hold, `EDIT-006` for more than can
 * be held.
 */
export function placesOfGroup(
  { parameters, layers }: { readonly parameters: readonly ParameterInfo[]; readonly layers: readonly LayerInfo[] },
  group: Group,
  what: 'frozen' | 'off',
): readonly number[] {
  const { layer, node } = group
  const info = layers[layer]
  const at = node === null ? `layers.${layer}` : `nodes.${layer}.${node}`
  const stops = info?.units ?? 0
  if (info === undefined || (node !== null && node >= stops)) throw new Fault('EDIT-001', { name: at }, at)
  const read = what === 'off' && hasRows(info) ? readBy(parameters, layers, group) : null
  const places = read !== null && read.length <= mostHeld ? read : ownPlaces(parameters, group, stops)
  if (places.length === 0) throw new Fault('EDIT-005', {}, at)
  if (places.length > mostHeld) throw new Fault('EDIT-006', { count: places.length, max: mostHeld }, at)
  return places
}

/** Something that tells of a place whether it is held. */
interface Held {
  readonly any: boolean
  at(place: number): { readonly frozen: boolean; readonly off: number | null }
}

/** Stops and layers of which all that could be held is. */
export function heldGroups(
  network: { readonly parameters: readonly ParameterInfo[]; readonly layers: readonly LayerInfo[] },
  holds: Held,
): readonly HeldGroup[] {
  if (!holds.any) return []
  const isHeld = (group: Group, what: 'frozen' | 'off'): boolean => {
    try {
      const held = (place: number): boolean => (what === 'off' ? holds.at(place).off !== null : holds.at(place).frozen)
      return placesOfGroup(network, group, what).every(held)
    } catch (error) {
      if (error instanceof Fault) return false
      throw error
    }
  }
  return network.layers.flatMap((info, layer) => {
    return [null, ...range(0, info.units)].flatMap((node) => {
      const [frozen, off] = [isHeld({ layer, node }, 'frozen'), isHeld({ layer, node }, 'off')]
      return frozen || off ? [{ layer, node, frozen, off }] : []
    })
  })
}
