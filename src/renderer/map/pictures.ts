/** Which stops show a picture, and of how many pixels: what they make of the passenger, or what they look for. */
import { type PicturePlace, picturePlaces, stopSides } from '../../core/spec/index.ts'
import type { MapStops } from '../../shared/protocol.ts'
import type { MapNetwork } from './network.ts'

/** Pixels on a side that travel at most: more than a stop is drawn large. */
export const mostPixels = 64

/** By layer where its pictures lie in a frame. */
export const placesOfPictures = (network: Pick<MapNetwork, 'layers'>): readonly (PicturePlace | null)[] =>
  picturePlaces(network.layers, mostPixels)

/** Tiles of a stop: the pictures of all channels that it reads, side by side; one where it makes a picture itself. */
export interface TileShape {
  readonly height: number
  readonly width: number
  /** Channels, in rows of so many. */
  readonly channels: number
  readonly across: number
}

const isPicture = (network: MapNetwork, layer: number): boolean => network.layers[layer]?.shape?.length === 3

/** True for a layer of stops that each weigh every pixel of the pictures before them. */
export const readsPixels = (network: MapNetwork, layer: number): boolean =>
  isPicture(network, layer - 1) &&
  network.layers[layer]?.kind === undefined &&
  (network.gaps[layer - 1]?.inner ?? 1) > 1

/** What the stops of a layer show as a picture; null where they show none. */
export function tileShape(network: MapNetwork, layer: number, shown: MapStops): TileShape | null {
  const info = network.layers[layer]
  if (info !== undefined && isPicture(network, layer)) {
    const place = placesOfPictures(network)[layer]
    return place ? { height: place.height, width: place.width, channels: 1, across: 1 } : null
  }
  const before = network.layers[layer - 1]
  if (before === undefined || shown !== 'weights' || !readsPixels(network, layer)) return null
  return { ...stopSides(before), channels: before.units, across: Math.ceil(Math.sqrt(before.units)) }
}

/** Pixels of a whole tile, with a clear line between channels. */
export function tilePixels({ height, width, channels, across }: TileShape): { height: number; width: number } {
  const down = Math.ceil(channels / across)
  return { height: down * height + down - 1, width: across * width + across - 1 }
}
