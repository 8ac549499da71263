/** Confusion matrices of training and test data on any 2D context, beside each other, as they go into a document. */
import type { ClassReport } from '../../../core/spec/index.ts'
import { percent, whole } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import { writeText } from '../../map/draw-text.ts'
import type { Palette } from '../../map/palette.ts'

/** What is drawn: a matrix for each part of the data, with the names of its classes. */
export interface MatrixPicture {
  readonly title: string
  readonly parts: readonly { readonly name: string; readonly report: ClassReport }[]
  readonly names: readonly string[]
  readonly palette: Palette
}

/** Classes that still can be told apart in a picture. */
export const mostClassesInPicture = 64

const pad = 20
const head = 84
const labels = 92
const between = 36
/** Side of a whole matrix where its cells may be of any size, and of the largest and least cell, in px. */
const wanted = 400
const largestCell = 72
const leastCell = 8
/** Cells below this side, in px, have no number in them; labels need that much. */
const numberCell = 24
const labelCell = 11
/** Strongest tint of a cell: its number stays readable. */
const strongest = 0.34

const cellOf = ({ names }: MatrixPicture): number =>
  Math.max(leastCell, Math.min(largestCell, Math.floor(wanted / Math.max(1, names.length))))

const partWidth = (picture: MatrixPicture): number => labels + cellOf(picture) * picture.names.length

/** Size of the picture in px. */
export const matrixPictureSize = (picture: MatrixPicture): { readonly width: number; readonly height: number } => ({
  width: Math.max(420, 2 * pad + picture.parts.length * (partWidth(picture) + between) - between),
  height: head + cellOf(picture) * picture.names.length + 2 * pad,
})

function drawCells(context: CanvasRenderingContext2D, report: ClassReport, left: number, picture: MatrixPicture): void {
  const { palette, names } = picture
  const cell = cellOf(picture)
  const size = names.length
  report.counts.forEach((count, at) => {
    const [actual, answered] = [Math.floor(at / size), at % size]
    const support = report.classes[actual]?.support ?? 0
    const [x, y] = [left + labels + answered * cell, head + actual * cell]
    const inner = cell - 1
    context.fillStyle = palette.district
    context.fillRect(x, y, inner, inner)
    context.globalAlpha = support === 0 ? 0 : (count / support) * strongest
    context.fillStyle = palette.ink3
    context.fillRect(x, y, inner, inner)
    context.globalAlpha = 1
    const isRight = actual === answered
    if (isRight) {
      context.strokeStyle = palette.ink3
      context.lineWidth = 1.5
      context.strokeRect(x + 0.75, y + 0.75, inner - 1.5, inner - 1.5)
    }
    if (cell < numberCell) return
    const style = { size: 12, leastSize: 8, weight: isRight ? 620 : 500, room: inner - 2 }
    const colour = count === 0 ? palette.ink3 : palette.ink
    writeText(context, palette, whole(count), x + inner / 2, y + inner / 2 + 4, { ...style, colour })
  })
}

function drawNames(context: CanvasRenderingContext2D, left: number, picture: MatrixPicture): void {
  const { palette, names } = picture
  const cell = cellOf(picture)
  if (cell < labelCell) return
  const style = { size: Math.min(12, cell), leastSize: 8, weight: 500, colour: palette.ink2 }
  names.forEach((name, n) => {
    const row = { ...style, align: 'right', room: labels - 12 } as const
    writeText(context, palette, name, left + labels - 8, head + n * cell + cell / 2 + 4, row)
    if (cell < numberCell) return
    writeText(context, palette, name, left + labels + n * cell + cell / 2, head - 7, { ...style, room: cell - 3 })
  })
}

/** Draws the picture, `ratio` pixels of the context a px. */
export function drawMatrix(context: CanvasRenderingContext2D, picture: MatrixPicture, ratio: number): void {
  const { title, parts, palette } = picture
  const { width, height } = matrixPictureSize(picture)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.fillStyle = palette.surface
  context.fillRect(0, 0, width, height)
  context.textBaseline = 'alphabetic'
  const line = { align: 'left', room: width - 2 * pad, colour: palette.ink, leastSize: 11 } as const
  writeText(context, palette, title, pad, 26, { ...line, size: 14, weight: 620 })
  parts.forEach(({ name, report }, n) => {
    const left = pad + n * (partWidth(picture) + between)
    const words = `${name}  ·  ${t('results.accuracy')} ${percent(report.accuracy)} %`
    writeText(context, palette, words, left, 52, { ...line, size: 12, weight: 560 })
    drawNames(context, left, picture)
    drawCells(context, report, left, picture)
  })
  const foot = { ...line, size: 11, weight: 500, colour: palette.ink3 }
  writeText(context, palette, t('results.matrixCaption'), pad, height - 12, foot)
}
