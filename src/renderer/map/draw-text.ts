/** Text on the canvas. */
import type { Palette } from './palette.ts'

type Align = 'left' | 'center' | 'right'

/** Writes a text on its baseline, smaller (down to `leastSize`) and then cut off with an ellipsis where it is wider than `room`; returns its width. */
export function writeText(
  context: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  x: number,
  y: number,
  style: { size: number; weight: number; colour: string; align?: Align; room?: number; leastSize?: number },
): number {
  let size = style.size
  const write = (): void => {
    context.font = `${style.weight} ${size}px ${palette.font}`
  }
  write()
  context.textAlign = style.align ?? 'center'
  context.fillStyle = style.colour
  const room = style.room ?? Number.POSITIVE_INFINITY
  while (size > (style.leastSize ?? size) && context.measureText(text).width > room) {
    size--
    write()
  }
  let shown = text
  while (shown.length > 1 && context.measureText(shown).width > room) shown = `${shown.replace(/…$/, '').slice(0, -1)}…`
  context.fillText(shown, x, y)
  return context.measureText(shown).width
}

/** Writes parts one after the other, centred on or starting at `x`; dim ones in `dimColour`. */
export function writeParts(
  context: CanvasRenderingContext2D,
  palette: Palette,
  parts: readonly { readonly text: string; readonly dim: boolean }[],
  x: number,
  y: number,
  style: { size: number; weight: number; colour: string; dimColour: string; align: 'left' | 'center' },
): void {
  context.font = `${style.weight} ${style.size}px ${palette.font}`
  const width = parts.reduce((sum, { text }) => sum + context.measureText(text).width, 0)
  let at = style.align === 'center' ? x - width / 2 : x
  for (const { text, dim } of parts) {
    at += writeText(context, palette, text, at, y, {
      ...style,
      colour: dim ? style.dimColour : style.colour,
      align: 'left',
    })
  }
}
