/** Draws a gap whose lines are too many to be told apart as one band a sign. */
import { setDash } from './dash.ts'
import type { Gap } from './layout.ts'
import type { Scene } from './scene.ts'

/** Width of the widest band beyond a hairline, in px. */
export const bandPx = 13

/** The largest sum of the bands of a map. */
export const widestBand = (gaps: readonly Gap[]): number =>
  gaps.reduce((most, { open, positive, negative }) => (open ? most : Math.max(most, positive || 0, negative || 0)), 0)

/** All weights of a gap as two bands, one a sign, as wide as the share of their sums. */
export function drawBundle(context: CanvasRenderingContext2D, scene: Scene, gap: Gap, largest: number): void {
  const first = scene.layout.stops[gap.firstSource]
  const target = scene.layout.stops[gap.firstTarget]
  if (first === undefined || target === undefined) return
  const { palette } = scene
  const last = scene.layout.stops[gap.firstSource + gap.ins - 1] ?? first
  const middle = (first.y + last.y) / 2
  const sourceHalf = Math.max(4, middle - first.y)
  const targetHalf = Math.max(4, middle - target.y)
  const wide = gap.x1 - gap.x0 >= 24
  for (const [sum, colour, side] of [
    [gap.positive, palette.positive, -1],
    [gap.negative, palette.negative, 1],
  ] as const) {
    const broken = !Number.isFinite(sum)
    const width = broken ? 4 : 1 + bandPx * (largest > 0 ? sum / largest : 0)
    const y = middle + side * (width / 2 + 2)
    context.strokeStyle = broken ? palette.nan : colour
    context.fillStyle = context.strokeStyle
    if (wide) {
      context.globalAlpha = 0.16
      context.beginPath()
      fan(context, gap, y, width, sourceHalf, targetHalf, middle, side)
      context.fill()
      context.globalAlpha = 1
    }
    context.lineWidth = width
    setDash(context, side > 0 || broken, Math.min(width, (gap.x1 - gap.x0) / 6))
    context.beginPath()
    const inset = wide ? Math.min(26, (gap.x1 - gap.x0) * 0.25) : 0
    context.moveTo(gap.x0 + inset, y)
    context.lineTo(gap.x1 - inset, y)
    context.stroke()
  }
  setDash(context, false, 1)
}

/** Half of an hourglass: from the height of one column into the band and out to the height of the next. */
function fan(
  context: CanvasRenderingContext2D,
  gap: Gap,
  y: number,
  width: number,
  source: number,
  target: number,
  middle: number,
  side: 1 | -1,
): void {
  const bend = Math.min(60, (gap.x1 - gap.x0) * 0.4)
  const { x0, x1 } = gap
  context.moveTo(x0, middle + side * source)
  context.bezierCurveTo(
    x0 + bend,
    middle + side * source,
    x0 + bend * 0.3,
    y + (side * width) / 2,
    x0 + bend,
    y + (side * width) / 2,
  )
  context.lineTo(x1 - bend, y + (side * width) / 2)
  context.bezierCurveTo(
    x1 - bend * 0.3,
    y + (side * width) / 2,
    x1 - bend,
    middle + side * target,
    x1,
    middle + side * target,
  )
  context.lineTo(x1, middle)
  context.lineTo(x0, middle)
  context.closePath()
}

/**
 * A gap whose layer has no line of its own from stop to stop: what leaves one stop goes straight on to the next of its
 * row (residual, norm, dropout); a band where the layers differ in size.
 */
export function drawPassing(context: CanvasRenderingContext2D, scene: Scene, gap: Gap): void {
  const { layout, network, palette } = scene
  const sources = network.layers[gap.index]?.units ?? 0
  const targets = network.layers[gap.index + 1]?.units ?? 0
  const y = (first: number, n: number): number => layout.stops[first + n]?.y ?? 0
  if (sources !== targets) {
    context.fillStyle = palette.press
    context.beginPath()
    context.moveTo(gap.x0, y(gap.firstSource, 0))
    context.lineTo(gap.x1, y(gap.firstTarget, 0))
    context.lineTo(gap.x1, y(gap.firstTarget, targets - 1))
    context.lineTo(gap.x0, y(gap.firstSource, sources - 1))
    context.fill()
    return
  }
  context.strokeStyle = palette.ink3
  context.lineWidth = network.layers[gap.index + 1]?.kind === 'residual' ? 1.6 : 0.9
  context.beginPath()
  for (let n = 0; n < sources; n++) {
    context.moveTo(gap.x0, y(gap.firstSource, n))
    context.lineTo(gap.x1, y(gap.firstTarget, n))
  }
  context.stroke()
}
