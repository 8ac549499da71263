/** How the pictures that stops make travel: layer after layer, stop after stop, no larger than they are drawn. */
import { type LayerInfo, stopSides } from './network.ts'

/** Where a layer's pictures lie among all of a frame. */
export interface PicturePlace {
  readonly offset: number
  readonly height: number
  readonly width: number
}

/** By layer the place of its pictures, with sides of at most `most` pixels; null for layers whose stops are numbers. */
export function picturePlaces(layers: readonly LayerInfo[], most: number): readonly (PicturePlace | null)[] {
  let offset = 0
  return layers.map((layer) => {
    if (layer.shape === undefined || most <= 0) return null
    const { height, width } = stopSides(layer)
    const place = { offset, height: Math.min(height, most), width: Math.min(width, most) }
    offset += layer.units * place.height * place.width
    return place
  })
}

/** Numbers that all pictures take together. */
export function pictureNumbers(layers: readonly LayerInfo[], places: readonly (PicturePlace | null)[]): number {
  return places.reduce(
    (sum, place, layer) => sum + (place === null ? 0 : (layers[layer]?.units ?? 0) * place.height * place.width),
    0,
  )
}
