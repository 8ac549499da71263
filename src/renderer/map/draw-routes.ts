/** Draws the lines: one by one with a casing in small maps, in batches by width in large ones. */
import { aloneLines, asideAlpha } from './alone.ts'
import { setDash } from './dash.ts'
import { drawBundle, drawPassing, widestBand } from './draw-bundles.ts'
import { frozenBit, offBit } from './holds.ts'
import type { Gap } from './layout.ts'
import { emptyPath, type RoutePath, routePath } from './routes.ts'
import type { Scene } from './scene.ts'
import { type RoutePlace, routePlace, type Selection, sameSelection, stopPlace } from './selection.ts'

/** Up to this many lines in sight each has its casing; beyond, lines of like width are drawn in one stroke. */
const casedLines = 420
/** Widths are drawn in this many steps when batched, and sorted in as many when not. */
const widthClasses = 24
const bendRadius = 9

const path = emptyPath()

/** Adds a line to the context's current path. */
export function traceRoute(context: CanvasRenderingContext2D, route: RoutePath): void {
  const { x0, startY, bendX, landX, endY, x1 } = route
  const dy = endY - startY
  context.moveTo(x0, startY)
  if (Math.abs(dy) < 0.6) {
    context.lineTo(x1, endY)
    return
  }
  const run = landX - bendX
  const length = Math.hypot(run, dy)
  const radius = Math.min(bendRadius, length / 2, Math.max(0, bendX - x0), Math.max(0, x1 - landX))
  const ux = (run / length) * radius
  const uy = (dy / length) * radius
  context.lineTo(bendX - radius, startY)
  context.quadraticCurveTo(bendX, startY, bendX + ux, startY + uy)
  context.lineTo(landX - ux, endY - uy)
  context.quadraticCurveTo(landX, endY, landX + radius, endY)
  context.lineTo(x1, endY)
}

/** Strokes the path that is current as the line of a value. */
function strokeValue(context: CanvasRenderingContext2D, scene: Scene, value: number, width: number): void {
  const { palette } = scene
  context.lineWidth = width
  if (Number.isFinite(value)) {
    context.strokeStyle = value < 0 ? palette.negative : palette.positive
    setDash(context, value < 0, width)
  } else {
    context.strokeStyle = palette.nan
    context.setLineDash([2, 4])
  }
  context.stroke()
  setDash(context, false, 1)
}

/** Dots in grey, whatever the number was. */
function strokeOff(context: CanvasRenderingContext2D, scene: Scene): void {
  context.strokeStyle = scene.palette.ink3
  context.lineWidth = 1.5
  context.setLineDash([1.5, 4])
  context.stroke()
  setDash(context, false, 1)
}

/** Like `strokeValue` for parameter `place`: with an ink core where it is frozen, dotted where it is off. */
function strokeCurrent(context: CanvasRenderingContext2D, scene: Scene, place: number, width: number): void {
  const marks = scene.holds.parameters[place] ?? 0
  if ((marks & offBit) !== 0) {
    strokeOff(context, scene)
    return
  }
  strokeValue(context, scene, scene.lines[place] ?? 0, width)
  if ((marks & frozenBit) === 0) return
  context.strokeStyle = scene.palette.ink
  context.lineWidth = Math.max(0.9, width * 0.3)
  context.stroke()
}

/** A line lifted by a casing: in ground colour, or with an ink outline where it is held or traced. */
function strokeRoute(
  context: CanvasRenderingContext2D,
  scene: Scene,
  gap: Gap,
  k: number,
  outline: string | null,
): void {
  routePath(scene.layout, gap, k, path)
  context.beginPath()
  traceRoute(context, path)
  if (outline !== null) {
    context.strokeStyle = outline
    context.lineWidth = path.width + 6
    context.stroke()
  }
  context.strokeStyle = scene.palette.land
  context.lineWidth = path.width + (outline === null ? 2.6 : 3)
  context.stroke()
  strokeCurrent(context, scene, gap.offset + k, path.width)
}

