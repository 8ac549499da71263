/** Where each parameter of a changed network comes from. */
import type { Network } from '../nn/network.ts'
import type { Ancestors, Continuation, LayerInfo, ParameterInfo } from '../spec/index.ts'

/** A parameter that begins: its start value. */
export const begins = -1
/** A weight of a stop that begins, towards one that stays: 0, so that the new stop is silent. */
export const silent = -2
/** On the diagonal of a new dense layer, which begins by passing on what it gets. */
export const passes = -3

/** Of which stops before which old layer something tells, and as which: `stops` names the old ones. */
interface Carrier {
  readonly layer: number
  readonly stops: Ancestors
}

const sameStops = (count: number): (number | null)[] => Array.from({ length: count }, (_, i) => i)

/** The first `count` stops of others; what is beyond them begins. */
const firstOf = (stops: Ancestors, count: number): Ancestors =>
  Array.from({ length: count }, (_, i) => stops[i] ?? null)

/** Stops with names go on as those of the same name; where all that changed is a name, as the one in its place. */
function byName(before: LayerInfo, after: LayerInfo): Ancestors {
  const [old, now] = [before.names, after.names]
  const isNamed = old.length === before.units && now.length === after.units && new Set(now).size === now.length
  if (!isNamed) return firstOf(sameStops(before.units), after.units)
  const isRenamed = old.length === now.length
  return now.map((name, i) => {
    const found = old.indexOf(name)
    if (found >= 0) return found
    return isRenamed && !now.includes(old[i] ?? '') ? i : null
  })
}

/** For each new layer the old one and the old stops; for the rows of its tensors. Null for a layer that begins. */
function lineage(before: Network, after: Network, { layers, stops }: Continuation): readonly (Carrier | null)[] {
  const last = after.layers.length - 1
  return after.layers.map((info, index) => {
    const layer = index === 0 ? 0 : index === last ? before.layers.length - 1 : (layers[index - 1] ?? -2) + 1
    const old = before.layers[layer]
    if (old === undefined || layer < 0 || (index > 0 && index < last && layer === 0)) return null
    if (info.role !== 'hidden') return { layer, stops: byName(old, info) }
    if (info.kind !== old.kind) return null
    const given = stops[index - 1]
    const count = info.units
    return { layer, stops: given?.length === count ? given : firstOf(sameStops(old.units), count) }
  })
}

/** Layers that hand on as many stops as they get, each from the one in its place. */
const passing: ReadonlySet<string> = new Set([
  'dropout',
  'layer-norm',
  'rms-norm',
  'batch-norm',
  'group-norm',
  'residual',
])
const isPassing = ({ layers }: Network, index: number): boolean => passing.has(layers[index]?.kind ?? '')

/** What the outputs of each new layer tell: its own, or for a layer that begins, what it passes on. */
function carriers(after: Network, own: readonly (Carrier | null)[]): readonly (Carrier | null)[] {
  const found: (Carrier | null)[] = []
  after.layers.forEach((info, index) => {
    const previous = found[index - 1] ?? null
    const passed = previous === null ? null : { ...previous, stops: firstOf(previous.stops, info.units) }
    found.push(own[index] ?? passed)
  })
  return found
}

/** Where a layer's columns come from: stops before the old layer; null where they tell of something else. */
function columnsOf(before: Network, old: number, carrier: Carrier | null): Ancestors | null {
  if (carrier === null) return null
  let from = old - 1
  // Layers that were taken out and only passed on are stepped over.
  while (from > carrier.layer && isPassing(before, from)) from--
  // Others were put in between: what they pass on counts as the stop in its place.
  let to = carrier.layer
  while (to > from && isPassing(before, to)) to--
  return from === to ? carrier.stops : null
}

/** Rows and columns of a tensor; `inner` numbers belong to each column (the pixels of a kernel or of a picture). */
interface Sides {
  readonly rows: number
  readonly columns: number
}
const sidesOf = ({ shape, size }: ParameterInfo): Sides => {
  const [rows = 1] = shape
  return { rows, columns: size / rows }
}

/** For each of `count` places along a side the old place; `stops` where the side is as long as they say. */
function along(count: number, oldCount: number, stops: Ancestors | null, oldStops: number): Ancestors | null {
  const inner = stops === null || stops.length === 0 ? 0 : count / stops.length
  if (stops !== null && Number.isInteger(inner) && inner * oldStops === oldCount) {
    return stops.flatMap((stop) => Array.from({ length: inner }, (_, i) => (stop === null ? null : stop * inner + i)))
  }
  return count === oldCount ? sameStops(count) : null
}

/** Layers whose tensors have one row a stop. */
const ofStops: ReadonlySet<string> = new Set(['dense', 'conv2d', 'layer-norm', 'rms-norm', 'batch-norm', 'group-norm'])

/** A tensor's name within its layer: `weight` of `layers.0.weight`. */
export const ownName = ({ name }: { readonly name: string }): string => name.replace(/^layers\.\d+\./, '')

/** A dense layer that goes on although dense layers before it are gone: what they did may be folded into it. */
export interface Folded {
  /** Index of the layer in the new network and in the old one. */
  readonly layer: number
  readonly old: number
  /** The old layer whose stops it is told of now, and which stops. */
  readonly from: Carrier
}

