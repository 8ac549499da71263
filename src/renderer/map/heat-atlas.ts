/** Heat maps of all stops in one offscreen picture, refilled in place with every frame. */
import { isTwoSided } from './classes.ts'
import { largestIn } from './largest.ts'
import type { MapLayer, MapNetwork } from './network.ts'
import { type Palette, rampIndex } from './palette.ts'

/** How a stop's values are brought to -1..1. */
export type HeatScale = 'unit' | 'probability' | 'own' | 'layer'

/** tanh and sigmoid stay as they are, a probability turns around 0.5, inputs are scaled each, the rest by its layer. */
export function heatScale(role: string, activation: string): HeatScale {
  if (role === 'input') return 'own'
  if (activation === 'softmax') return 'probability'
  return activation === 'tanh' || activation === 'sigmoid' ? 'unit' : 'layer'
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

/** The ramps of a palette. */
export type HeatPalette = Pick<Palette, 'ramp' | 'classRamps'>

/** The ramp of an output that has a colour of its own: of one of several classes. */
function ownRamp(network: MapNetwork, { role }: MapLayer, index: number, palette: HeatPalette): Uint32Array | null {
  if (role !== 'output' || network.classes.length === 0 || isTwoSided(network.classes)) return null
  return palette.classRamps[network.classes[index] ?? -1] ?? null
}

/** The offscreen picture; tiles are found by node. */
export interface HeatAtlas {
  /** Takes the values [nodes, cells, cells] of a frame. */
  readonly fill: (network: MapNetwork, values: Float32Array, palette: HeatPalette) => void
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
    fill(network, values, palette) {
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
          // A class with a colour of its own goes from none to all of it; one of two turns around one half.
          const own = ownRamp(network, layer, node - layer.firstNode, palette)
          const isTurning = kind === 'probability' && own === null
          const scale = isTurning ? 2 : kind === 'unit' || own !== null || largest === 0 ? 1 : 1 / largest
          const at = Math.floor(node / columns) * cells * image.width + (node % columns) * cells
          const ramp = own ?? palette.ramp
          const shift = isTurning ? -1 : 0
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
