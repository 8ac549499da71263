/** The scale of a decision surface as a bar of its colours with three values beside it. */
import { type Palette, rampColour } from '../map/palette.ts'
import { surfaceStrength } from './surface.ts'

/** Room of the bar and its values beside a surface, in px. */
export const barRoom = 54

const steps = 64
const gap = 6
const across = 10

/** The bar's colours from the greatest value (0) to the least (`steps` - 1). */
export function barColours(ramp: Uint32Array, discrete: boolean): readonly string[] {
  return Array.from({ length: steps }, (_, n) => {
    const value = 1 - (2 * n) / (steps - 1)
    return rampColour(ramp, (discrete ? Math.sign(value) : value) * surfaceStrength)
  })
}

/** Draws the bar on the right of a surface of `side` px, in the context's transform. */
export function drawColourBar(
  context: CanvasRenderingContext2D,
  side: number,
  values: readonly string[],
  discrete: boolean,
  palette: Palette,
): void {
  context.fillStyle = palette.surface
  context.fillRect(side, 0, barRoom, side)
  barColours(palette.ramp, discrete).forEach((colour, n) => {
    context.fillStyle = colour
    // A little longer than its share, so that no seam shows between two.
    context.fillRect(side + gap, (n * side) / steps, across, Math.min(side / steps + 0.5, side - (n * side) / steps))
  })
  context.strokeStyle = palette.line2
  context.lineWidth = 1
  context.strokeRect(side + gap + 0.5, 0.5, across - 1, side - 1)
  context.fillStyle = palette.ink3
  context.font = `500 11px ${palette.font}`
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  const [top, bottom] = [10, side - 2]
  values.forEach((text, n) => {
    context.fillText(text, side + gap + across + 4, top + ((bottom - top) * n) / Math.max(1, values.length - 1))
  })
}
