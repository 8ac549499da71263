/**
 * A 2D context that writes SVG: the map and the charts draw on it as on any other.
 *
 * A real context behind it keeps the state (styles, transform, dash) and measures text; only what leaves marks is
 * recorded. Paths are taken in the transform that holds when they are filled, as these drawings need; `Path2D` and
 * gradients are not known.
 */

/** A recording, and its document once drawn. */
export interface SvgRecording {
  readonly context: CanvasRenderingContext2D
  /** The whole document. */
  text(): string
}

const number = (value: number): string => String(Math.round(value * 100) / 100)
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const anchors: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' }
const baselines: Readonly<Record<string, string>> = { middle: 'central', top: 'hanging', hanging: 'hanging' }

/** Commands of a path as SVG writes them; a circle's arc in two halves, because SVG has no whole one. */
function createPath() {
  let data = ''
  const to = (command: string, ...numbers: number[]): void => {
    data += `${command}${numbers.map(number).join(' ')}`
  }
  const path = {
    beginPath() {
      data = ''
    },
    moveTo: (x: number, y: number) => to('M', x, y),
    lineTo: (x: number, y: number) => to(data === '' ? 'M' : 'L', x, y),
    bezierCurveTo: (a: number, b: number, c: number, d: number, x: number, y: number) => to('C', a, b, c, d, x, y),
    quadraticCurveTo: (a: number, b: number, x: number, y: number) => to('Q', a, b, x, y),
    closePath: () => to('Z'),
    rect: (x: number, y: number, width: number, height: number) => {
      to('M', x, y)
      to('h', width)
      to('v', height)
      to('h', -width)
      to('Z')
    },
    roundRect(x: number, y: number, width: number, height: number, radii: number | readonly number[] = 0) {
      const wanted = typeof radii === 'number' ? radii : (radii[0] ?? 0)
      const r = Math.max(0, Math.min(wanted, width / 2, height / 2))
      to('M', x + r, y)
      to('h', width - 2 * r)
      to('a', r, r, 0, 0, 1, r, r)
      to('v', height - 2 * r)
      to('a', r, r, 0, 0, 1, -r, r)
      to('h', 2 * r - width)
      to('a', r, r, 0, 0, 1, -r, -r)
      to('v', 2 * r - height)
      to('a', r, r, 0, 0, 1, r, -r)
      to('Z')
    },
    arc(x: number, y: number, r: number, from: number, end: number) {
      const middle = (from + end) / 2
      const at = (angle: number): [number, number] => [x + r * Math.cos(angle), y + r * Math.sin(angle)]
      to(data === '' ? 'M' : 'L', ...at(from))
      to('A', r, r, 0, 0, 1, ...at(middle))
      to('A', r, r, 0, 0, 1, ...at(end))
    },
  }
  return { path, data: () => data }
}

/** The pixels of part of a canvas as an address of data; empty where there are none. */
function pixelsOf(image: unknown, x: number, y: number, width: number, height: number): string {
  if (!(image instanceof HTMLCanvasElement) || width < 1 || height < 1) return ''
  const part = document.createElement('canvas')
  part.width = width
  part.height = height
  part.getContext('2d')?.drawImage(image, x, y, width, height, 0, 0, width, height)
  return part.toDataURL('image/png')
}

/** Writes elements with the styles that the context has at that moment. */
class Writer {
  readonly elements: string[] = []
  readonly #state: CanvasRenderingContext2D
  #clip = ''
  readonly #clips: string[] = []
  #clipCount = 0

  constructor(state: CanvasRenderingContext2D) {
    this.#state = state
  }

