/** Histograms of a layer over time on any 2D context: the ridges as they go into a document. */
import { small, whole } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import type { Palette } from '../../map/palette.ts'
import { type HeapAt, ridgesOf } from './ridges.ts'

/** Heaps of one kind over time under their name. */
export interface RidgeSection {
  readonly name: string
  readonly moments: readonly HeapAt[]
}

/** What is drawn. */
export interface RidgePicture {
  readonly title: string
  readonly sections: readonly RidgeSection[]
  readonly palette: Palette
}

const width = 720
const pad = 20
const head = 44
const ridges = { top: 28, height: 150, foot: 22 } as const
const sectionHeight = ridges.top + ridges.height + ridges.foot

/** Size of the picture in px. */
export const ridgePictureSize = ({ sections }: RidgePicture): { readonly width: number; readonly height: number } => ({
  width,
  height: head + sections.length * sectionHeight + pad,
})

function drawSection(
  context: CanvasRenderingContext2D,
  { name, moments }: RidgeSection,
  top: number,
  palette: Palette,
): void {
  const across = width - 2 * pad
  const { outlines, low, high, zero } = ridgesOf(moments, across, ridges.height)
  const place = top + ridges.top
  const newest = moments.at(-1)
  context.textAlign = 'left'
  context.fillStyle = palette.ink
  context.font = `560 12px ${palette.font}`
  context.fillText(name, pad, top + 16)
  if (newest === undefined) return
  context.textAlign = 'right'
  context.fillStyle = palette.ink2
  context.font = `500 11px ${palette.font}`
  const { mean, deviation, count } = newest.heap
  const figures = [
    t('results.numbers', { count: whole(count) }),
    `${t('results.mean')} ${small(mean, 3)}`,
    `${t('results.deviation')} ${small(deviation, 3)}`,
    t('past.step', { step: whole(newest.step) }),
  ]
  context.fillText(figures.join('  ·  '), width - pad, top + 16)
  if (zero !== null) {
    context.strokeStyle = palette.ink3
    context.lineWidth = 1
    context.setLineDash([2, 3])
    context.beginPath()
    context.moveTo(pad + zero, place)
    context.lineTo(pad + zero, place + ridges.height)
    context.stroke()
    context.setLineDash([])
  }
  outlines.forEach((outline, n) => {
    const isNewest = n === outlines.length - 1
    context.beginPath()
    outline.forEach(({ x, y }, corner) => {
      if (corner === 0) context.moveTo(pad + x, place + y)
      else context.lineTo(pad + x, place + y)
    })
    context.closePath()
    context.fillStyle = isNewest ? palette.press : palette.surface
    context.fill()
    context.strokeStyle = isNewest ? palette.ink : palette.line2
    context.lineWidth = isNewest ? 1.4 : 1
    context.stroke()
  })
  context.fillStyle = palette.ink3
  context.textAlign = 'left'
  context.fillText(small(low, 3), pad, place + ridges.height + 15)
  context.textAlign = 'right'
  context.fillText(small(high, 3), width - pad, place + ridges.height + 15)
}

/** Draws the picture, `ratio` pixels of the context a px. */
export function drawRidges(context: CanvasRenderingContext2D, picture: RidgePicture, ratio: number): void {
  const { title, sections, palette } = picture
  const { height } = ridgePictureSize(picture)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.fillStyle = palette.surface
  context.fillRect(0, 0, width, height)
  context.textBaseline = 'alphabetic'
  context.lineJoin = 'round'
  context.textAlign = 'left'
  context.fillStyle = palette.ink
  context.font = `620 14px ${palette.font}`
  context.fillText(title, pad, 26)
  sections.forEach((section, n) => {
    drawSection(context, section, head + n * sectionHeight, palette)
  })
}
