/** Draws a scene on a canvas; knows no time and keeps nothing. */

import { drawAlone } from './alone.ts'
import { drawBus } from './draw-bus.ts'
import { drawHolds } from './draw-holds.ts'
import { drawKernels } from './draw-kernels.ts'
import { drawOperation } from './draw-operation.ts'
import { drawPlates } from './draw-plates.ts'
import { drawStops } from './draw-stops.ts'
import { drawGround, type Ground } from './ground.ts'
import { biasBox } from './hit.ts'
import type { Box } from './plates.ts'
import type { Scene } from './scene.ts'
import { stopPlace } from './selection.ts'

/** Fits the canvas's pixels to its size on screen; returns whether they changed. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): boolean {
  const [across, down] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))]
  if (canvas.width === across && canvas.height === down) return false
  canvas.width = across
  canvas.height = down
  return true
}

/** The violet ring around what has the keyboard's focus. */
function drawFocus(context: CanvasRenderingContext2D, scene: Scene): void {
  const district = scene.layout.districts[scene.focusedLayer ?? -1]
  if (district !== undefined)
    ring(
      context,
      scene,
      { x: district.x - 3, y: district.y - 3, width: district.width + 6, height: district.height + 6 },
      district.radius + 3,
    )
  const place = stopPlace(scene.network, scene.focused)
  if (place === null || scene.focused === null) return
  const stop = scene.layout.stops[(scene.network.layers[place.layer]?.firstNode ?? 0) + place.index]
  if (stop === undefined) return
  const bias = scene.focused.kind === 'bias' ? biasBox(stop, scene.layout.picture) : null
  const box = bias ?? {
    x: stop.x - stop.width / 2 - 6,
    y: stop.y - stop.height / 2 - 6,
    width: stop.width + 12,
    height: stop.height + 12,
  }
  ring(context, scene, box, 10)
}

function ring(context: CanvasRenderingContext2D, scene: Scene, box: Box, radius: number): void {
  for (const [colour, width] of [
    [scene.palette.surface, 5],
    [scene.palette.hand, 2],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.beginPath()
    context.roundRect(box.x, box.y, box.width, box.height, radius)
    context.stroke()
  }
}

/** A soft ring around the stop that is pointed at. */
function drawHover(context: CanvasRenderingContext2D, scene: Scene): void {
  const place = stopPlace(scene.network, scene.hovered)
  if (place === null) return
  const stop = scene.layout.stops[(scene.network.layers[place.layer]?.firstNode ?? 0) + place.index]
  if (stop === undefined) return
  context.strokeStyle = scene.palette.ink3
  context.lineWidth = 1.5
  context.beginPath()
  context.roundRect(stop.x - stop.width / 2 - 4.5, stop.y - stop.height / 2 - 4.5, stop.width + 9, stop.height + 9, 11)
  context.stroke()
}

/** Covers the canvas with the part of the map in sight; `ground` may be what is kept of districts and lines. */
export function drawMap(context: CanvasRenderingContext2D, scene: Scene, ground: Pick<Ground, 'draw'> | null): void {
  const { left, top, ratio } = scene.view
  context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio)
  context.textBaseline = 'alphabetic'
  if (ground === null) drawGround(context, scene)
  else ground.draw(context, scene)
  drawStops(context, scene)
  drawHolds(context, scene)
  drawKernels(context, scene)
  drawPlates(context, scene)
  drawAlone(context, scene)
  drawOperation(context, scene)
  drawBus(context, scene)
  drawHover(context, scene)
  drawFocus(context, scene)
}