const counts = new Uint32Array(widthClasses + 1)
let order = new Uint32Array(0)

/** Sorts the lines of a gap into classes of width, the thinnest first; `order` then holds them, `counts` their ends. */
function sortByWidth(gap: Gap): number {
  const lines = gap.ins * gap.outs
  if (order.length < lines) order = new Uint32Array(lines)
  let widest = 1e-6
  for (let k = 0; k < lines; k++) widest = Math.max(widest, gap.widths[k] ?? 0)
  counts.fill(0)
  const classOf = (k: number): number =>
    Math.min(widthClasses - 1, Math.floor(((gap.widths[k] ?? 0) / widest) * widthClasses))
  for (let k = 0; k < lines; k++) counts[classOf(k) + 1] = (counts[classOf(k) + 1] ?? 0) + 1
  for (let c = 0; c < widthClasses; c++) counts[c + 1] = (counts[c + 1] ?? 0) + (counts[c] ?? 0)
  for (let k = 0; k < lines; k++) {
    const c = classOf(k)
    const at = counts[c] ?? 0
    order[at] = k
    counts[c] = at + 1
  }
  return lines
}

/** Strokes the sorted lines between `left` and `right`, with or without casings. */
function strokeBetween(
  context: CanvasRenderingContext2D,
  scene: Scene,
  gap: Gap,
  left: number,
  right: number,
  cased: boolean,
): void {
  if (right <= left) return
  context.save()
  context.beginPath()
  context.rect(left, scene.view.top, right - left, scene.view.height)
  context.clip()
  for (let n = 0; n < gap.ins * gap.outs; n++) {
    const k = order[n] ?? 0
    routePath(scene.layout, gap, k, path)
    context.beginPath()
    traceRoute(context, path)
    if (cased) {
      context.strokeStyle = scene.palette.land
      context.lineWidth = path.width + 2.6
      context.stroke()
    }
    strokeCurrent(context, scene, gap.offset + k, path.width)
  }
  context.restore()
}

/** The thinnest first; casings do not cut into the districts on either side. */
function drawCased(context: CanvasRenderingContext2D, scene: Scene, gap: Gap): void {
  sortByWidth(gap)
  const from = scene.layout.districts[gap.index]
  // On whole device pixels, so that no seam shows.
  const { ratio } = scene.view
  const whole = (x: number): number => Math.round((x - scene.view.left) * ratio) / ratio + scene.view.left
  const left = whole(from === undefined ? gap.x0 : from.x + from.width)
  const right = whole(scene.layout.districts[gap.index + 1]?.x ?? gap.x1)
  const to = scene.layout.districts[gap.index + 1]
  strokeBetween(context, scene, gap, from?.x ?? gap.x0, left, false)
  strokeBetween(context, scene, gap, left, right, true)
  strokeBetween(context, scene, gap, right, to === undefined ? gap.x1 : to.x + to.width, false)
}

/** One stroke for each class of width and sign. */
function drawBatched(context: CanvasRenderingContext2D, scene: Scene, gap: Gap): void {
  const lines = sortByWidth(gap)
  let start = 0
  for (let c = 0; c < widthClasses; c++) {
    const end = c === widthClasses - 1 ? lines : (counts[c] ?? 0)
    if (end > start) for (const sign of [1, -1, Number.NaN]) drawClass(context, scene, gap, start, end, sign)
    start = Math.max(start, end)
  }
  if (scene.holds.parameters.length > 0) drawHeld(context, scene, gap)
}

/** What of many lines is frozen or off, over the batches. */
function drawHeld(context: CanvasRenderingContext2D, scene: Scene, gap: Gap): void {
  for (let k = 0; k < gap.ins * gap.outs; k++) {
    if ((scene.holds.parameters[gap.offset + k] ?? 0) === 0) continue
    routePath(scene.layout, gap, k, path)
    context.beginPath()
    traceRoute(context, path)
    strokeCurrent(context, scene, gap.offset + k, path.width)
  }
}

