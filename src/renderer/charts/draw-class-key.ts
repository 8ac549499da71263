/** The key of a surface of classes: marks and names in rows below it. */
import { traceMark } from '../map/classes.ts'
import { wordWidth } from '../map/layout.ts'
import type { Palette } from '../map/palette.ts'

/** One class as the key names it. */
export interface ClassEntry {
  readonly label: number
  readonly name: string
}

const rowHeight = 20
const markRoom = 16
const gap = 14
const markRadius = 4
const textSize = 12

/** Entries in rows of at most `width` px, each with its place. */
function placed(entries: readonly ClassEntry[], width: number): readonly (ClassEntry & { x: number; row: number })[] {
  let [x, row] = [0, 0]
  return entries.map((entry) => {
    const own = markRoom + wordWidth(entry.name, textSize)
    if (x > 0 && x + own > width) [x, row] = [0, row + 1]
    const at = { ...entry, x, row }
    x += own + gap
    return at
  })
}

/** Height of the key below a surface of `side` px. */
export const classKeyHeight = (entries: readonly ClassEntry[], side: number): number =>
  ((placed(entries, side).at(-1)?.row ?? 0) + 1) * rowHeight + gap / 2

/** Draws the key below a surface of `side` px, in the context's transform. */
export function drawClassKey(
  context: CanvasRenderingContext2D,
  side: number,
  entries: readonly ClassEntry[],
  palette: Palette,
): void {
  context.fillStyle = palette.surface
  context.fillRect(0, side, side, classKeyHeight(entries, side))
  context.font = `500 ${textSize}px ${palette.font}`
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  for (const { label, name, x, row } of placed(entries, side)) {
    const y = side + gap / 2 + row * rowHeight + rowHeight / 2
    traceMark(context, label, x + markRadius + 2, y, markRadius)
    context.fillStyle = palette.classes[label] ?? palette.ink
    context.fill()
    context.fillStyle = palette.ink2
    context.fillText(name, x + markRoom, y + textSize / 3)
  }
}
