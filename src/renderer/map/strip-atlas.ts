/** Strips of cells, one column of a small picture a layer: thousands of cells are drawn with one stroke a layer. */
import type { MapLayout, Stop } from './layout.ts'
import type { MapNetwork } from './network.ts'
import { rampIndex } from './palette.ts'

/** Rows of the picture to a cell; the last one is clear, so that cells stand apart. */
const cellRows = 8

/** Writes one column, a colour a cell; returns false where a value is no number. */
export function fillColumn(
  pixels: Uint32Array,
  column: number,
  columns: number,
  values: Float32Array,
  ramp: Uint32Array,
): boolean {
  let areNumbers = true
  // A loop: a function called for every cell would be handed each number in an object of its own.
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell] ?? 0
    if (Number.isNaN(value)) areNumbers = false
    const colour = ramp[rampIndex(value)] ?? 0
    for (let row = 0; row < cellRows; row++) {
      pixels[(cell * cellRows + row) * columns + column] = row === cellRows - 1 ? 0 : colour
    }
  }
  return areNumbers
}

/** The offscreen picture of all strips. */
export interface StripAtlas {
  /** Takes the activations of all nodes. */
  readonly fill: (network: MapNetwork, activations: Float32Array, ramp: Uint32Array) => void
  /** Draws a layer's strip; false where it has none, or values that are no numbers. */
  readonly draw: (context: CanvasRenderingContext2D, layout: MapLayout, layer: number) => boolean
}

/** Makes an atlas; it grows to the size of the networks it is given. */
export function createStripAtlas(): StripAtlas {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  let image: ImageData | null = null
  let pixels = new Uint32Array(0)
  let filled: MapNetwork | null = null
  let broken: readonly boolean[] = []
  return {
    fill(network, activations, ramp) {
      filled = null
      if (context === null || activations.length !== network.nodes) return
      const columns = network.layers.length
      const rows = cellRows * Math.max(1, ...network.layers.map(({ units }) => units))
      if (image === null || image.width !== columns || image.height !== rows) {
        canvas.width = columns
        canvas.height = rows
        image = context.createImageData(columns, rows)
        pixels = new Uint32Array(image.data.buffer)
      }
      broken = network.layers.map(
        ({ firstNode, units }, layer) =>
          !fillColumn(pixels, layer, columns, activations.subarray(firstNode, firstNode + units), ramp),
      )
      context.putImageData(image, 0, 0)
      filled = network
    },
    draw(target, layout, layer) {
      const { firstNode = 0, units = 0 } = filled?.layers[layer] ?? {}
      const first: Stop | undefined = layout.stops[firstNode]
      const last = layout.stops[firstNode + units - 1]
      if (filled === null || first === undefined || last === undefined || !first.size.strip || broken[layer] === true)
        return false
      const top = first.y - first.height / 2
      const height = last.y + last.height / 2 - top
      target.imageSmoothingEnabled = false
      target.drawImage(canvas, layer, 0, 1, units * cellRows, first.x - first.width / 2, top, first.width, height)
      target.imageSmoothingEnabled = true
      return true
    },
  }
}
