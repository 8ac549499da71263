/** The decision surface as pixels: which plane of the frame is shown, on what scale, smooth or in two colours. */
import type { Task } from '../../core/spec/index.ts'
import { largestIn } from '../map/heat-atlas.ts'
import { rampIndex } from '../map/palette.ts'

/** The shading stays this far from the full colours, so that points stand out. */
export const surfaceStrength = 0.62

/** Points lie in -span..span in both directions. */
export const surfaceSpan = 6

export interface Surface {
  /** Values [cells, cells], row 0 at the top. */
  readonly plane: Float32Array
  readonly cells: number
  /** Value of the scale's middle and how far it reaches to either side. */
  readonly middle: number
  readonly reach: number
}

/** Takes the plane of class 1, or of the only output, out of a frame's section [outputs, cells, cells]; null where there is none. */
export function surfaceOf(section: Float32Array, outputs: number, task: Task): Surface | null {
  const cells = outputs > 0 ? Math.floor(Math.sqrt(section.length / outputs)) : 0
  if (cells === 0) return null
  const shown = task === 'classes' && outputs > 1 ? 1 : 0
  const plane = section.subarray(shown * cells * cells, (shown + 1) * cells * cells)
  if (task === 'classes') return { plane, cells, middle: 0.5, reach: 0.5 }
  return { plane, cells, middle: 0, reach: Math.max(1, largestIn(plane, 0, plane.length)) }
}

/** Colours of a surface: the ramp, and the two stripes of what is no number, as RGBA words. */
export interface SurfaceColours {
  readonly ramp: Uint32Array
  readonly nan: number
  readonly ground: number
}

/** Cells of one stripe. */
const stripe = 2

/** Paints a surface into RGBA words. */
export function paintSurface(surface: Surface, discrete: boolean, colours: SurfaceColours, pixels: Uint32Array): void {
  const { plane, middle, reach, cells } = surface
  for (let n = 0; n < plane.length; n++) {
    const value = ((plane[n] ?? 0) - middle) / reach
    const shade = discrete ? Math.sign(value) : Math.max(-1, Math.min(1, value))
    if (Number.isNaN(value)) {
      const striped = (Math.floor(n / cells) + (n % cells)) % (2 * stripe) < stripe
      pixels[n] = striped ? colours.nan : colours.ground
    } else pixels[n] = colours.ramp[rampIndex(shade * surfaceStrength)] ?? 0
  }
}
