/**
 * The map's geometry as a pure function of network, size and zoom: districts (layers), stops (nodes), gaps (weights).
 * Weights enter only in `fitRoutes` (`routes.ts`), which fills the gaps' arrays and allocates nothing.
 */
import type { MapNetwork } from './network.ts'
import { type Picture, type StopSize, stopSize } from './stop-size.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface LayoutOptions {
  readonly picture: Exclude<Picture, 'pixels'>
  /** Width of the part that is in sight; the whole map where it is not given. */
  readonly sightWidth?: number
  /** Rather smaller pictures than no number at a bias. */
  readonly numbers?: boolean
}

/** The rounded ground of a layer. */
export interface District {
  readonly layer: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly radius: number
  /** Middle of the column of stops. */
  readonly centre: number
  /** Room for words above the first stop. */
  readonly titled: boolean
  /** Room beside the stops: names at the input, probabilities at the output. */
  readonly sideWidth: number
}

/** A stop; `x`, `y` is its middle. Only the height changes with the weights, and only for bars. */
export interface Stop {
  readonly node: number
  readonly layer: number
  readonly index: number
  readonly x: number
  readonly y: number
  readonly width: number
  height: number
  /** Distance to the neighbouring rows. */
  readonly room: number
  readonly size: StopSize
}

/** The lines between two layers. Arrays are [outs * ins], target by target; empty unless `open`. */
export interface Gap {
  readonly index: number
  readonly ins: number
  readonly outs: number
  readonly offset: number
  /** Nodes of the first source and the first target. */
  readonly firstSource: number
  readonly firstTarget: number
  readonly x0: number
  readonly x1: number
  /** Length of the horizontal part before the bend. */
  readonly lead: number
  /** Each weight has a line of its own; otherwise the gap is drawn as one bundle a sign. */
  readonly open: boolean
  /** Thickest line, in px: the smaller the stops, the thinner. */
  readonly thick: number
  /** Distance of ports where they do not depend on widths; 0 where they do. */
  readonly portStep: number
  readonly startY: Float32Array
  readonly endY: Float32Array
  readonly widths: Float32Array
  /** Where the line leaves the horizontal. */
  readonly bendX: Float32Array
  /** Slope of every diagonal in the gap. */
  steep: number
  /** Sum of weights above and below 0, for the bundle; NaN where any is. */
  positive: number
  negative: number
}

export interface MapLayout {
  readonly picture: Picture
  readonly width: number
  readonly height: number
  readonly districts: readonly District[]
  /** By node. */
  readonly stops: readonly Stop[]
  readonly gaps: readonly Gap[]
  /** Few enough stops that plates and numbers stand without pointing. */
  readonly labelled: boolean
  /** Largest finite |w| in the picture, by the last `fitRoutes`. */
  largestWeight: number
}

/** From this many stops in a layer on, plates and labels stand only where one points. */
export const quietUnits = 12
/** From this many stops in a layer on, and above this many lines in sight, weights are bundled. */
export const bundledUnits = 64
export const bundledWeights = 3000

/** Below this distance of columns there is room only for a number over every few of them. */
export const crowdedPitch = 26

/** Height of the name of an output. */
const nameRoom = 18

interface Frame {
  readonly top: number
  readonly bottom: number
  readonly firstRow: number
  readonly largestStep: number
  readonly districtTop: number
  readonly districtBottom: number
}

const frameOf = (picture: Picture, height: number, pitch: number): Frame => {
  if (pitch < crowdedPitch)
    return { top: 22, bottom: 6, firstRow: 28, largestStep: 104, districtTop: 22, districtBottom: 6 }
  if (picture === 'bar') {
    return {
      top: 18,
      bottom: 16,
      firstRow: height < 440 ? 92 : 119,
      largestStep: 116,
      districtTop: 18,
      districtBottom: 16,
    }
  }
  const top = height < 440 ? 46 : 64
  return { top: 10, bottom: 14, firstRow: top + 22, largestStep: 104, districtTop: 10, districtBottom: 12 }
}

/** Approximate width of a word without a DOM: Hangul and other wide letters are about one em. */
export function wordWidth(word: string, fontSize: number): number {
  let ems = 0
  for (const letter of word) ems += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 0.93 : 0.58
  return ems * fontSize
}

