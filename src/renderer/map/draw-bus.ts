/** The bus of a ride on its way along the traced route. */
import { emptyPath, pointOnRoute, routePath } from './routes.ts'
import type { Scene } from './scene.ts'

const path = emptyPath()
const size = { width: 30, height: 18, wheel: 3.2 } as const

/** Where the bus is: at share `progress` (0..1) of all lines of the trace, each as long as the others; null for none. */
export function busPlace({ trace, layout }: Pick<Scene, 'trace' | 'layout'>, progress: number) {
  const along = Math.min(1, Math.max(0, progress)) * trace.length
  const leg = Math.min(trace.length - 1, Math.floor(along))
  const place = trace[leg]
  const gap = layout.gaps[place?.gap ?? -1]
  if (place === undefined || gap === undefined) return null
  routePath(layout, gap, place.to * gap.ins + place.from, path)
  return pointOnRoute(path, along - leg)
}

/** Draws the bus of the scene, if one is under way. */
export function drawBus(context: CanvasRenderingContext2D, scene: Scene): void {
  const place = scene.bus === null ? null : busPlace(scene, scene.bus)
  if (place === null) return
  const { palette } = scene
  const [left, top] = [place.x - size.width / 2, place.y - size.height / 2]
  context.fillStyle = palette.land
  context.beginPath()
  context.roundRect(left - 2, top - 2, size.width + 4, size.height + 6, 7)
  context.fill()
  context.fillStyle = palette.ink
  context.beginPath()
  context.roundRect(left, top, size.width, size.height, 5)
  for (const x of [left + 8, left + size.width - 8]) {
    context.moveTo(x + size.wheel, top + size.height)
    context.arc(x, top + size.height, size.wheel, 0, 2 * Math.PI)
  }
  context.fill()
  context.fillStyle = palette.land
  context.beginPath()
  for (let window = 0; window < 3; window++) context.rect(left + 4 + window * 7.6, top + 4, 6, 6)
  context.fill()
}
