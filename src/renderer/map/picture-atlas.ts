/** The pictures of all stops that show one, a sheet of tiles a layer, refilled in place with every frame. */
import type { MapStops } from '../../shared/protocol.ts'
import type { HeatAtlas } from './heat-atlas.ts'
import { largestIn } from './largest.ts'
import { type MapNetwork, stopOfNode } from './network.ts'
import { rampIndex } from './palette.ts'
import { placesOfPictures, type TileShape, tilePixels, tileShape } from './pictures.ts'
import type { MapValues } from './scene.ts'

/** Numbers of a layer's pictures: stop after stop, channel after channel. */
export interface PictureSource {
  readonly shape: TileShape
  readonly values: Float32Array
}

/** What each layer shows as pictures; null for layers without and where the frame has no numbers for them. */
export function pictureSources(
  network: MapNetwork,
  values: MapValues,
  shown: MapStops,
): readonly (PictureSource | null)[] {
  const places = placesOfPictures(network)
  return network.layers.map((layer, index) => {
    const shape = tileShape(network, index, shown)
    if (shape === null) return null
    const place = places[index]
    const weight = network.gaps[index - 1]?.weight
    const from = place ? place.offset : (weight?.offset ?? 0)
    const of = place ? values.pictures : values.parameters
    const numbers = of.subarray(from, from + layer.units * shape.channels * shape.height * shape.width)
    return numbers.length === 0 ? null : { shape, values: numbers }
  })
}

interface Sheet {
  readonly canvas: HTMLCanvasElement
  readonly across: number
  readonly height: number
  readonly width: number
  readonly broken: readonly boolean[]
}

/** Writes one stop's channels at a pixel of the sheet; returns false where a value is no number. */
export function fillPicture(
  pixels: Uint32Array,
  at: number,
  rowPixels: number,
  { shape, values }: PictureSource,
  stop: number,
  scale: number,
  ramp: Uint32Array,
): boolean {
  const { height, width, channels, across } = shape
  let finite = true
  for (let channel = 0; channel < channels; channel++) {
    const from = (stop * channels + channel) * height * width
    const corner = at + Math.floor(channel / across) * (height + 1) * rowPixels + (channel % across) * (width + 1)
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const value = (values[from + row * width + column] ?? 0) * scale
        if (Number.isNaN(value)) finite = false
        else pixels[corner + row * rowPixels + column] = ramp[rampIndex(value)] ?? 0
      }
    }
  }
  return finite
}

function fillSheet(sheet: Sheet | null, source: PictureSource, ramp: Uint32Array): Sheet | null {
  const { height, width } = tilePixels(source.shape)
  const { shape, values } = source
  const stops = values.length / (shape.channels * shape.height * shape.width)
  const across = Math.ceil(Math.sqrt(stops))
  const canvas = sheet?.canvas ?? document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (context === null) return null
  const [wide, high] = [across * width, Math.ceil(stops / across) * height]
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide
    canvas.height = high
  }
  const image = context.createImageData(wide, high)
  const pixels = new Uint32Array(image.data.buffer)
  const largest = largestIn(values, 0, values.length)
  const scale = largest > 0 ? 1 / largest : 1
  const broken: boolean[] = []
  for (let stop = 0; stop < stops; stop++) {
    const at = Math.floor(stop / across) * height * wide + (stop % across) * width
    if (!fillPicture(pixels, at, wide, source, stop, scale, ramp)) broken[stop] = true
  }
  context.putImageData(image, 0, 0)
  return { canvas, across, height, width, broken }
}

/** The sheets; tiles are found by node. */
export interface PictureAtlas extends Pick<HeatAtlas, 'draw'> {
  readonly fill: (network: MapNetwork, values: MapValues, shown: MapStops, ramp: Uint32Array) => void
}

/** Makes an atlas; it grows to the size of the networks it is given. */
export function createPictureAtlas(): PictureAtlas {
  let sheets: (Sheet | null)[] = []
  let filled: MapNetwork | null = null
  return {
    fill(network, values, shown, ramp) {
      const old = filled === network ? sheets : []
      sheets = pictureSources(network, values, shown).map((source, layer) =>
        source === null ? null : fillSheet(old[layer] ?? null, source, ramp),
      )
      filled = network
    },
    draw(target, node, x, y, width, height) {
      const place = filled === null ? null : stopOfNode(filled, node)
      const sheet = sheets[place?.layer ?? -1]
      if (place === null || sheet === null || sheet === undefined) return null
      if (sheet.broken[place.index] === true) return false
      const left = (place.index % sheet.across) * sheet.width
      const top = Math.floor(place.index / sheet.across) * sheet.height
      // Enlarged pixels keep their edges; where several fall on one they are mixed.
      target.imageSmoothingEnabled = width < sheet.width
      target.drawImage(sheet.canvas, left, top, sheet.width, sheet.height, x, y, width, height)
      target.imageSmoothingEnabled = true
      return true
    },
  }
}