interface Columns {
  readonly xs: readonly number[]
  readonly pitch: number
  readonly left: number
  readonly right: number
}

/** Middles of the columns: gaps with more lines get more room; a bar map keeps room for words at both ends. */
function placeColumns(network: MapNetwork, width: number, picture: Picture): Columns {
  const count = network.layers.length
  const crowded = width / count < 130
  let left = crowded ? width / count / 2 : Math.max(62, width * 0.08)
  let right = left
  if (picture === 'bar') {
    const names = network.layers[0]?.names ?? []
    const longest = names.reduce((most, name) => Math.max(most, wordWidth(name, 18)), 0)
    left = Math.min(Math.max(longest + 62, width * 0.145), width * 0.24)
    right = Math.max(Math.min(190, width * 0.3), width * 0.245)
  }
  const share = (weights: number): number => (count > 8 || picture === 'bar' ? 1 : 2 + Math.sqrt(Math.min(weights, 64)))
  const shares = network.gaps.map((gap) => share(gap.ins * gap.outs))
  const total = shares.reduce((sum, part) => sum + part, 0)
  const span = Math.max(1, width - left - right)
  const xs = [left]
  let x = left
  let pitch = Number.POSITIVE_INFINITY
  for (const part of shares) {
    const step = (span * part) / total
    pitch = Math.min(pitch, step)
    x += step
    xs.push(x)
  }
  return { xs, pitch: Number.isFinite(pitch) ? pitch : span, left, right }
}

/** Distance of the rows of a layer: smaller layers spread wider; beside crowded layers they take what room there is. */
function rowStep(units: number, most: number, step: number, largest: number, picture: Picture): number {
  const missing = most < 2 ? 0 : 1 - (units - 1) / (most - 1)
  const spread = step * (1 + (picture === 'bar' ? 1.5 : 1) * missing * missing)
  return most < quietUnits ? spread : Math.max(spread, Math.min(largest, (step * most) / (units + 1)))
}

function districtOf(
  layer: number,
  last: number,
  columns: Columns,
  frame: Frame,
  size: StopSize,
  world: Size,
  picture: Picture,
): District {
  const centre = columns.xs[layer] ?? 0
  const pad = size.strip && columns.pitch < 60 ? 0 : picture === 'bar' ? 39 : 24
  const half = Math.min(size.width / 2 + pad, Math.max(size.width / 2 + 1, columns.pitch * 0.235))
  let x = centre - half
  let right = centre + half
  if (picture === 'bar') {
    if (layer === 0) x = Math.max(8, centre - columns.left + 24)
    if (layer === last) {
      x = centre - Math.min(half, 40)
      right = world.width - 24
    }
    if (layer === 0) right = centre + Math.min(half, 40)
  }
  const y = frame.districtTop
  const sideWidth = layer === 0 ? centre - size.width / 2 - 10 - x : right - centre - size.width / 2 - 28
  return {
    layer,
    x,
    y,
    width: right - x,
    height: world.height - y - frame.districtBottom,
    radius: Math.min(picture === 'bar' ? 22 : 18, half / 1.5),
    centre,
    titled: columns.pitch >= crowdedPitch,
    sideWidth,
  }
}

/** Thickest lines beside stops of full size, and the share of a stop's height that they may take. */
const thickLine: Readonly<Record<Picture, { px: number; share: number }>> = {
  heat: { px: 7.5, share: 0.18 },
  pixels: { px: 5, share: 0.1 },
  bar: { px: 9.4, share: 0.235 },
}

function thickest(picture: Picture, stopHeight: number, portStep: number): number {
  if (portStep > 0) return Math.min(4.5, Math.max(1.6, portStep * 2))
  const { px, share } = thickLine[picture]
  return Math.min(px, Math.max(2, stopHeight * share))
}

