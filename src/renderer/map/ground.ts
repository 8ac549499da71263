/** Districts and lines, what most of a map's drawing goes into, kept as a picture while they would look the same. */
import { bandPx, widestBand } from './draw-bundles.ts'
import { drawDistricts } from './draw-districts.ts'
import { drawRoutes } from './draw-routes.ts'
import type { Scene } from './scene.ts'

/** Widths that differ by less than this many device pixels look alike. */
const alikePx = 1 / 8
/** Lines that are no number. */
const broken = 1 << 20

/** What is under the stops. */
export interface Ground {
  /** Draws it, from the picture of it if that still holds. The context's transform is the map's. */
  readonly draw: (context: CanvasRenderingContext2D, scene: Scene) => void
  /** Something else than numbers has changed. */
  readonly forget: () => void
}

/** Draws districts and lines; keeps nothing. */
export function drawGround(context: CanvasRenderingContext2D, scene: Scene): void {
  context.fillStyle = scene.palette.land
  context.fillRect(scene.view.left, scene.view.top, scene.view.width, scene.view.height)
  drawDistricts(context, scene)
  drawRoutes(context, scene)
}

type Keyed = Pick<Scene, 'layout' | 'lines' | 'trace' | 'view' | 'selected' | 'hovered' | 'focused' | 'alone'>

/** Whether lines are drawn over the band that stands for them. */
const isSingled = ({ layout, trace, selected, hovered, focused, alone }: Keyed): boolean =>
  layout.gaps.some(({ open }) => !open) &&
  (trace.length > 0 || [selected, hovered, focused, alone].some((one) => one !== null))

/**
 * All that numbers change about the lines, in steps that can be seen; the traced route with it. Null where single lines
 * of a band are drawn: of these it tells nothing.
 */
export function groundKey(scene: Keyed): readonly number[] | null {
  if (isSingled(scene)) return null
  const { layout, lines, trace, view } = scene
  const { ratio } = view
  const seen = (px: number): number => (Number.isFinite(px) ? Math.round((px * ratio) / alikePx) : broken)
  const most = Math.max(1e-9, widestBand(layout.gaps))
  const key = [lines.length, ratio, ...trace.flatMap(({ gap, from, to }) => [gap, from, to])]
  for (const gap of layout.gaps) {
    if (gap.x1 < view.left || gap.x0 > view.left + view.width) continue
    if (!gap.open) {
      key.push(seen((bandPx * gap.positive) / most), seen((bandPx * gap.negative) / most))
      continue
    }
    for (let k = 0; k < gap.ins * gap.outs; k++) {
      const value = lines[gap.offset + k] ?? 0
      const width = Number.isFinite(value) ? seen(gap.widths[k] ?? 0) : broken
      key.push(value < 0 ? -1 - width : width)
    }
  }
  return key
}

const isSame = (one: readonly number[] | null, other: readonly number[] | null): boolean =>
  one !== null && one.length === other?.length && one.every((part, n) => part === other[n])

/** Begins with nothing kept. What stands for two pictures is kept; what changes with every one is drawn as it is. */
export function createGround(): Ground {
  const picture = document.createElement('canvas')
  let last: readonly number[] | null = null
  let isKept = false

  function keep(scene: Scene): void {
    const { view } = scene
    // Its size, set anew, clears it.
    picture.width = Math.round(view.width * view.ratio)
    picture.height = Math.round(view.height * view.ratio)
    const context = picture.getContext('2d', { alpha: false })
    if (context === null) return
    context.setTransform(view.ratio, 0, 0, view.ratio, -view.left * view.ratio, -view.top * view.ratio)
    context.textBaseline = 'alphabetic'
    drawGround(context, scene)
    isKept = true
  }

  return {
    draw(context, scene) {
      const key = groundKey(scene)
      const stands = isSame(key, last)
      last = key
      if (!stands) isKept = false
      else if (!isKept) keep(scene)
      if (!isKept) {
        drawGround(context, scene)
        return
      }
      const { left, top, width, height } = scene.view
      context.drawImage(picture, left, top, width, height)
    },
    forget() {
      last = null
      isKept = false
    },
  }
}
