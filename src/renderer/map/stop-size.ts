/** How large a stop is drawn, and which of its labels fit, given the room that its row and column leave. */

/** A heat map over the plane, an activation bar, or the pixels of pictures. */
export type Picture = 'heat' | 'bar' | 'pixels'

/** Room of one stop. `width x height` is its body; `above` and `below` are kept free for labels. */
export interface StopSize {
  readonly width: number
  readonly height: number
  readonly above: number
  readonly below: number
  /** The bias has its bar, and its number. */
  readonly biasBar: boolean
  readonly biasNumber: boolean
  /** The stop is a cell of a strip: no body of its own, no gap to its neighbours. */
  readonly strip: boolean
}

const size = (
  width: number,
  height: number,
  above: number,
  below: number,
  bias: 'number' | 'bar' | 'none',
): StopSize => ({
  width,
  height,
  above,
  below,
  biasBar: bias !== 'none',
  biasNumber: bias === 'number',
  strip: false,
})

/** From roomy to tight; the first that fits is taken. */
const sizes: Readonly<Record<Exclude<Picture, 'pixels'>, readonly StopSize[]>> = {
  heat: [
    size(44, 44, 0, 28, 'number'),
    size(36, 36, 0, 26, 'number'),
    size(32, 32, 0, 12, 'bar'),
    size(24, 24, 0, 11, 'bar'),
    size(18, 18, 0, 0, 'none'),
    size(14, 14, 0, 0, 'none'),
    size(10, 10, 0, 0, 'none'),
  ],
  bar: [
    size(26, 40, 22, 18, 'number'),
    size(24, 34, 20, 0, 'none'),
    size(20, 24, 0, 0, 'none'),
    size(14, 14, 0, 0, 'none'),
  ],
}

/** Smaller pictures, so that a number fits below each. */
const numbered: readonly StopSize[] = [
  size(44, 44, 0, 28, 'number'),
  size(36, 36, 0, 26, 'number'),
  size(28, 28, 0, 24, 'number'),
  size(20, 20, 0, 22, 'number'),
  size(14, 14, 0, 22, 'number'),
]

/** Below this distance between rows, stops become cells of a strip. */
const stripStep = 14
/** A stop takes at most this share of the distance between columns. */
const columnShare = 0.5

/** The largest size whose rows are `step` apart and columns `pitch` apart; a strip where none fits. With `numbers` rather a small one with its number. */
export function stopSize(picture: Exclude<Picture, 'pixels'>, step: number, pitch: number, numbers = false): StopSize {
  const choice = numbers && picture === 'heat' ? [...numbered, ...sizes.heat] : sizes[picture]
  const fits = choice.find(
    ({ width, height, above, below }) => height + above + below + 4 <= step && width <= pitch * columnShare,
  )
  if (fits !== undefined && step >= stripStep) return fits
  const width = Math.max(2, Math.min(16, pitch * 0.4))
  return { width, height: step, above: 0, below: 0, biasBar: false, biasNumber: false, strip: true }
}
