/** Draws points of the plane: each class in its colour and with its mark; a value by its sign and size. */
import type { Task } from '../../core/spec/index.ts'
import { traceMark } from '../map/classes.ts'
import { type Palette, rampColour } from '../map/palette.ts'
import { surfaceSpan } from './surface.ts'

/** Values in one row of a point set: x, y, class or value. */
export const pointColumns = 3
const markRadius = 2.6
/** A value near 0 still shows its sign. */
const faintest = 0.35

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
    const label = task === 'classes' ? value : Number(value >= 0)
    const strong = palette.classes[label] ?? palette.ink
    const colour =
      task === 'classes' ? strong : rampColour(palette.ramp, Math.sign(value) * Math.max(faintest, Math.abs(value)))
    traceMark(context, label, x, y, markRadius)
    context.fillStyle = hollow ? palette.surface : colour
    context.strokeStyle = hollow ? strong : palette.surface
    context.lineWidth = hollow ? 1.3 : 0.8
    context.fill()
    context.stroke()
  }
}
