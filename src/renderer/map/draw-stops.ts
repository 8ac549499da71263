/** Draws the stops, what they compute, and their biases. */
import { planeReach } from '../../core/spec/index.ts'
import { aloneNodes, asideAlpha } from './alone.ts'
import { labelHeat, labelHidden, labelInput, labelOutput } from './draw-labels.ts'
import { writeText } from './draw-text.ts'
import { largestIn } from './largest.ts'
import { quietUnits, type Stop } from './layout.ts'
import type { MapLayer } from './network.ts'
import { type Palette, rampColour } from './palette.ts'
import { placesOfPictures } from './pictures.ts'
import { lineNumber } from './plates.ts'
import { type Scene, valueAt } from './scene.ts'
import { routePlace, stopPlace } from './selection.ts'

/** Magenta stripes over a rectangle that is already the clip. */
function hatch(
  context: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.fillStyle = palette.surface
  context.fillRect(x, y, width, height)
  context.strokeStyle = palette.nan
  context.lineWidth = 2.4
  context.beginPath()
  for (let d = -height; d < width; d += 6) {
    context.moveTo(x + d, y + height)
    context.lineTo(x + d + height, y)
  }
  context.stroke()
}

/** From this width on a heat map has room for the mark of a point. */
const probeRoom = 16
/** From this width on a square has room for the bar of its activation. */
const barRoom = 16

/** Where the point that is tried lies on a heat map. */
function markProbe(
  context: CanvasRenderingContext2D,
  scene: Scene,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  if (scene.probe === null) return
  const [px, py] = scene.probe
  context.beginPath()
  const across = x + ((px + planeReach) / (2 * planeReach)) * width
  const down = y + ((planeReach - py) / (2 * planeReach)) * height
  context.arc(across, down, 3.2, 0, 2 * Math.PI)
  context.fillStyle = scene.palette.surface
  context.strokeStyle = scene.palette.ink
  context.lineWidth = 1.8
  context.fill()
  context.stroke()
}

/** Fills the body of a stop of a heat map: the picture over the plane, or one colour where there is none. */
function fillHeat(context: CanvasRenderingContext2D, scene: Scene, stop: Stop): void {
  const { palette } = scene
  const inset = stop.size.strip ? 0 : 1
  const x = stop.x - stop.width / 2 + inset
  const y = stop.y - stop.height / 2 + inset
  const width = stop.width - 2 * inset
  const height = stop.height - (stop.size.strip ? Math.min(1, stop.height * 0.2) : 2 * inset)
  // Cells of a strip are thousands: a clip for each is slow, and their pictures end where they do.
  if (stop.size.strip && scene.atlas === null) {
    fillCell(context, scene, stop)
    return
  }
  if (stop.size.strip && scene.atlas?.draw(context, stop.node, x, y, width, height) === true) return
  context.save()
  context.beginPath()
  context.roundRect(x, y, width, height, stop.size.strip ? 0 : Math.min(6, width / 6))
  context.clip()
  const drawn = scene.atlas?.draw(context, stop.node, x, y, width, height) ?? null
  if (drawn === null) {
    const activation = valueAt(scene.values.activations, stop.node) ?? 0
    context.fillStyle = rampColour(palette.ramp, activation)
    context.fillRect(x, y, width, height)
  }
  if (drawn === false) hatch(context, palette, x, y, width, height)
  if (drawn !== null && scene.probe !== null && width >= probeRoom) markProbe(context, scene, x, y, width, height)
  context.restore()
}

/** What a stop of a sequence says at each step; empty for others, and where there are too many to be told apart. */
function stepsOf({ network, values }: Scene, { layer, index, width }: Stop): Float32Array {
  const place = network.layers[layer]?.shape?.length === 2 ? placesOfPictures(network)[layer] : null
  if (!place || values.pictures.length === 0 || place.width * 2 > width - 6) return new Float32Array(0)
  const first = place.offset + index * place.width
  return values.pictures.subarray(first, first + place.width)
}

