/** Marks of what training leaves alone: a crystal for frozen, the sign of a switch for off, beside the thing itself. */
import { frozenBit, nodeMarks, offBit } from './holds.ts'
import type { District, Gap, Stop } from './layout.ts'
import type { Palette } from './palette.ts'
import type { Box } from './plates.ts'
import { emptyPath, pointOnRoute, routePath } from './routes.ts'
import type { Scene } from './scene.ts'

const badgeRadius = 7.5
/** More lines than this in a gap leave no room for a badge each. */
const mostLineBadges = 160
const path = emptyPath()

/** Three bars through a point. */
function crystal(context: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  for (const angle of [Math.PI / 2, Math.PI / 6, -Math.PI / 6]) {
    const [dx, dy] = [Math.cos(angle) * r, Math.sin(angle) * r]
    context.moveTo(x - dx, y - dy)
    context.lineTo(x + dx, y + dy)
  }
}

/** A ring that is open at the top, and a bar through the opening. */
function powerSign(context: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  const open = 0.7
  const start = -Math.PI / 2 + open
  context.moveTo(x + r * Math.cos(start), y + r * Math.sin(start))
  context.arc(x, y, r, start, Math.PI * 1.5 - open)
  context.moveTo(x, y - r * 1.15)
  context.lineTo(x, y)
}

/** A badge with the sign of one mark. */
function drawBadge(
  context: CanvasRenderingContext2D,
  palette: Palette,
  mark: number,
  x: number,
  y: number,
  r: number,
): void {
  context.setLineDash([])
  context.fillStyle = palette.surface
  context.strokeStyle = palette.ink2
  context.lineWidth = 1
  context.beginPath()
  context.arc(x, y, r, 0, 2 * Math.PI)
  context.fill()
  context.stroke()
  context.strokeStyle = palette.ink
  context.lineWidth = Math.max(1, r * 0.18)
  context.beginPath()
  if (mark === frozenBit) crystal(context, x, y, r * 0.62)
  else powerSign(context, x, y + r * 0.06, r * 0.5)
  context.stroke()
}

/** A badge for each bit of the marks, side by side. */
function drawBadges(
  context: CanvasRenderingContext2D,
  palette: Palette,
  marks: number,
  x: number,
  y: number,
  r: number,
): void {
  const shown = [offBit, frozenBit].filter((bit) => (marks & bit) !== 0)
  shown.forEach((bit, n) => {
    drawBadge(context, palette, bit, x - n * (2 * r + 2), y, r)
  })
}

/** What is off lies under a veil with thin stripes. */
function drawVeil(context: CanvasRenderingContext2D, palette: Palette, box: Box, radius: number): void {
  context.save()
  context.beginPath()
  context.roundRect(box.x, box.y, box.width, box.height, radius)
  context.clip()
  context.globalAlpha *= 0.74
  context.fillStyle = palette.district
  context.fillRect(box.x, box.y, box.width, box.height)
  context.globalAlpha /= 0.74
  context.strokeStyle = palette.ink3
  context.lineWidth = 1
  context.beginPath()
  for (let d = -box.height; d < box.width; d += 6) {
    context.moveTo(box.x + d, box.y)
    context.lineTo(box.x + d + box.height, box.y + box.height)
  }
  context.stroke()
  context.restore()
}

/** Cells of a strip have no room for a badge: a bar at the left where frozen, a veil where off. */
function markStop(context: CanvasRenderingContext2D, scene: Scene, stop: Stop, marks: number, own: number): void {
  const { palette, layout } = scene
  const rim = stop.size.strip ? 0 : layout.picture === 'bar' ? 0 : 2
  const box: Box = {
    x: stop.x - stop.width / 2 - rim,
    y: stop.y - stop.height / 2 - rim,
    width: stop.width + 2 * rim,
    height: stop.height + 2 * rim,
  }
  const radius = stop.size.strip ? 0 : layout.picture === 'bar' ? stop.width / 2 : Math.min(9, stop.width / 4)
  if ((marks & offBit) !== 0) drawVeil(context, palette, box, radius)
  if (stop.size.strip) {
    context.fillStyle = palette.ink
    if ((marks & frozenBit) !== 0) context.fillRect(box.x, box.y, Math.min(2, box.width / 3), box.height)
    return
  }
  const r = Math.min(badgeRadius, Math.max(4, stop.width * 0.2))
  if (own !== 0) drawBadges(context, palette, own, box.x + box.width - 1, box.y + 1, r)
}

/** A layer has its badge at the upper corner of its ground, and a rim: unbroken where frozen, broken where off. */
function markLayer(context: CanvasRenderingContext2D, scene: Scene, district: District, marks: number): void {
  const { palette } = scene
  const { x, y, width, height, radius } = district
  context.strokeStyle = palette.ink3
  context.lineWidth = 1.6
  context.setLineDash((marks & offBit) === 0 ? [] : [4, 4])
  context.beginPath()
  context.roundRect(x + 0.8, y + 0.8, width - 1.6, height - 1.6, radius)
  context.stroke()
  context.setLineDash([])
  const r = Math.min(badgeRadius, Math.max(4, width * 0.3))
  const isWide = width >= 60
  drawBadges(context, palette, marks, isWide ? x + width - 3 : x + width / 2, y + 2, r)
}

/** Lines that are held each for themselves, not with their stop or layer. */
function markLines(context: CanvasRenderingContext2D, scene: Scene, gap: Gap): void {
  const { holds, layout, palette } = scene
  const node = (first: number, n: number, layer: number): number => nodeMarks(holds, first + n, layer)
  for (let k = 0; k < gap.ins * gap.outs; k++) {
    const marks = holds.parameters[gap.offset + k] ?? 0
    if (marks === 0) continue
    const from = node(gap.firstSource, k % gap.ins, gap.index)
    const to = node(gap.firstTarget, Math.floor(k / gap.ins), gap.index + 1)
    // A stop that is off silences what leaves it; its own numbers are frozen with it.
    const shown = marks & ~((from & offBit) | to)
    if (shown === 0) continue
    const { x, y } = pointOnRoute(routePath(layout, gap, k, path), 0.5)
    drawBadges(context, palette, shown, x, y, 6)
  }
}

/** Draws the marks of all that is held in sight. */
export function drawHolds(context: CanvasRenderingContext2D, scene: Scene): void {
  const { holds, layout, view } = scene
  if (holds.some === 0) return
  const right = view.left + view.width
  for (const gap of layout.gaps) {
    if (gap.x1 < view.left || gap.x0 > right) continue
    if (gap.open && gap.ins * gap.outs <= mostLineBadges) markLines(context, scene, gap)
  }
  for (const district of layout.districts) {
    const marks = holds.layers[district.layer] ?? 0
    if (marks === 0 || district.x > right || district.x + district.width < view.left) continue
    markLayer(context, scene, district, marks)
  }
  for (const stop of layout.stops) {
    const marks = nodeMarks(holds, stop.node, stop.layer)
    if (marks === 0 || stop.x < view.left - 60 || stop.x > right + 60) continue
    markStop(context, scene, stop, marks, marks & ~(holds.layers[stop.layer] ?? 0))
  }
}