export interface Sources {
  /** For each new parameter the place of the old one that it goes on from, or `begins`, `silent`, `passes`. */
  readonly places: Int32Array
  readonly folded: readonly Folded[]
}

const isDense = (info: LayerInfo | undefined): boolean =>
  info !== undefined && info.kind === undefined && info.shape === undefined

/** Layers before which only dense layers are gone; what changed places with them is not. */
function foldedOf(before: Network, own: readonly (Carrier | null)[], carried: readonly (Carrier | null)[]): Folded[] {
  return own.flatMap((line, layer) => {
    const from = carried[layer - 1] ?? null
    if (line === null || from === null || from.layer >= line.layer - 1) return []
    if (columnsOf(before, line.layer, from) !== null || before.layers[from.layer]?.shape !== undefined) return []
    const between = before.layers.slice(from.layer + 1, line.layer + 1)
    const isSums = between.every((info) => isDense(info) || info.kind === 'dropout')
    const isGone = own.every((other) => !(other !== null && other.layer > from.layer && other.layer < line.layer))
    return isGone && isSums && isDense(before.layers[line.layer]) ? [{ layer, old: line.layer, from }] : []
  })
}

/** Where the parameters of a changed network come from. */
export function sourcesOf(before: Network, after: Network, continuation: Continuation): Sources {
  const own = lineage(before, after, continuation)
  const carried = carriers(after, own)
  const sources = new Int32Array(after.parameterCount).fill(begins)
  for (const info of after.parameters) {
    const layer = after.layers[info.layer]
    const line = own[info.layer] ?? null
    const previous = carried[info.layer - 1] ?? null
    if (layer === undefined) continue
    if (line === null) {
      if (layer.kind === undefined) pass(info, previous, 1, sources)
      if (layer.kind === 'conv2d' && keepsPictures(after, info)) pass(info, previous, info.shape[2] ?? 1, sources)
      continue
    }
    const old = before.parameters.find((one) => one.layer === line.layer && ownName(one) === ownName(info))
    const oldLayer = before.layers[line.layer]
    const beforeOld = before.layers[line.layer - 1]
    if (old === undefined || oldLayer === undefined || beforeOld === undefined) continue
    const isBlock = layer.kind === 'residual'
    if (!isBlock && !ofStops.has(layer.kind ?? 'dense')) {
      copyCorner(old, info, sources)
      continue
    }
    const columns = isBlock ? line.stops : columnsOf(before, line.layer, previous)
    const [now, then] = [sidesOf(info), sidesOf(old)]
    copySides(
      old,
      info,
      along(now.rows, then.rows, line.stops, oldLayer.units),
      info.shape.length === 1 ? [0] : along(now.columns, then.columns, columns, (isBlock ? oldLayer : beforeOld).units),
      sources,
    )
  }
  return { places: sources, folded: foldedOf(before, own, carried) }
}

/** A convolution whose filters may each hand on one picture as it is. */
function keepsPictures({ layers, parameters }: Network, { layer }: ParameterInfo): boolean {
  const weight = parameters.find((info) => info.layer === layer && info.kind === 'weight')
  const [given, made] = [layers[layer - 1]?.shape, layers[layer]?.shape]
  return weight?.shape[1] === given?.[0] && given?.slice(1).join() === made?.slice(1).join()
}

/**
 * A new dense layer begins as the identity as far as it has stops for it; of a filter with a kernel of `side` pixels a side
 * the middle one passes on.
 */
function pass(info: ParameterInfo, previous: Carrier | null, side: number, sources: Int32Array): void {
  const { rows, columns } = sidesOf(info)
  const middle = Math.floor((side * side) / 2)
  if (previous === null || side % 2 === 0) return
  if (info.kind === 'bias') sources.fill(silent, info.offset, info.offset + info.size)
  else
    for (let row = 0; row < Math.min(rows, columns / (side * side)); row++) {
      sources.fill(silent, info.offset + row * columns, info.offset + (row + 1) * columns)
      sources[info.offset + row * columns + row * side * side + middle] = passes
    }
}

function copySides(
  old: ParameterInfo,
  info: ParameterInfo,
  rows: Ancestors | null,
  columns: Ancestors | null,
  sources: Int32Array,
): void {
  if (rows === null || columns === null) return
  const width = sidesOf(old).columns
  const isVector = info.shape.length === 1
  rows.forEach((row, i) => {
    if (row === null) return
    columns.forEach((column, j) => {
      const place = info.offset + i * columns.length + j
      sources[place] = column === null ? (isVector ? begins : silent) : old.offset + row * width + column
    })
  })
}

/** What an old tensor and a new one share, from the first row and column on; tensors of more axes as a whole or not. */
function copyCorner(old: ParameterInfo, info: ParameterInfo, sources: Int32Array): void {
  const isWhole = old.shape.join() === info.shape.join()
  if (!isWhole && (info.shape.length > 2 || old.shape.length > 2)) return
  const [now, then] = [sidesOf(info), sidesOf(old)]
  copySides(old, info, firstOf(sameStops(then.rows), now.rows), firstOf(sameStops(then.columns), now.columns), sources)
}
