/** Draws points of the plane: class 1 and what is not below 0 as blue discs, class 0 and what is below as orange diamonds. */
import type { Task } from '../../core/spec/index.ts'
import { type Palette, rampColour } from '../map/palette.ts'
import { surfaceSpan } from './surface.ts'

/** Values in one row of a point set: x, y, class or value. */
const pointColumns = 3
const discRadius = 2.6
const diamondRadius = 3.2

/** `points` as in `PointSet`; test points are hollow. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  points: readonly number[],
  side: number,
  task: Task,
  palette: Palette,
  hollow: boolean,
): void {
  const scale = side / (2 * surfaceSpan)
  for (let n = 0; n + 2 < points.length; n += pointColumns) {
    const x = ((points[n] ?? 0) + surfaceSpan) * scale
    const y = side - ((points[n + 1] ?? 0) + surfaceSpan) * scale
    const value = points[n + 2] ?? 0
    const disc = task === 'classes' ? value > 0.5 : value >= 0
    const sign = disc ? palette.positive : palette.negative
    const colour =
      task === 'classes' ? sign : rampColour(palette.ramp, Math.sign(value) * Math.max(0.35, Math.abs(value)))
    context.beginPath()
    if (disc) context.arc(x, y, discRadius, 0, 2 * Math.PI)
    else diamond(context, x, y)
    context.fillStyle = hollow ? palette.surface : colour
    context.strokeStyle = hollow ? sign : palette.surface
    context.lineWidth = hollow ? 1.3 : 0.8
    context.fill()
    context.stroke()
  }
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.moveTo(x, y - diamondRadius)
  context.lineTo(x + diamondRadius, y)
  context.lineTo(x, y + diamondRadius)
  context.lineTo(x - diamondRadius, y)
  context.closePath()
}