  #common(): string {
    const { a, b, c, d, e, f } = this.#state.getTransform()
    const isIdentity = a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0
    const transform = isIdentity ? '' : ` transform="matrix(${[a, b, c, d, e, f].map(number).join(' ')})"`
    const alpha = this.#state.globalAlpha === 1 ? '' : ` opacity="${number(this.#state.globalAlpha)}"`
    return `${transform}${alpha}`
  }
  #put(element: string): void {
    this.elements.push(this.#clip === '' ? element : `<g clip-path="url(#${this.#clip})">${element}</g>`)
  }
  #fillStyle(): string {
    return ` fill="${escaped(String(this.#state.fillStyle))}"`
  }
  #strokeStyle(): string {
    const { strokeStyle, lineWidth, lineCap, lineJoin } = this.#state
    const dash = this.#state.getLineDash()
    return (
      ` fill="none" stroke="${escaped(String(strokeStyle))}" stroke-width="${number(lineWidth)}"` +
      (lineCap === 'butt' ? '' : ` stroke-linecap="${lineCap}"`) +
      (lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`) +
      (dash.length === 0 ? '' : ` stroke-dasharray="${dash.map(number).join(' ')}"`)
    )
  }
  fill(data: string): void {
    if (data !== '') this.#put(`<path d="${data}"${this.#fillStyle()}${this.#common()}/>`)
  }
  stroke(data: string): void {
    if (data !== '') this.#put(`<path d="${data}"${this.#strokeStyle()}${this.#common()}/>`)
  }
  text(text: string, x: number, y: number, isFilled: boolean): void {
    const { font, textAlign, textBaseline } = this.#state
    const [, weight = '', size = '12', family = 'sans-serif'] = /^(.*?)\s*([\d.]+)px\s+(.*)$/.exec(font) ?? []
    const anchor = anchors[textAlign]
    const baseline = baselines[textBaseline]
    this.#put(
      `<text x="${number(x)}" y="${number(y)}" font-family="${escaped(family)}" font-size="${size}"` +
        (/^\d+$/.test(weight) ? ` font-weight="${weight}"` : '') +
        (anchor === undefined ? '' : ` text-anchor="${anchor}"`) +
        (baseline === undefined ? '' : ` dominant-baseline="${baseline}"`) +
        `${isFilled ? this.#fillStyle() : this.#strokeStyle()}${this.#common()}>${escaped(text)}</text>`,
    )
  }
  image(source: unknown, from: Box, to: Box): void {
    const address = pixelsOf(source, from.x, from.y, from.width, from.height)
    if (address === '') return
    const isSharp = !this.#state.imageSmoothingEnabled
    this.#put(
      `<image x="${number(to.x)}" y="${number(to.y)}" width="${number(to.width)}" height="${number(to.height)}"` +
        ` preserveAspectRatio="none"${isSharp ? ' style="image-rendering:pixelated"' : ''}` +
        ` href="${address}"${this.#common()}/>`,
    )
  }
  /** Clips within what is clipped already: a clip path may be clipped itself. */
  clip(data: string): void {
    const id = `clip${++this.#clipCount}`
    const outer = this.#clip === '' ? '' : ` clip-path="url(#${this.#clip})"`
    this.elements.push(`<clipPath id="${id}"${outer}><path d="${data}"${this.#common()}/></clipPath>`)
    this.#clip = id
  }
  save(): void {
    this.#clips.push(this.#clip)
  }
  restore(): void {
    this.#clip = this.#clips.pop() ?? ''
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where an image is taken from and put, for each of the three ways to call `drawImage`. */
function imageBoxes(source: unknown, numbers: readonly number[]): readonly [Box, Box] {
  const [a = 0, b = 0, c, d, e = 0, f = 0, g = 0, h = 0] = numbers
  const size = source instanceof HTMLCanvasElement ? source : { width: 0, height: 0 }
  const whole = { x: 0, y: 0, width: size.width, height: size.height }
  if (numbers.length >= 8) {
    return [
      { x: a, y: b, width: c ?? 0, height: d ?? 0 },
      { x: e, y: f, width: g, height: h },
    ]
  }
  return [whole, { x: a, y: b, width: c ?? size.width, height: d ?? size.height }]
}

type Recorded = Readonly<Record<string, (...values: never[]) => unknown>>

/** A recording of `width` x `height` px; null where the page has no canvas. */
export function recordSvg(width: number, height: number): SvgRecording | null {
  const state = document.createElement('canvas').getContext('2d')
  if (state === null) return null
  const { path, data } = createPath()
  const writer = new Writer(state)
  const rectangle = (x: number, y: number, across: number, down: number): string =>
    `M${number(x)} ${number(y)}h${number(across)}v${number(down)}h${number(-across)}Z`
  const recorded: Recorded = {
    ...path,
    fill: () => writer.fill(data()),
    stroke: () => writer.stroke(data()),
    clip: () => writer.clip(data()),
    fillRect: (x: number, y: number, across: number, down: number) => writer.fill(rectangle(x, y, across, down)),
    strokeRect: (x: number, y: number, across: number, down: number) => writer.stroke(rectangle(x, y, across, down)),
    clearRect: () => {},
    fillText: (text: string, x: number, y: number) => writer.text(text, x, y, true),
    strokeText: (text: string, x: number, y: number) => writer.text(text, x, y, false),
    drawImage: (source: unknown, ...numbers: number[]) => writer.image(source, ...imageBoxes(source, numbers)),
    save: () => {
      writer.save()
      state.save()
    },
    restore: () => {
      writer.restore()
      state.restore()
    },
  }
  const context = new Proxy(state, {
    get(target, key) {
      const own = typeof key === 'string' && Object.hasOwn(recorded, key) ? recorded[key] : undefined
      if (own !== undefined) return own
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
    set: (target, key, value) => Reflect.set(target, key, value, target),
  })
  return {
    context,
    text: () =>
      `<?xml version="1.0" encoding="UTF-8"?>\n` +
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n` +
      `${writer.elements.join('\n')}\n</svg>\n`,
  }
}