/** A bar a step, from the left to the right. */
function fillSteps(
  context: CanvasRenderingContext2D,
  { palette }: Scene,
  { x, y, width, height }: Stop,
  steps: Float32Array,
  full: number,
): void {
  const pitch = (width - 8) / steps.length
  const most = Math.max(0, height / 2 - 6)
  steps.forEach((value, n) => {
    const length = Number.isFinite(value) ? most * Math.min(1, Math.abs(value) / full) : most
    context.fillStyle = Number.isFinite(value) ? (value < 0 ? palette.negative : palette.positive) : palette.nan
    context.fillRect(x - width / 2 + 4 + n * pitch, value < 0 ? y : y - length, Math.max(1, pitch - 1), length)
  })
  context.strokeStyle = palette.ink
  context.lineWidth = 1.2
  context.beginPath()
  context.moveTo(x - width / 2 + 3, y)
  context.lineTo(x + width / 2 - 3, y)
  context.stroke()
}

/** Up in blue from the middle, down in orange and ruled; full at the largest of the layer, at least at 1. */
function fillBar(context: CanvasRenderingContext2D, scene: Scene, stop: Stop, full: number): void {
  const { palette } = scene
  const activation = valueAt(scene.values.activations, stop.node)
  if (activation === null) return
  const { x, y } = stop
  const steps = stepsOf(scene, stop)
  if (steps.length > 1) {
    fillSteps(context, scene, stop, steps, full)
    return
  }
  if (!Number.isFinite(activation)) {
    context.save()
    context.beginPath()
    context.roundRect(x - stop.width / 2 + 2, y - stop.height / 2 + 2, stop.width - 4, stop.height - 4, stop.width / 2)
    context.clip()
    hatch(context, palette, x - stop.width / 2, y - stop.height / 2, stop.width, stop.height)
    context.restore()
    return
  }
  const half = Math.max(2, stop.width * 0.19)
  const length = Math.max(0, stop.height / 2 - 6) * Math.min(1, Math.abs(activation) / full)
  const top = activation < 0 ? y : y - length
  context.fillStyle = activation < 0 ? palette.negative : palette.positive
  context.beginPath()
  context.roundRect(x - half, top, half * 2, length, 2)
  context.fill()
  context.strokeStyle = palette.stop
  context.lineWidth = 1.2
  context.beginPath()
  for (let ruled = y + 4; activation < 0 && ruled < y + length; ruled += 5) {
    context.moveTo(x - half, ruled)
    context.lineTo(x + half, ruled)
  }
  context.stroke()
  context.strokeStyle = palette.ink
  context.beginPath()
  context.moveTo(x - half - 3, y)
  context.lineTo(x + half + 3, y)
  context.stroke()
}

/** Cells of a strip carry the colour of their activation. */
function fillCell(context: CanvasRenderingContext2D, scene: Scene, stop: Stop): void {
  const activation = valueAt(scene.values.activations, stop.node)
  const height = stop.height - Math.min(1, stop.height * 0.2)
  const { palette } = scene
  context.fillStyle =
    activation === null
      ? palette.line2
      : Number.isFinite(activation)
        ? rampColour(palette.ramp, activation)
        : palette.nan
  context.fillRect(stop.x - stop.width / 2, stop.y - stop.height / 2, stop.width, height)
}

/** A square without a picture: the bar of its activation where there is room for one, else its colour. */
function fillPlain(context: CanvasRenderingContext2D, scene: Scene, stop: Stop, full: number): void {
  if (stop.width >= barRoom) {
    fillBar(context, scene, stop, full)
    return
  }
  const share = (valueAt(scene.values.activations, stop.node) ?? 0) / full
  context.fillStyle = Number.isFinite(share) ? rampColour(scene.palette.ramp, share) : scene.palette.nan
  context.fillRect(stop.x - stop.width / 2 + 1, stop.y - stop.height / 2 + 1, stop.width - 2, stop.height - 2)
}

