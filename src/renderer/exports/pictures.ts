/** Pictures of what is on screen: PNG up to four times as fine, SVG where it is drawn as vectors. */
import type { Drawable, DrawableId } from '../charts/drawables.ts'
import { recordSvg } from './svg-context.ts'

export type PictureId = DrawableId | 'loss' | 'accuracy' | 'matrix' | 'heaps'
export type PictureFormat = 'png' | 'svg'

/** Longest side of a picture in pixels: beyond it browsers give up. */
const longestSide = 16_000

/** The most times a drawing can be enlarged. */
export function mostScale(drawable: Drawable): number {
  const { width, height } = drawable.size()
  return Math.floor(longestSide / Math.max(1, width, height))
}

/** A drawing as a PNG file, `scale` pixels a px; null where the page could not make one. */
export async function pngOf(drawable: Drawable, scale: number): Promise<Blob | null> {
  const { width, height } = drawable.size()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (context === null || canvas.width < 1 || canvas.height < 1) return null
  drawable.draw(context, scale)
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}

/** A drawing as an SVG file; what it is made of pixels of stays so. */
export function svgOf(drawable: Drawable): Blob | null {
  const { width, height } = drawable.size()
  const recording = recordSvg(width, height)
  if (recording === null) return null
  drawable.draw(recording.context, 1)
  return new Blob([recording.text()], { type: 'image/svg+xml' })
}
