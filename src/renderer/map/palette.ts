/** The map's colours, read from the page's custom properties once a theme. */

export interface Palette {
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly line: string
  readonly line2: string
  readonly press: string
  readonly surface: string
  readonly land: string
  readonly district: string
  readonly districtInk: string
  readonly stop: string
  readonly negative: string
  readonly middle: string
  readonly positive: string
  readonly onSign: string
  readonly hand: string
  readonly nan: string
  readonly test: string
  readonly font: string
  /** Opacity of lines beside a traced route. */
  readonly ghost: number
  /** Signed colours from -1 to 1 as RGBA words in the machine's byte order. */
  readonly ramp: Uint32Array
  /** Colours of the classes on the plane, and for each a ramp whose upper half goes from the middle to it. */
  readonly classes: readonly string[]
  readonly classRamps: readonly Uint32Array[]
}

/** Entries of the ramp; the middle one is 0. */
export const rampSteps = 255

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number]

/** Reads `#rgb`, `#rrggbb` or `rgb(...)`; anything else is grey. */
export function parseColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]
  if (hex !== undefined) {
    const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
    const value = Number.parseInt(long, 16)
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
  }
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(text.trim())?.[1]
    ?.split(/[\s,/]+/)
    .map(Number)
  const [red, green, blue] = parts ?? []
  return red === undefined || green === undefined || blue === undefined ? [128, 128, 128] : [red, green, blue]
}

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/** A colour as an RGBA word in the byte order of this machine; fractions are cut off. */
export const rgbaOf = (red: number, green: number, blue: number): number =>
  (littleEndian ? (255 << 24) | (blue << 16) | (green << 8) | red : (red << 24) | (green << 16) | (blue << 8) | 255) >>>
  0

/** The same of a colour that was read. */
export const rgbaWord = ([red, green, blue]: Rgb): number => rgbaOf(red, green, blue)

/** Colours from `negative` (-1) over `middle` (0) to `positive` (1), symmetric. */
export function signRamp(negative: string, middle: string, positive: string): Uint32Array {
  const ends: readonly [Rgb, Rgb] = [parseColour(negative), parseColour(positive)]
  const centre = parseColour(middle)
  return Uint32Array.from({ length: rampSteps }, (_, n) => {
    const value = (n / (rampSteps - 1)) * 2 - 1
    const end = ends[value < 0 ? 0 : 1]
    const mix = (c: 0 | 1 | 2): number => Math.round(centre[c] + (end[c] - centre[c]) * Math.abs(value))
    return rgbaWord([mix(0), mix(1), mix(2)])
  })
}

/** Place in the ramp of a value between -1 and 1, as far from the middle for -v as for v; beyond is clamped. */
export function rampIndex(value: number): number {
  const middle = (rampSteps - 1) / 2
  const distance = Math.round(Math.min(1, Math.abs(value)) * middle)
  return value < 0 ? middle - distance : middle + distance
}

/** A word of the ramp as a CSS colour. */
export function rampColour(ramp: Uint32Array, value: number): string {
  const known = rampNames.get(ramp) ?? new Map<number, string>()
  rampNames.set(ramp, known)
  const rgba = ramp[rampIndex(value)] ?? 0
  const name = known.get(rgba) ?? rgbName(rgba)
  known.set(rgba, name)
  return name
}

/** Names of a ramp's colours: thousands of cells have one of a few hundred. */
const rampNames = new WeakMap<Uint32Array, Map<number, string>>()

function rgbName(rgba: number): string {
  const [a, b, c, d] = [rgba & 255, (rgba >>> 8) & 255, (rgba >>> 16) & 255, rgba >>> 24]
  return littleEndian ? `rgb(${a} ${b} ${c})` : `rgb(${d} ${c} ${b})`
}

/** Classes beyond the two that have the colours of the signs. */
const furtherClasses = [
  ['--class-3', '#2f8f81'],
  ['--class-4', '#83335c'],
  ['--class-5', '#4a3d00'],
  ['--class-6', '#101418'],
] as const

/** Reads the palette that holds at an element. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise
  const negative = read('--neg', '#b35900')
  const middle = read('--mid', '#e8eaeb')
  const positive = read('--pos', '#0b5fa5')
  const others = furtherClasses.map(([name, otherwise]) => read(name, otherwise))
  const classes = [negative, positive, ...others]
  return {
    ink: read('--ink', '#14171a'),
    ink2: read('--ink-2', '#474f58'),
    ink3: read('--ink-3', '#626a74'),
    line: read('--line', '#e3e6e9'),
    line2: read('--line-2', '#cdd2d8'),
    press: read('--press', '#e4e7ea'),
    surface: read('--surface', '#ffffff'),
    land: read('--land', '#ffffff'),
    district: read('--district', '#f3f5f6'),
    districtInk: read('--district-ink', '#626a74'),
    stop: read('--stop', '#ffffff'),
    negative,
    middle,
    positive,
    onSign: read('--on-sign', '#ffffff'),
    hand: read('--hand', '#6a3fc0'),
    nan: read('--nan', '#b4128a'),
    test: read('--s2', '#097267'),
    font: read('--font', 'sans-serif'),
    ghost: Number(read('--ghost', '0.42')) || 0.42,
    ramp: signRamp(negative, middle, positive),
    classes,
    classRamps: classes.map((colour) => signRamp(middle, middle, colour)),
  }
}

/** Calls back when the theme may have changed; returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme', 'style'] })
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'].map((query) =>
    matchMedia(query),
  )
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    for (const query of queries) query.removeEventListener('change', listener)
  }
}