function drawClass(
  context: CanvasRenderingContext2D,
  scene: Scene,
  gap: Gap,
  start: number,
  end: number,
  sign: number,
): void {
  let width = 0
  context.beginPath()
  for (let n = start; n < end; n++) {
    const k = order[n] ?? 0
    const weight = scene.lines[gap.offset + k] ?? 0
    const own = Number.isFinite(weight) ? (weight < 0 ? -1 : 1) : Number.NaN
    if (!Object.is(own, sign)) continue
    routePath(scene.layout, gap, k, path)
    traceRoute(context, path)
    width = path.width
  }
  if (width > 0) strokeValue(context, scene, sign, width)
}

/** The lines of one stop, over the bundles that hide them. */
function drawStopLines(context: CanvasRenderingContext2D, scene: Scene, selection: Selection | null): void {
  const stop = stopPlace(scene.network, selection)
  if (stop === null) return
  const into = scene.layout.gaps[stop.layer - 1]
  const from = scene.layout.gaps[stop.layer]
  if (into && !into.open)
    for (let i = 0; i < into.ins; i++) strokeRoute(context, scene, into, stop.index * into.ins + i, null)
  if (from && !from.open)
    for (let j = 0; j < from.outs; j++) strokeRoute(context, scene, from, j * from.ins + stop.index, null)
}

/** The lines of the stop that is looked at alone. */
function drawAloneLines(context: CanvasRenderingContext2D, scene: Scene): void {
  if (scene.alone === null) return
  const { gap: index, lines } = aloneLines(scene.network, scene.alone)
  const gap = scene.layout.gaps[index]
  if (gap !== undefined) for (const k of lines) strokeRoute(context, scene, gap, k, null)
}

/** How much shows of a gap's lines beside what stands out. */
function alphaOf(scene: Scene, { index }: Gap): number {
  const { alone, operation, trace, palette } = scene
  if (alone !== null) return asideAlpha(scene)
  return trace.length > 0 || (operation !== null && operation.gap !== index) ? palette.ghost : 1
}

/** Draws all lines in sight; traced, held and pointed-at ones last. */
export function drawRoutes(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, view, trace, palette } = scene
  if (scene.lines.length === 0) return
  const inSight = layout.gaps.filter(({ x0, x1 }) => x1 >= view.left && x0 <= view.left + view.width)
  const lines = inSight.reduce((sum, gap) => sum + (gap.open ? gap.ins * gap.outs : 0), 0)
  const largest = widestBand(layout.gaps)
  context.lineJoin = 'round'
  for (const gap of inSight) {
    context.globalAlpha = alphaOf(scene, gap)
    if (gap.ins === 0) drawPassing(context, scene, gap)
    else if (!gap.open) drawBundle(context, scene, gap, largest)
    else if (lines <= casedLines) drawCased(context, scene, gap)
    else drawBatched(context, scene, gap)
  }
  context.globalAlpha = 1
  drawAloneLines(context, scene)
  drawStopLines(context, scene, scene.selected)
  drawStopLines(context, scene, scene.hovered)
  for (const place of trace) strokePlace(context, scene, place, palette.ink)
  const held = routePlace(scene.network, scene.selected)
  if (held !== null) strokePlace(context, scene, held, palette.ink)
  const hovered = sameSelection(scene.hovered, scene.selected) ? null : routePlace(scene.network, scene.hovered)
  if (hovered !== null) strokePlace(context, scene, hovered, palette.ink2)
  const focused = routePlace(scene.network, scene.focused)
  if (focused !== null) strokePlace(context, scene, focused, palette.hand)
}

function strokePlace(context: CanvasRenderingContext2D, scene: Scene, place: RoutePlace, outline: string): void {
  const gap = scene.layout.gaps[place.gap]
  if (gap !== undefined) strokeRoute(context, scene, gap, place.to * gap.ins + place.from, outline)
}