function drawBody(context: CanvasRenderingContext2D, scene: Scene, stop: Stop, live: boolean, full: number): void {
  const { layout, palette } = scene
  const bar = layout.picture === 'bar'
  if (stop.size.strip) {
    if (bar) fillCell(context, scene, stop)
    else fillHeat(context, scene, stop)
    return
  }
  const rim = bar ? 0 : 2
  context.beginPath()
  context.roundRect(
    stop.x - stop.width / 2 - rim,
    stop.y - stop.height / 2 - rim,
    stop.width + 2 * rim,
    stop.height + 2 * rim,
    bar ? stop.width / 2 : Math.min(9, stop.width / 4),
  )
  context.fillStyle = palette.stop
  context.fill()
  if (!bar && (layout.picture === 'heat' || scene.pictured[stop.layer] === true)) fillHeat(context, scene, stop)
  else if (!bar) fillPlain(context, scene, stop, full)
  else if (full > 0) fillBar(context, scene, stop, full)
  context.strokeStyle = palette.ink
  context.lineWidth = (bar ? 2 : 1.4) + (live ? 1.1 : 0)
  context.beginPath()
  context.roundRect(
    stop.x - stop.width / 2 - rim,
    stop.y - stop.height / 2 - rim,
    stop.width + 2 * rim,
    stop.height + 2 * rim,
    bar ? stop.width / 2 : Math.min(9, stop.width / 4),
  )
  context.stroke()
}

/** The bias: a bar from a centre tick, and its number where there is room. */
function drawBias(
  context: CanvasRenderingContext2D,
  scene: Scene,
  stop: Stop,
  bias: number,
  written: number,
  largest: number,
): void {
  if (!stop.size.biasBar) return
  const { palette } = scene
  const y = stop.y + stop.height / 2 + 7.5
  const span = Math.min(18, stop.width * 0.41 + 1)
  const length = Number.isFinite(bias) ? (span - 1) * (largest > 0 ? Math.abs(bias) / largest : 0) : span
  const line = (x0: number, y0: number, x1: number, y1: number, width: number, colour: string): void => {
    context.strokeStyle = colour
    context.lineWidth = width
    context.beginPath()
    context.moveTo(x0, y0)
    context.lineTo(x1, y1)
    context.stroke()
  }
  line(stop.x - span, y, stop.x + span, y, 1, palette.line2)
  if (bias < 0) context.setLineDash([3, 1.5])
  line(
    stop.x,
    y,
    stop.x + (bias < 0 ? -length : length),
    y,
    4,
    Number.isFinite(bias) ? (bias < 0 ? palette.negative : palette.positive) : palette.nan,
  )
  context.setLineDash([])
  line(stop.x, y - 3, stop.x, y + 3, 1, palette.ink2)
  if (!stop.size.biasNumber || scene.mode === 'quiet') return
  const text = lineNumber(scene.lensOfLines, written, 2)
  const name = scene.lensOfLines === 'gradients' ? '∂b ' : 'b '
  context.font = `500 11px ${palette.font}`
  const width = context.measureText(name + text).width
  const label = writeText(context, palette, name, stop.x - width / 2, y + 14.5, {
    size: 11,
    weight: 500,
    colour: palette.ink3,
    align: 'left',
  })
  writeText(context, palette, text, stop.x - width / 2 + label, y + 14.5, {
    size: 11,
    weight: 500,
    colour: palette.ink2,
    align: 'left',
  })
}

/** Stops that the held or traced lines start from or end at, and a held stop itself. */
function liveNodes(scene: Scene): Set<number> {
  const { network, trace } = scene
  const nodes = new Set<number>()
  const held = routePlace(network, scene.selected)
  for (const { gap, from, to } of held === null ? trace : [...trace, held]) {
    nodes.add((network.layers[gap]?.firstNode ?? 0) + from)
    nodes.add((network.layers[gap + 1]?.firstNode ?? 0) + to)
  }
  const stop = stopPlace(network, scene.selected)
  if (stop !== null) nodes.add((network.layers[stop.layer]?.firstNode ?? 0) + stop.index)
  return nodes
}

