/** The decision surface as pixels: which planes of the frame are shown, on what scale, smooth or in whole colours. */
import { planeReach, type Task } from '../../core/spec/index.ts'
import { isTwoSided } from '../map/classes.ts'
import { largestIn } from '../map/largest.ts'
import { parseColour, type Rgb, rampIndex, rgbaOf } from '../map/palette.ts'

/** The shading stays this far from the full colours, so that points stand out. */
export const surfaceStrength = 0.62

/** Points lie in -span..span in both directions. */
export const surfaceSpan = planeReach

/** One plane between two colours: of class 1, or of a number. */
interface SidedSurface {
  readonly kind: 'sided'
  /** Values [cells, cells], row 0 at the top. */
  readonly plane: Float32Array
  readonly cells: number
  /** Value of the scale's middle and how far it reaches to either side. */
  readonly middle: number
  readonly reach: number
}

/** A plane of probabilities for each class. */
interface ClassSurface {
  readonly kind: 'classes'
  /** [classes, cells, cells] */
  readonly planes: Float32Array
  readonly cells: number
  /** The class of each plane. */
  readonly classes: readonly number[]
}

export type Surface = SidedSurface | ClassSurface

/**
 * Takes the planes to show out of a frame's section [outputs, cells, cells]: all of them, but of the two first classes that
 * of the second alone; null where there is none. `classes` are those of the outputs, none where a number is predicted.
 */
export function surfaceOf(
  section: Float32Array,
  outputs: number,
  task: Task,
  classes: readonly number[],
): Surface | null {
  const cells = outputs > 0 ? Math.floor(Math.sqrt(section.length / outputs)) : 0
  if (cells === 0) return null
  if (task === 'classes' && !isTwoSided(classes)) return { kind: 'classes', planes: section, cells, classes }
  const shown = task === 'classes' ? 1 : 0
  const plane = section.subarray(shown * cells * cells, (shown + 1) * cells * cells)
  if (task === 'classes') return { kind: 'sided', plane, cells, middle: 0.5, reach: 0.5 }
  return { kind: 'sided', plane, cells, middle: 0, reach: Math.max(1, largestIn(plane, 0, plane.length)) }
}

/** Colours of a surface: the ramp and its middle, the classes, and the two stripes of what is no number. */
export interface SurfaceColours {
  readonly ramp: Uint32Array
  readonly middle: string
  readonly classes: readonly string[]
  readonly nan: number
  readonly ground: number
}

/** Cells of one stripe. */
const stripe = 2

const striped = (n: number, cells: number, { nan, ground }: SurfaceColours): number =>
  (Math.floor(n / cells) + (n % cells)) % (2 * stripe) < stripe ? nan : ground

/** Paints a surface into RGBA words. */
export function paintSurface(surface: Surface, discrete: boolean, colours: SurfaceColours, pixels: Uint32Array): void {
  if (surface.kind === 'classes') paintClasses(surface, discrete, colours, pixels)
  else paintSides(surface, discrete, colours, pixels)
}

function paintSides(surface: SidedSurface, discrete: boolean, colours: SurfaceColours, pixels: Uint32Array): void {
  const { plane, middle, reach, cells } = surface
  for (let n = 0; n < plane.length; n++) {
    const value = ((plane[n] ?? 0) - middle) / reach
    const shade = discrete ? Math.sign(value) : Math.max(-1, Math.min(1, value))
    pixels[n] = Number.isNaN(value)
      ? striped(n, cells, colours)
      : (colours.ramp[rampIndex(shade * surfaceStrength)] ?? 0)
  }
}

/** Added, so that cutting fractions off rounds. */
const half = 0.5
const mixed = (from: number, to: number, share: number): number => from + (to - from) * share + half
const grey: Rgb = [128, 128, 128]

/**
 * Each cell has the mean of the classes' colours, weighted by their probabilities, the stronger the farther the likeliest
 * is above chance; discrete, the colour of the likeliest.
 */
function paintClasses(surface: ClassSurface, discrete: boolean, colours: SurfaceColours, pixels: Uint32Array): void {
  const { planes, cells, classes } = surface
  const hues = classes.map((label) => parseColour(colours.classes[label] ?? ''))
  const [red, green, blue] = parseColour(colours.middle)
  const chance = 1 / classes.length
  const size = cells * cells
  for (let n = 0; n < size; n++) {
    let [r, g, b, sum, best, likeliest] = [0, 0, 0, 0, 0, 0]
    for (let k = 0; k < classes.length; k++) {
      const p = planes[k * size + n] ?? 0
      const hue = hues[k] ?? grey
      r += p * hue[0]
      g += p * hue[1]
      b += p * hue[2]
      sum += p
      if (p > best) [best, likeliest] = [p, k]
    }
    if (Number.isNaN(sum)) {
      pixels[n] = striped(n, cells, colours)
      continue
    }
    if (discrete) [r, g, b] = hues[likeliest] ?? grey
    const strength = surfaceStrength * (discrete ? 1 : Math.max(0, best - chance) / (1 - chance))
    pixels[n] = rgbaOf(mixed(red, r, strength), mixed(green, g, strength), mixed(blue, b, strength))
  }
}
