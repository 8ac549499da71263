/** One stop looked at alone: which it is, what it gets, and what is drawn of all that. */
import { fixed, signed } from '../i18n/format.ts'
import { writeText } from './draw-text.ts'
import type { Stop } from './layout.ts'
import type { MapNetwork } from './network.ts'
import { type Scene, valueAt } from './scene.ts'
import { routePlace, type Selection, type StopPlace, stopPlace } from './selection.ts'

/** How much shows of what is not looked at. */
export const asideAlpha = ({ palette }: Pick<Scene, 'palette'>): number => palette.ghost * 0.55

/** The stop that is meant: of a line the one that it leads to; where nothing is meant, the first of the output. */
export function aloneStop(network: MapNetwork, selections: readonly (Selection | null)[]): StopPlace {
  for (const selection of selections) {
    const route = routePlace(network, selection)
    const place = route === null ? stopPlace(network, selection) : { layer: route.gap + 1, index: route.to }
    if (place !== null) return place
  }
  return { layer: network.layers.length - 1, index: 0 }
}

/** The lines that a stop gets something from, an input those that leave it: a gap and the places in it. */
export function aloneLines(
  network: MapNetwork,
  { layer, index }: StopPlace,
): { readonly gap: number; readonly lines: readonly number[] } {
  const gap = Math.max(0, layer - 1)
  const { ins = 0, outs = 0 } = network.gaps[gap] ?? {}
  const count = layer === 0 ? (ins === 0 ? 0 : outs) : ins
  return { gap, lines: Array.from({ length: count }, (_, n) => (layer === 0 ? n * ins + index : index * ins + n)) }
}

/** Nodes that stand out: the stop and what its lines join it with; with no lines, its neighbour in the same row. */
export function aloneNodes(network: MapNetwork, place: StopPlace): Set<number> {
  const first = (layer: number): number => network.layers[layer]?.firstNode ?? 0
  const { gap, lines } = aloneLines(network, place)
  const nodes = new Set([first(place.layer) + place.index])
  const { ins = 1 } = network.gaps[gap] ?? {}
  for (const k of lines) nodes.add(place.layer === 0 ? first(1) + Math.floor(k / ins) : first(gap) + (k % ins))
  const before = network.layers[place.layer - 1]
  if (lines.length === 0 && before !== undefined && place.index < before.units)
    nodes.add(before.firstNode + place.index)
  return nodes
}

/** A number on a small plate; `x` is its left or its right edge or its middle. */
export function drawTag(
  context: CanvasRenderingContext2D,
  scene: Scene,
  text: string,
  x: number,
  y: number,
  side: 'left' | 'right' | 'centre',
): void {
  const { palette, layout } = scene
  context.font = `640 11px ${palette.font}`
  const width = context.measureText(text).width + 10
  const share = { left: 0, right: 1, centre: 0.5 }[side]
  const left = Math.max(2, Math.min(layout.width - width - 2, x - width * share))
  context.beginPath()
  context.roundRect(left, y - 9, width, 18, 4)
  context.fillStyle = palette.surface
  context.fill()
  context.strokeStyle = palette.line2
  context.lineWidth = 1
  context.stroke()
  writeText(context, palette, text, left + 5, y + 4, { size: 11, weight: 640, colour: palette.ink, align: 'left' })
}

/** Least room of a row for a number beside its stop. */
export const tagRoom = 20

/** Writes what a stop gives beside it. */
export function tagValue(context: CanvasRenderingContext2D, scene: Scene, stop: Stop): void {
  const value = valueAt(scene.read.activations, stop.node)
  if (value === null || stop.room < tagRoom) return
  drawTag(context, scene, fixed(value, 2), stop.x - stop.width / 2 - 6, stop.y, 'right')
}

/** Writes a stop's sum and what it makes of it beside it. */
export function tagResult(context: CanvasRenderingContext2D, scene: Scene, stop: Stop): void {
  const value = valueAt(scene.read.activations, stop.node)
  const sum = valueAt(scene.read.sums, stop.node)
  if (value === null) return
  if (stop.layer === 0 || sum === null)
    drawTag(context, scene, fixed(value, 2), stop.x - stop.width / 2 - 6, stop.y, 'right')
  else if (stop.layer === scene.network.layers.length - 1) {
    const y = stop.y + stop.height / 2 + stop.size.below + 10
    drawTag(context, scene, `Σ ${signed(sum, 2)} → ${fixed(value, 2)}`, stop.x, y, 'centre')
  } else {
    const x = stop.x + stop.width / 2 + 8
    drawTag(context, scene, `Σ ${signed(sum, 2)}`, x, stop.y - 10, 'left')
    drawTag(context, scene, `→ ${fixed(value, 2)}`, x, stop.y + 10, 'left')
  }
}

/** Writes the values that reach the stop beside their stops, and beside itself its sum and what it makes of it. */
export function drawAlone(context: CanvasRenderingContext2D, scene: Scene): void {
  const { network, layout, alone } = scene
  if (alone === null || layout.picture === 'bar') return
  const own = (network.layers[alone.layer]?.firstNode ?? 0) + alone.index
  for (const node of aloneNodes(network, alone)) {
    const stop = layout.stops[node]
    if (stop === undefined) continue
    if (node === own) tagResult(context, scene, stop)
    else tagValue(context, scene, stop)
  }
}