/** Largest finite |bias| of the picture. */
function largestBias(scene: Scene): number {
  return scene.network.layers.reduce(
    (largest, { bias }) =>
      bias === null ? largest : Math.max(largest, largestIn(scene.lines, bias.offset, bias.offset + bias.size)),
    0.001,
  )
}

/** Activation of a full bar in a layer; 0 where bars say nothing: at outputs with shares of their own, at words. */
function fullBar({ layout, values }: Scene, { role, firstNode, units, tokens }: MapLayer): number {
  if (layout.picture === 'heat' || tokens !== undefined) return 0
  if (role === 'output') return layout.picture === 'bar' ? 0 : 1
  const own = values.activations.subarray(firstNode, firstNode + units)
  if (role === 'input' && own.every((value) => value === 0 || value === 1)) return 0
  return Math.max(1, largestIn(values.activations, firstNode, firstNode + units))
}

/** Whether a layer's stops may be in sight, with what stands beside them. */
function isInSight({ layout, view, network }: Scene, layer: number): boolean {
  const x = layout.stops[network.layers[layer]?.firstNode ?? 0]?.x ?? 0
  return x >= view.left - 300 && x <= view.left + view.width + 120
}

/** All cells of a strip at once, where they have one colour each. */
const drawStrip = (context: CanvasRenderingContext2D, { strips, atlas, layout }: Scene, layer: number): boolean =>
  atlas === null && strips !== null && strips.draw(context, layout, layer)

/** Nodes that stand out; null where all do. What an operation has not come to yet does not. */
function litNodes({ network, alone, operation }: Scene): ReadonlySet<number> | null {
  if (alone !== null) return aloneNodes(network, alone)
  const next = network.layers[(operation?.layer ?? 0) + 1]
  if (operation?.kind !== 'forward' || next === undefined) return null
  return new Set(Array.from({ length: next.firstNode }, (_, node) => node))
}

/** Draws all stops in sight with their biases and labels. */
export function drawStops(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, view, network } = scene
  const live = liveNodes(scene)
  const largest = largestBias(scene)
  const bar = layout.picture === 'bar'
  const full = network.layers.map((one) => fullBar(scene, one))
  const lit = litNodes(scene)
  context.globalAlpha = lit === null ? 1 : asideAlpha(scene)
  const strips = network.layers.map((_, layer) => isInSight(scene, layer) && drawStrip(context, scene, layer))
  for (const stop of layout.stops) {
    if (stop.x < view.left - 300 || stop.x > view.left + view.width + 120) continue
    if (stop.y < view.top - 80 || stop.y > view.top + view.height + 80) continue
    const layer = network.layers[stop.layer]
    const inStrip = strips[stop.layer] === true && lit?.has(stop.node) !== true
    if (layer === undefined || (inStrip && !bar)) continue
    const offset = layer.bias?.offset
    const bias = offset === undefined ? null : valueAt(scene.lines, offset + stop.index)
    const isLive = live.has(stop.node)
    const written = offset === undefined ? null : valueAt(scene.written, offset + stop.index)
    const parameter = offset === undefined ? null : valueAt(scene.read.parameters, offset + stop.index)
    context.globalAlpha = lit === null || lit.has(stop.node) ? 1 : asideAlpha(scene)
    if (!inStrip) drawBody(context, scene, stop, isLive, full[stop.layer] ?? 0)
    if (layout.picture === 'pixels' && layer.role === 'output') labelOutput(context, scene, stop, layer, parameter)
    else if (!bar) {
      labelHeat(context, scene, stop, layer)
      if (bias !== null) drawBias(context, scene, stop, bias, written ?? bias, largest)
    } else if (layer.role === 'input') labelInput(context, scene, stop)
    else if (layer.role === 'output') labelOutput(context, scene, stop, layer, parameter)
    else if (layer.units < quietUnits || isLive) labelHidden(context, scene, stop, layer, parameter, isLive)
  }
  context.globalAlpha = 1
}
