/**
 * Ports, widths and bends of the lines: what of the geometry depends on the weights.
 * A line is horizontal, one diagonal, horizontal; all diagonals of a gap have one slope. Ports are ordered by index at
 * both ends and bends are staggered, so that lines of one stop run as a bundle and never cross each other.
 */
import type { Gap, MapLayout, Stop } from './layout.ts'
import type { Picture } from './stop-size.ts'

/** Thinnest line, and distance of ports, in px. */
const lineStyle: Readonly<Record<Picture, { thin: number; space: number }>> = {
  heat: { thin: 0.9, space: 1.2 },
  pixels: { thin: 0.7, space: 1 },
  bar: { thin: 1.2, space: 2.4 },
}
/** Thinnest line where ports do not depend on widths. */
const hairline = 0.5

/** Ports keep this far from a stop's corners. */
const cornerRoom: Readonly<Record<Picture, number>> = { heat: 2, bar: 12, pixels: 2 }

/** Width of a line: |w| over the largest |w| in the picture; a value that is no number is drawn 4 px wide. */
function lineWidth(weight: number, largest: number, thin: number, thick: number): number {
  if (!Number.isFinite(weight)) return Math.min(4, thick)
  const share = largest > 0 ? Math.abs(weight) / largest : 0
  return Math.min(thick, thin + (thick - thin) * share)
}

/**
 * Sets the sums of a gap and returns its largest finite |weight|; one pass, for there may be hundreds of thousands. No
 * branch asks for a weight's sign, which no processor can foretell. A weight that is no number spoils both sums.
 */
function sumGap(gap: Gap, parameters: Float32Array): number {
  const end = gap.offset + gap.ins * gap.outs
  let [sum, sizes, largest] = [0, 0, 0]
  for (let k = gap.offset; k < end; k++) {
    const weight = parameters[k] ?? 0
    const size = Math.abs(weight)
    sum += weight
    sizes += size
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size
  }
  gap.positive = (sizes + sum) / 2
  gap.negative = (sizes - sum) / 2
  return largest
}

/** Sets the widths of a gap's lines. */
function measureGap(gap: Gap, parameters: Float32Array, largest: number, picture: Picture): void {
  const thin = gap.portStep > 0 ? hairline : lineStyle[picture].thin
  for (let k = 0; k < gap.ins * gap.outs; k++) {
    gap.widths[k] = lineWidth(parameters[gap.offset + k] ?? 0, largest, thin, gap.thick)
  }
}

/** Height that the lines at one stop take; `stride` apart in the arrays, `count` of them from `first`. */
function bundleHeight(gap: Gap, first: number, stride: number, count: number, space: number): number {
  if (gap.portStep > 0) return gap.portStep * count
  let total = space * (count - 1)
  for (let n = 0; n < count; n++) total += gap.widths[first + n * stride] ?? 0
  return total
}

/** Writes the middles of the ports of one stop, squeezed into `room`, from top to bottom. */
function placePorts(
  gap: Gap,
  out: Float32Array,
  first: number,
  stride: number,
  count: number,
  stop: Stop,
  space: number,
  room: number,
): void {
  const total = bundleHeight(gap, first, stride, count, space)
  const squeeze = total > room ? Math.max(0, room) / total : 1
  let y = stop.y - (total * squeeze) / 2
  for (let n = 0; n < count; n++) {
    const k = first + n * stride
    const width = gap.portStep > 0 ? gap.portStep : (gap.widths[k] ?? 0)
    out[k] = y + (width * squeeze) / 2
    y += (width + (gap.portStep > 0 ? 0 : space)) * squeeze
  }
}

/** Sets slope and bends once the ports are placed. */
function bendGap(gap: Gap, layout: MapLayout): void {
  let tallest = 0
  let spread = 0
  for (let j = 0; j < gap.outs; j++) {
    for (let i = 0; i < gap.ins; i++) {
      const k = j * gap.ins + i
      tallest = Math.max(tallest, Math.abs((gap.endY[k] ?? 0) - (gap.startY[k] ?? 0)))
      spread = Math.max(spread, Math.abs((gap.startY[k] ?? 0) - (layout.stops[gap.firstSource + i]?.y ?? 0)))
    }
  }
  const run = Math.max(1, gap.x1 - gap.x0 - 2 * gap.lead)
  gap.steep = Math.max(1, tallest / run)
  // tan of half the angle keeps the bundle's spacing on the diagonal; less where lines into one stop would overtake.
  const row = layout.stops[gap.firstSource]?.room ?? 0
  const free =
    gap.ins < 2 ? Number.POSITIVE_INFINITY : Math.max(0, row - 2 * spread) / Math.max(1e-6, 2 * spread * gap.steep)
  const turn = Math.min(Math.tan(Math.atan(gap.steep) / 2), free, spread > 0 ? (gap.lead * 0.8) / spread : 1)
  for (let j = 0; j < gap.outs; j++) {
    for (let i = 0; i < gap.ins; i++) {
      const k = j * gap.ins + i
      const start = gap.startY[k] ?? 0
      const down = Math.sign((gap.endY[k] ?? 0) - start)
      gap.bendX[k] = gap.x0 + gap.lead - (start - (layout.stops[gap.firstSource + i]?.y ?? 0)) * turn * down
    }
  }
}

