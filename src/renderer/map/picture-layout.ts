/**
 * The geometry of maps whose stops show pictures: as large as the room allows, in several columns a layer where that makes
 * them larger. Neighbouring columns are shifted against each other, so that lines reach the ones behind between pictures.
 */
import type { MapStops } from '../../shared/protocol.ts'
import {
  bundledUnits,
  bundledWeights,
  type District,
  gapShape,
  type MapLayout,
  quietUnits,
  type Size,
  type Stop,
} from './layout.ts'
import type { MapNetwork } from './network.ts'
import { tilePixels, tileShape } from './pictures.ts'
import type { StopSize } from './stop-size.ts'

/** Room above the first row for titles, and below the last one. */
const top = 62
const bottom = 30
/** At the right for names and probabilities of classes. */
const outputRoom = 112
const margin = 16
/** Between two pictures of a layer, and around them on their ground. */
const between = 7
const padding = 11
/** Least room for lines between two grounds. */
const leastGap = 30
/** Room of a bias below its stop. */
const biasRoom = 12
/** A stop without a picture is a small square. */
const plainSide = 30
/** Smaller pictures than this are no pictures: cells of a strip. */
const leastSide = 9

/** How far pictures may grow and how many columns a layer may have, tried from the left on. */
const tries: readonly { readonly side: number; readonly columns: number }[] = [
  { side: 112, columns: 3 },
  { side: 96, columns: 3 },
  { side: 80, columns: 3 },
  { side: 64, columns: 3 },
  { side: 64, columns: 2 },
  { side: 52, columns: 2 },
  { side: 44, columns: 2 },
  { side: 44, columns: 1 },
  { side: 30, columns: 1 },
  { side: 18, columns: 1 },
]
/** A picture of this side is seen well: no more columns are taken to make it larger. */
const wellSeen = 60
/** Five px for each pixel of a digit. */
const largestInput = 140

/** What stops show that read a picture; how wide the part in sight is, where that is not the whole map. */
export interface PictureOptions {
  readonly shown: MapStops
  readonly sightWidth?: number
}

interface Block {
  readonly units: number
  /** Distance of neighbouring stops, in whichever column. */
  readonly step: number
  readonly columns: number
  readonly width: number
  readonly height: number
  readonly hasBias: boolean
}

function blockOf(
  network: MapNetwork,
  layer: number,
  room: number,
  limit: { readonly side: number; readonly columns: number },
  shown: MapStops,
): Block {
  const { units = 1, bias = null, role } = network.layers[layer] ?? {}
  const shape = tileShape(network, layer, shown)
  const pixels = shape === null ? { height: 1, width: 1 } : tilePixels(shape)
  // The lone picture of an input may be larger than the many that are made of it.
  const most = shape === null ? plainSide : role === 'input' ? Math.min(largestInput, limit.side * 1.6) : limit.side
  // The first and the last stop of a column keep within the room.
  const stepOf = (columns: number): number =>
    Math.min(room / (units - 1 + columns), (most + between + biasRoom) / Math.min(columns, 2))
  const fitting = (columns: number): number => Math.min(most, stepOf(columns) * columns - between)
  let columns = 1
  while (columns < limit.columns && columns < units && fitting(columns) < Math.min(most, wellSeen)) columns++
  const step = stepOf(columns)
  const free = fitting(columns)
  const hasBias = bias !== null && free - biasRoom >= plainSide
  const side = Math.max(0.5, hasBias ? Math.min(most, step * columns - between - biasRoom) : free)
  const scale = side / Math.max(pixels.height, pixels.width)
  return { units, step, columns, width: pixels.width * scale, height: pixels.height * scale, hasBias }
}

const blockWidth = ({ columns, width }: Block): number => columns * width + (columns - 1) * between

/** The first try that leaves room for lines. */
function blocksOf(network: MapNetwork, size: Size, shown: MapStops): { blocks: Block[]; gap: number } {
  const room = Math.max(1, size.height - top - bottom)
  let found: { blocks: Block[]; gap: number } = { blocks: [], gap: 0 }
  for (const limit of tries) {
    const blocks = network.layers.map((_, layer) => blockOf(network, layer, room, limit, shown))
    const taken = blocks.reduce((sum, block) => sum + blockWidth(block) + 2 * padding, 0)
    const gap = (size.width - 2 * margin - outputRoom - taken) / Math.max(1, blocks.length - 1)
    found = { blocks, gap }
    if (gap >= leastGap) break
  }
  return { ...found, gap: Math.max(4, Math.min(found.gap, 260)) }
}

function stopSizeOf({ width, height, hasBias, step, columns }: Block): StopSize {
  const strip = Math.max(width, height) < leastSide
  return {
    width: strip ? Math.max(2, width) : width,
    height: strip ? Math.max(0.5, step * columns) : height,
    above: 0,
    below: hasBias ? biasRoom : 0,
    biasBar: hasBias,
    biasNumber: false,
    strip,
  }
}

/** Lays out a map of pictures; widths of lines come with the numbers (`fitRoutes`). */
export function layoutPictures(network: MapNetwork, size: Size, options: PictureOptions): MapLayout {
  const world = { width: Math.max(1, size.width), height: Math.max(1, size.height) }
  const { blocks, gap: room } = blocksOf(network, world, options.shown)
  const last = blocks.length - 1
  const taken = blocks.reduce((sum, block) => sum + blockWidth(block) + 2 * padding + room, -room)
  let left = margin + Math.max(0, (world.width - 2 * margin - outputRoom - taken) / 2)
  const middle = top + (world.height - top - bottom) / 2
  const stops: Stop[] = []
  const districts: District[] = []
  blocks.forEach((block, layer) => {
    const { units, step, columns, width } = block
    const size = stopSizeOf(block)
    const across = blockWidth(block)
    const ground = across + 2 * padding + (layer === last ? outputRoom : 0)
    const centre = left + padding + across / 2
    districts.push({
      layer,
      x: left,
      y: 10,
      width: ground,
      height: world.height - 22,
      radius: Math.min(18, ground / 3),
      centre,
      titled: true,
      sideWidth: layer === last ? outputRoom - 12 : padding,
    })
    const firstNode = network.layers[layer]?.firstNode ?? 0
    for (let index = 0; index < units; index++) {
      const x = centre + ((index % columns) - (columns - 1) / 2) * (width + between)
      const y = middle + (index - (units - 1) / 2) * step
      const room = step * columns
      stops.push({ node: firstNode + index, layer, index, x, y, width: size.width, height: size.height, room, size })
    }
    left += ground + room
  })
  const rim = (layer: number, side: 1 | -1): number =>
    (districts[layer]?.centre ?? 0) + (side * blockWidth(blocks[layer] ?? blocks[0] ?? emptyBlock)) / 2
  const inSight = network.weights * Math.min(1, (options.sightWidth ?? world.width) / world.width)
  const gaps = network.gaps.map(({ ins, outs }, index) => {
    const most = Math.max(ins, outs)
    const open = ins > 0 && inSight <= bundledWeights && ins * outs <= bundledWeights && most < bundledUnits
    const rims = [rim(index, 1), rim(index + 1, -1)] as const
    return gapShape(network, index, stops, open, most >= quietUnits, 'pixels', rims)
  })
  const labelled = blocks.every(({ units }) => units < quietUnits)
  return { picture: 'pixels', ...world, districts, stops, gaps, labelled, largestWeight: 0 }
}

const emptyBlock: Block = { units: 0, step: 0, columns: 1, width: 0, height: 0, hasBias: false }
