/** Which lines wear a plate in this picture, and how a plate looks. */
import { fixed } from '../i18n/format.ts'
import { aloneLines } from './alone.ts'
import { movedText } from './draw-operation.ts'
import { writeText } from './draw-text.ts'
import {
  type Box,
  largestOfGaps,
  lineNumber,
  numberCandidates,
  type Plate,
  type PlatePlaces,
  type PlateWish,
  placePlates,
  plateCandidates,
  plateNumber,
  signOf,
} from './plates.ts'
import type { Scene } from './scene.ts'
import { type RoutePlace, routePlace } from './selection.ts'

/** What numbers the lines in this picture; empty where the frame has nothing that does. */
export const plateSource = ({ captions, lens, read }: Pick<Scene, 'captions' | 'lens' | 'read'>): Float32Array =>
  captions === 'map' && lens === 'weight' ? read.parameters : read.contributions

/** The text of a line's plate: its bus number in the map caption, its value elsewhere and where numbers are asked for. */
function plateText(scene: Scene, gap: number, k: number, largest: readonly number[], digits: number): string {
  const position = (scene.layout.gaps[gap]?.offset ?? 0) + k
  const value = scene.written[position] ?? 0
  if (!Number.isFinite(value)) return 'NaN'
  const before = scene.operation?.kind === 'update' ? scene.read.before[position] : undefined
  if (before !== undefined) return movedText(before, value)
  const source = plateSource(scene)
  if (scene.captions === 'maths' || source.length === 0 || scene.mode !== 'plain')
    return lineNumber(scene.lensOfLines, value, digits)
  return fixed(plateNumber(source[position] ?? 0, largest[gap] ?? 0), 0)
}

/** How far the number of an operation reaches to either side of its stop. */
const tagReach = 112

/** Stops and their labels, over which no plate may stand. */
function blockedBoxes(scene: Scene): Box[] {
  const { left, width: across } = scene.view
  return scene.layout.stops.flatMap(({ x, y, width, height, size, layer }) => {
    if (x < left - 100 || x > left + across + 100) return []
    const tagBoxes =
      layer === scene.operation?.layer ? [{ x: x - tagReach, y: y - 11, width: 2 * tagReach, height: 22 }] : []
    const body = { x: x - width / 2 - 4, y: y - height / 2 - 4, width: width + 8, height: height + 8 }
    if (size.above === 0 && size.below === 0) return [body, ...tagBoxes]
    const words = { x: x - 42, y: y - height / 2 - size.above, width: 84, height: height + size.above + size.below }
    return [body, words, ...tagBoxes]
  })
}

/** A traced line wears a plate where its gap is in sight and wider than one. */
const plateGap = 64
function hasRoom({ layout, view }: Scene, gap: number): boolean {
  const { x0 = 0, x1 = 0 } = layout.gaps[gap] ?? {}
  return x1 - x0 >= plateGap && x1 >= view.left && x0 <= view.left + view.width
}

/** The wishes in the order in which they are served: held, traced, pointed at, then the strongest of each gap. */
function wishesOf(scene: Scene): PlateWish[] {
  const { network, layout, read } = scene
  const source = plateSource(scene)
  const hasNumbers = source.length > 0
  const largest = hasNumbers ? largestOfGaps(network, source) : []
  const wish = (gap: number, k: number, strong: boolean): PlateWish => {
    const value = scene.written[(layout.gaps[gap]?.offset ?? 0) + k] ?? 0
    const digits = strong && layout.picture === 'heat' ? 3 : 2
    return { gap, k, text: plateText(scene, gap, k, largest, digits), sign: signOf(value), strong }
  }
  const ofPlace = (place: RoutePlace | null): PlateWish[] =>
    place === null ? [] : [wish(place.gap, place.to * (layout.gaps[place.gap]?.ins ?? 0) + place.from, true)]
  const wishes = [
    ...ofPlace(routePlace(network, scene.selected)),
    ...scene.trace.filter(({ gap }) => hasRoom(scene, gap)).flatMap(ofPlace),
    ...ofPlace(routePlace(network, scene.hovered)),
  ]
  if (scene.alone !== null) {
    const { gap, lines } = aloneLines(network, scene.alone)
    return [...wishes, ...byStrength(scene, gap, lines).map((k) => wish(gap, k, false))]
  }
  const { left, width } = scene.view
  const { operation } = scene
  // An operation has its own lines alone tell their numbers.
  const inSight = layout.gaps.filter(
    ({ index, x0, x1 }) => x1 >= left && x0 <= left + width && (operation === null || operation.gap === index),
  )
  if (scene.mode === 'numbers') {
    const numbers = inSight.map((gap) => numberCandidates(gap, scene.written).map((k) => wish(gap.index, k, false)))
    return [...wishes, ...numbers.flat()]
  }
  const automatic = layout.labelled && (layout.picture === 'bar' || (scene.captions === 'map' && hasNumbers))
  if (!automatic) return wishes
  for (const gap of inSight) {
    const held = new Set(wishes.flatMap((other) => (other.gap === gap.index ? [other.k] : [])))
    const rank = (k: number): number =>
      hasNumbers ? (source[gap.offset + k] ?? 0) : Math.abs(read.parameters[gap.offset + k] ?? 0)
    for (const k of plateCandidates(layout, gap.index, rank, held)) wishes.push(wish(gap.index, k, false))
  }
  return wishes
}

/** Lines of a gap, the strongest first. */
function byStrength(scene: Scene, gap: number, lines: readonly number[]): number[] {
  const offset = scene.layout.gaps[gap]?.offset ?? 0
  const sizeOf = (k: number): number => Math.abs(scene.written[offset + k] ?? 0)
  return [...lines].sort((a, b) => sizeOf(b) - sizeOf(a))
}

/** Chooses and places the plates of a picture; `places` keeps where each stood, so that it stays there if it can. */
export function choosePlates(scene: Scene, places: PlatePlaces = new Map()): Plate[] {
  if (scene.written.length === 0 || scene.mode === 'quiet') return []
  const wishes = wishesOf(scene)
  return wishes.length === 0 ? [] : placePlates(scene.network, scene.layout, wishes, blockedBoxes(scene), places)
}

/** Draws the plates: filled where held or traced, outlined elsewhere. */
export function drawPlates(context: CanvasRenderingContext2D, scene: Scene): void {
  const { palette } = scene
  for (const { x, y, width, height, text, sign, strong } of scene.plates) {
    const colour = { positive: palette.positive, negative: palette.negative, none: palette.nan }[sign]
    const box = (grow: number, radius: number): void => {
      context.beginPath()
      context.roundRect(x - width / 2 - grow, y - height / 2 - grow, width + 2 * grow, height + 2 * grow, radius)
    }
    if (strong) {
      box(2, 6)
      context.fillStyle = palette.land
      context.fill()
      box(0, 4)
      context.fillStyle = colour
      context.fill()
      writeText(context, palette, text, x, y + 4.5, { size: 13, weight: 700, colour: palette.onSign })
      continue
    }
    box(0, 3)
    context.fillStyle = palette.land
    context.fill()
    context.strokeStyle = colour
    context.lineWidth = 1.2
    context.stroke()
    writeText(context, palette, text, x, y + 4, { size: 11, weight: 640, colour })
  }
}