/** Capsules of a bar map grow with the lines that meet them, as far as their row lets them. */
function growStops(layout: MapLayout): void {
  for (const stop of layout.stops) {
    if (stop.size.strip) continue
    const into = layout.gaps[stop.layer - 1]
    const from = layout.gaps[stop.layer]
    const { space } = lineStyle[layout.picture]
    const a = into?.open ? bundleHeight(into, stop.index * into.ins, 1, into.ins, space) : 0
    const b = from?.open ? bundleHeight(from, stop.index, from.ins, from.outs, space) : 0
    const most = Math.max(stop.size.height, stop.room - stop.size.above - stop.size.below - 4)
    stop.height = Math.min(most, Math.max(stop.size.height, a + cornerRoom.bar, b + cornerRoom.bar))
  }
}

/**
 * Fits widths, ports and bends to the parameters; call it with every frame. Gaps outside `left`..`right` keep their
 * geometry, their sums are kept up to date.
 */
export function fitRoutes(layout: MapLayout, parameters: Float32Array, left = 0, right = layout.width): void {
  let largest = 0
  for (const gap of layout.gaps) largest = Math.max(largest, sumGap(gap, parameters))
  layout.largestWeight = largest
  for (const gap of layout.gaps) if (gap.open) measureGap(gap, parameters, largest, layout.picture)
  if (layout.picture === 'bar') growStops(layout)
  const { space } = lineStyle[layout.picture]
  const corner = cornerRoom[layout.picture]
  for (const gap of layout.gaps) {
    if (!gap.open || gap.x1 < left || gap.x0 > right) continue
    for (let i = 0; i < gap.ins; i++) {
      const stop = layout.stops[gap.firstSource + i]
      if (stop) placePorts(gap, gap.startY, i, gap.ins, gap.outs, stop, space, stop.height - corner)
    }
    for (let j = 0; j < gap.outs; j++) {
      const stop = layout.stops[gap.firstTarget + j]
      if (stop) placePorts(gap, gap.endY, j * gap.ins, 1, gap.ins, stop, space, stop.height - corner)
    }
    bendGap(gap, layout)
  }
}

/** One line as points: (x0, startY) – (bendX, startY) – (landX, endY) – (x1, endY). */
export interface RoutePath {
  x0: number
  startY: number
  bendX: number
  landX: number
  endY: number
  x1: number
  width: number
}

/** A path to be filled by `routePath`. */
export const emptyPath = (): RoutePath => ({ x0: 0, startY: 0, bendX: 0, landX: 0, endY: 0, x1: 0, width: 1 })

/** Fills `path` with the line of weight `k = to * ins + from`; a bundled gap gives the line from middle to middle. */
export function routePath(layout: MapLayout, gap: Gap, k: number, path: RoutePath): RoutePath {
  // Stops that stand behind others of their layer are reached between them.
  const source = layout.stops[gap.firstSource + (k % gap.ins)]
  const target = layout.stops[gap.firstTarget + Math.floor(k / gap.ins)]
  path.x0 = source === undefined ? gap.x0 : source.x + source.width / 2
  path.x1 = target === undefined ? gap.x1 : target.x - target.width / 2
  if (gap.open) {
    path.startY = gap.startY[k] ?? 0
    path.endY = gap.endY[k] ?? 0
    path.bendX = gap.bendX[k] ?? 0
    path.width = gap.widths[k] ?? 0
    path.landX = path.bendX + Math.abs(path.endY - path.startY) / gap.steep
    return path
  }
  path.startY = source?.y ?? 0
  path.endY = target?.y ?? 0
  path.bendX = gap.x0 + gap.lead
  path.landX = gap.x1 - gap.lead
  path.width = 1.6
  return path
}

/** The point at share `t` (0..1) of the line's length. */
export function pointOnRoute(path: RoutePath, t: number): { x: number; y: number } {
  const first = path.bendX - path.x0
  const second = Math.hypot(path.landX - path.bendX, path.endY - path.startY)
  const third = path.x1 - path.landX
  const s = t * (first + second + third)
  if (s < first) return { x: path.x0 + s, y: path.startY }
  if (s < first + second) {
    const part = (s - first) / second
    return { x: path.bendX + (path.landX - path.bendX) * part, y: path.startY + (path.endY - path.startY) * part }
  }
  return { x: path.landX + s - first - second, y: path.endY }
}