/** The lines of a gap before they have widths, between the rims of its two columns. */
export function gapShape(
  network: MapNetwork,
  index: number,
  stops: readonly Stop[],
  open: boolean,
  quiet: boolean,
  picture: Picture,
  rims?: readonly [x0: number, x1: number],
): Gap {
  const { ins, outs, offset } = network.gaps[index] ?? { ins: 0, outs: 0, offset: 0 }
  const firstSource = network.layers[index]?.firstNode ?? 0
  const firstTarget = network.layers[index + 1]?.firstNode ?? 0
  const source = stops[firstSource]
  const target = stops[firstTarget]
  const [x0, x1] = rims ?? [
    source === undefined ? 0 : source.x + source.width / 2,
    target === undefined ? 0 : target.x - target.width / 2,
  ]
  const most = Math.max(ins, outs)
  const smallest = Math.min(source?.height ?? 0, target?.height ?? 0)
  const lines = open ? ins * outs : 0
  const portStep = quiet ? Math.min(2.4, Math.max(1, smallest - 2) / most) : 0
  const widest = picture === 'bar' ? 28 : 30
  return {
    index,
    ins,
    outs,
    offset,
    firstSource,
    firstTarget,
    x0,
    x1,
    lead: Math.min(widest, (x1 - x0) * 0.2),
    open,
    thick: thickest(picture, smallest, portStep),
    portStep,
    startY: new Float32Array(lines),
    endY: new Float32Array(lines),
    widths: new Float32Array(lines),
    bendX: new Float32Array(lines),
    steep: 1,
    positive: 0,
    negative: 0,
  }
}

/** Lays the map out in `size`, the size of the whole map; routes have no widths until `fitRoutes` was called with the parameters. */
export function layoutMap(network: MapNetwork, size: Size, options: LayoutOptions): MapLayout {
  const { picture, numbers = false } = options
  const world = { width: Math.max(1, size.width), height: Math.max(1, size.height) }
  const most = Math.max(1, ...network.layers.map(({ units }) => units))
  const columns = placeColumns(network, world.width, picture)
  const plain = frameOf(picture, world.height, columns.pitch)
  // The names of outputs stand above them: in the longest column they need room below its title.
  const isNamed =
    picture === 'heat' && most > 1 && network.layers.at(-1)?.units === most && columns.pitch >= crowdedPitch
  const frame = isNamed ? { ...plain, firstRow: plain.firstRow + nameRoom } : plain
  const room = world.height - frame.bottom - frame.firstRow - (picture === 'bar' ? 53 : 52)
  const tight = most < 2 ? frame.largestStep : Math.max(0.5, Math.min(frame.largestStep, room / (most - 1)))
  const body = stopSize(picture, tight, columns.pitch, numbers)
  // Strips use the room that labels would have taken.
  const step = body.strip ? Math.max(0.5, (world.height - frame.firstRow - frame.bottom - 12) / most) : tight
  const used = (most - 1) * step
  const middle = body.strip
    ? (frame.firstRow - 8 + world.height - frame.bottom - 8) / 2
    : frame.firstRow + used / 2 + Math.max(0, room - used) / 2
  const stops: Stop[] = []
  const districts: District[] = []
  const last = network.layers.length - 1
  network.layers.forEach(({ units, firstNode }, layer) => {
    const own = rowStep(units, most, step, frame.largestStep, picture)
    const size = most < quietUnits && !body.strip ? body : stopSize(picture, own, columns.pitch, numbers)
    districts.push(districtOf(layer, last, columns, frame, size, world, picture))
    const x = columns.xs[layer] ?? 0
    for (let index = 0; index < units; index++) {
      const y = middle + (index - (units - 1) / 2) * own
      stops.push({
        node: firstNode + index,
        layer,
        index,
        x,
        y,
        width: size.width,
        height: size.height,
        room: own,
        size,
      })
    }
  })
  const inSight = network.weights * Math.min(1, (options.sightWidth ?? world.width) / world.width)
  const gaps = network.gaps.map(({ ins, outs }, index) => {
    const wide = (columns.xs[index + 1] ?? 0) - (columns.xs[index] ?? 0) - columns.pitch * 0.1 - body.width >= 18
    const open =
      wide && ins > 0 && inSight <= bundledWeights && ins * outs <= bundledWeights && Math.max(ins, outs) < bundledUnits
    return gapShape(network, index, stops, open, Math.max(ins, outs) >= quietUnits, picture)
  })
  return { picture, ...world, districts, stops, gaps, labelled: most < quietUnits && !body.strip, largestWeight: 0 }
}
