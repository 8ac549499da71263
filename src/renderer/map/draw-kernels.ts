/** Kernels as small pictures on the lines: beside a filter that reads one picture, else those of the filter that is meant. */

import { largestIn } from './largest.ts'
import type { Gap, Stop } from './layout.ts'
import { rampColour } from './palette.ts'
import type { Scene } from './scene.ts'
import { routePlace, type Selection, stopPlace } from './selection.ts'

/** A kernel is drawn about this large, its pixels in whole px. */
const wantedSide = 22
const leastPixel = 3

/** Pixels of a kernel's side, and how large each is drawn. */
function kernelSides(scene: Scene, gap: Gap): { readonly side: number; readonly pixel: number } | null {
  const { weight = null } = scene.network.gaps[gap.index] ?? {}
  if (scene.network.layers[gap.index + 1]?.kind !== 'conv2d' || weight === null) return null
  const side = weight.shape.at(-1) ?? 1
  return { side, pixel: Math.max(leastPixel, Math.floor(wantedSide / side)) }
}

/** One kernel with its rim, the middle of it at `x`, `y`. */
function drawKernel(context: CanvasRenderingContext2D, scene: Scene, gap: Gap, k: number, x: number, y: number): void {
  const sides = kernelSides(scene, gap)
  const { weight = null, inner = 1 } = scene.network.gaps[gap.index] ?? {}
  if (sides === null || weight === null) return
  const { side, pixel } = sides
  const { palette, values } = scene
  const largest = largestIn(values.parameters, weight.offset, weight.offset + weight.size)
  const extent = side * pixel
  const [left, top] = [Math.round(x - extent / 2), Math.round(y - extent / 2)]
  context.fillStyle = palette.ink2
  context.fillRect(left - 1.5, top - 1.5, extent + 3, extent + 3)
  for (let n = 0; n < side * side; n++) {
    const value = (values.parameters[weight.offset + k * inner + n] ?? 0) / (largest > 0 ? largest : 1)
    context.fillStyle = Number.isFinite(value) ? rampColour(palette.ramp, value) : palette.nan
    context.fillRect(left + (n % side) * pixel, top + Math.floor(n / side) * pixel, pixel, pixel)
  }
}

/** Filters whose kernels are drawn: all of a gap from one picture where there is room, else those that are meant. */
function shownFilters(scene: Scene, gap: Gap, extent: number): readonly number[] {
  const first = scene.layout.stops[gap.firstTarget]
  const second = scene.layout.stops[gap.firstTarget + 1]
  const isRoomy = second === undefined || (first !== undefined && second.y - first.y >= extent + 4)
  if (gap.ins === 1 && isRoomy) return Array.from({ length: gap.outs }, (_, to) => to)
  const meant = (selection: Selection | null): number | null => {
    const route = routePlace(scene.network, selection)
    if (route?.gap === gap.index) return route.to
    const stop = stopPlace(scene.network, selection)
    return stop?.layer === gap.index + 1 ? stop.index : null
  }
  const found = [meant(scene.selected), meant(scene.hovered)].filter((to) => to !== null)
  return [...new Set(found)]
}

/** Draws the kernels of all convolutions in sight. */
export function drawKernels(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, view, values } = scene
  if (values.parameters.length === 0) return
  for (const gap of layout.gaps) {
    const sides = kernelSides(scene, gap)
    if (sides === null || gap.ins === 0 || gap.x1 < view.left || gap.x0 > view.left + view.width) continue
    const extent = sides.side * sides.pixel
    for (const to of shownFilters(scene, gap, extent)) {
      const target: Stop | undefined = layout.stops[gap.firstTarget + to]
      if (target === undefined) continue
      if (gap.ins === 1) drawKernel(context, scene, gap, to, gap.x1 - extent / 2 - 4, target.y)
      else
        for (let from = 0; from < gap.ins; from++) {
          const y = layout.stops[gap.firstSource + from]?.y ?? 0
          drawKernel(context, scene, gap, to * gap.ins + from, gap.x0 + extent / 2 + 4, y)
        }
    }
  }
}
