/** The sign of a line without its colour: solid above 0, dashed below. */

const dash: [number, number] = [0, 0]
const solid: number[] = []

/** Dashes for a negative line, the wider the longer; a solid line otherwise. Allocates nothing. */
export function setDash(context: CanvasRenderingContext2D, negative: boolean, width: number): void {
  if (!negative) {
    context.setLineDash(solid)
    return
  }
  dash[0] = Math.max(5, width * 1.5)
  dash[1] = Math.max(3.2, width * 0.75)
  context.setLineDash(dash)
}
