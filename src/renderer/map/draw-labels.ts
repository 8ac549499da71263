/** Draws what stands beside the stops: names, values, probabilities. */
import { fixed, percent, signed } from '../i18n/format.ts'
import { classMarks } from './classes.ts'
import { writeParts, writeText } from './draw-text.ts'
import type { Stop } from './layout.ts'
import type { MapLayer } from './network.ts'
import type { Palette } from './palette.ts'
import { type Scene, valueAt } from './scene.ts'
import { stopHeading, stopName, stopValues, subscript, tokenAt } from './words.ts'

/** Distance of rows from which a mark finds room. */
const markRoom = 14

/** Names at the ends of a heat map. */
export function labelHeat(context: CanvasRenderingContext2D, scene: Scene, stop: Stop, layer: MapLayer): void {
  const { palette, network } = scene
  const style = { size: 12, weight: 600, colour: palette.ink2, room: Math.max(60, stop.width + 40) }
  if (layer.role === 'input' && stop.room >= stop.height + 24) {
    writeText(
      context,
      palette,
      stopName(network, stop.layer, stop.index, scene.captions, scene.t),
      stop.x,
      stop.y + stop.height / 2 + 18,
      style,
    )
  }
  if (layer.role !== 'output') return
  const mark = classMarks[network.classes[stop.index] ?? -1]
  if (stop.room >= stop.height + stop.size.below + 24) {
    const name = stopName(network, stop.layer, stop.index, scene.captions, scene.t)
    const marked = mark === undefined ? name : `${name} ${mark}`
    writeText(context, palette, marked, stop.x, stop.y - stop.height / 2 - 8, style)
  } else if (mark !== undefined && stop.room >= markRoom) {
    // Where names find no room, a class still has its mark beside it.
    writeText(context, palette, mark, stop.x + stop.width / 2 + 10, stop.y + 4, style)
  }
}

/** Name and numbers of a hidden stop of a bar map. */
export function labelHidden(
  context: CanvasRenderingContext2D,
  scene: Scene,
  stop: Stop,
  layer: MapLayer,
  bias: number | null,
  live: boolean,
): void {
  const { palette, network, captions } = scene
  if (stop.size.above === 0) return
  const quiet = scene.mode === 'quiet'
  const activation = quiet ? null : valueAt(scene.read.activations, stop.node)
  const heading = stopHeading(network, stop.layer, stop.index, captions, activation, scene.t)
  writeText(context, palette, heading, stop.x, stop.y - stop.height / 2 - 8, {
    size: 12,
    weight: live ? 680 : 560,
    colour: palette.ink,
  })
  if (stop.size.below === 0 || quiet) return
  const values = stopValues(layer, captions, activation, null, bias)
  writeParts(context, palette, values, stop.x, stop.y + stop.height / 2 + 16, {
    size: 11,
    weight: 500,
    colour: palette.ink2,
    dimColour: palette.ink3,
    align: 'center',
  })
}

/** Name and state of an input of a bar map, to its left. */
export function labelInput(context: CanvasRenderingContext2D, scene: Scene, stop: Stop): void {
  const { palette, network, captions, t } = scene
  const x = stop.x - stop.width / 2 - 12
  const room = (scene.layout.districts[0]?.sideWidth ?? 60) - 4
  const tall = stop.room >= 44
  if (stop.room < 15) return
  const layer = network.layers[0]
  const value = valueAt(scene.values.activations, stop.node)
  const isToken = layer?.tokens !== undefined
  const place = stopName(network, 0, stop.index, captions, t)
  const name = isToken ? tokenAt(layer, value ?? undefined, t) : place
  writeText(context, palette, name, x, stop.y + (tall ? 2 : 5), {
    size: tall ? 18 : 13,
    weight: 650,
    colour: palette.ink,
    align: 'right',
    room,
    leastSize: 11,
  })
  if (!tall || value === null || scene.mode === 'quiet') return
  const binary = value === 0 || value === 1
  const state = isToken
    ? place
    : captions === 'map' && binary
      ? t(value === 1 ? 'map.boarded' : 'map.notBoarded')
      : `${captions === 'maths' ? `x${subscript(stop.index + 1)} = ` : ''}${fixed(value, binary ? 0 : 2)}`
  writeText(context, palette, state, x, stop.y + 20, {
    size: 11,
    weight: 500,
    colour: palette.ink3,
    align: 'right',
    room,
  })
}

/** Name, probability with its bar (and the tick of before), sum and bias at an output; a value where it is no class. */
export function labelOutput(
  context: CanvasRenderingContext2D,
  scene: Scene,
  stop: Stop,
  layer: MapLayer,
  bias: number | null,
): void {
  const { palette, network, captions } = scene
  if (stop.room < 15) return
  const on = stop.index === scene.destination
  const x = stop.x + stop.width / 2 + 12
  const width = Math.max(20, scene.layout.districts[stop.layer]?.sideWidth ?? 80)
  const tall = stop.room >= 54
  const value = valueAt(scene.values.activations, stop.node)
  const classes = network.task === 'classes'
  const baseline = stop.y + (tall ? -7 : 4.5)
  const text = value === null || scene.mode === 'quiet' ? '' : classes ? `${percent(value)} %` : signed(value, 3)
  const number = { size: on && tall ? 15 : 13, weight: on ? 680 : 500, colour: palette.ink, align: 'right' as const }
  const taken = writeText(context, palette, text, x + width, baseline, number)
  const name = stopName(network, stop.layer, stop.index, captions, scene.t)
  const style = {
    size: tall ? (on ? 18 : 15) : 13,
    weight: on ? 700 : 560,
    colour: palette.ink,
    align: 'left' as const,
    room: width - taken - 8,
    leastSize: 11,
  }
  writeText(context, palette, name, x, baseline, style)
  if (!tall) return
  if (classes) drawShare(context, palette, x, stop.y + 2, width, value ?? 0, scene.before[stop.index])
  if (scene.mode === 'quiet') return
  const values = stopValues(layer, captions, null, valueAt(scene.read.sums, stop.node), bias)
  writeParts(context, palette, values, x, stop.y + (classes ? 27 : 14), {
    size: 11,
    weight: 500,
    colour: palette.ink3,
    dimColour: palette.ink3,
    align: 'left',
  })
}

function drawShare(
  context: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  y: number,
  width: number,
  share: number,
  before: number | undefined,
): void {
  const fill = (length: number, colour: string): void => {
    context.fillStyle = colour
    context.beginPath()
    context.roundRect(x, y, length, 8, Math.min(4, length / 2))
    context.fill()
  }
  fill(width, palette.press)
  if (Number.isFinite(share)) fill(width * Math.max(0, Math.min(1, share)), palette.ink)
  if (before === undefined) return
  context.fillStyle = palette.surface
  context.fillRect(x + width * before - 2, y - 3, 4, 14)
  context.fillStyle = palette.ink3
  context.fillRect(x + width * before - 0.75, y - 3, 1.5, 14)
}
