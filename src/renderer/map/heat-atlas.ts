/** Heat maps of all stops in one offscreen picture, refilled in place with every frame. */
import type { MapNetwork } from './network.ts'
import { rampIndex } from './palette.ts'

/** How a stop's values are brought to -1..1. */
export type HeatScale = 'unit' | 'probability' | 'own' | 'layer'

/** tanh and sigmoid stay as they are, a probability turns around 0.5, inputs are scaled each, the rest by its layer. */
export function heatScale(role: string, activation: string): HeatScale {
  if (role === 'input') return 'own'
  if (activation === 'softmax') return 'probability'
  return activation === 'tanh' || activation === 'sigmoid' ? 'unit' : 'layer'
}

/** Largest finite |value| of a stretch. */
export function largestIn(values: Float32Array, start: number, end: number): number {
  const part = values.subarray(start, end)
  let largest = 0
  for (let n = 0; n < part.length; n++) {
    const size = Math.abs(part[n] ?? 0)
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size
  }
  return largest
}

/** Writes one tile; returns false where a value is no number. */
export function fillTile(
  pixels: Uint32Array,
  pixelAt: number,
  rowPixels: number,
  values: Float32Array,
  valueAt: number,
  cells: number,
  scale: number,
  shift: number,
  ramp: Uint32Array,
): boolean {
  let finite = true
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const value = (values[valueAt + row * cells + column] ?? 0) * scale + shift
      if (Number.isNaN(value)) finite = false
      else pixels[pixelAt + row * rowPixels + column] = ramp[rampIndex(value)] ?? 0
    }
  }
  return finite
}

/** The offscreen picture; tiles are found by node. */
export interface HeatAtlas {
  /** Takes the values [nodes, cells, cells] of a frame. */
  readonly fill: (network: MapNetwork, values: Float32Array, ramp: Uint32Array) => void
  /** Draws the tile of a node; false where its values are no numbers, null where it has none. */
  readonly draw: (
    context: CanvasRenderingContext2D,
    node: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ) => boolean | null
}

/** Makes an atlas; it grows to the size of the frames it is given. */
export function createHeatAtlas(): HeatAtlas {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  let image: ImageData | null = null
  let pixels = new Uint32Array(0)
  let cells = 0
  let columns = 1
  let broken: boolean[] = []
  return {
    fill(network, values, ramp) {
      if (context === null || network.nodes === 0) return
      const side = Math.round(Math.sqrt(values.length / network.nodes))
      if (side * side * network.nodes !== values.length) return
      const across = Math.ceil(Math.sqrt(network.nodes))
      const down = Math.ceil(network.nodes / across)
      if (image === null || side !== cells || across !== columns || image.height !== down * side) {
        cells = side
        columns = across
        if (side === 0) return
        canvas.width = across * side
        canvas.height = down * side
        image = context.createImageData(canvas.width, canvas.height)
        pixels = new Uint32Array(image.data.buffer)
      }
      broken = []
      for (const layer of network.layers) {
        const kind = heatScale(layer.role, layer.activation)
        const tile = cells * cells
        const first = layer.firstNode * tile
        const ofLayer = kind === 'layer' ? largestIn(values, first, first + layer.units * tile) : 0
        for (let node = layer.firstNode; node < layer.firstNode + layer.units; node++) {
          const largest = kind === 'own' ? largestIn(values, node * tile, (node + 1) * tile) : ofLayer
          const scale = kind === 'unit' ? 1 : kind === 'probability' ? 2 : largest > 0 ? 1 / largest : 1
          const at = Math.floor(node / columns) * cells * image.width + (node % columns) * cells
          const shift = kind === 'probability' ? -1 : 0
          if (!fillTile(pixels, at, image.width, values, node * tile, cells, scale, shift, ramp)) broken[node] = true
        }
      }
      context.putImageData(image, 0, 0)
    },
    draw(target, node, x, y, width, height) {
      if (cells === 0 || broken[node] === true) return false
      const sourceX = (node % columns) * cells
      const sourceY = Math.floor(node / columns) * cells
      target.drawImage(canvas, sourceX, sourceY, cells, cells, x, y, width, height)
      return true
    },
  }
}
