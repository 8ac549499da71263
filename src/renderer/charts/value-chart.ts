/** Scales, ticks and paths of the small charts of one value, as pure functions. */

/** A stretch of an axis. */
export interface Span {
  readonly low: number
  readonly high: number
}

/** The stretch that holds all finite values, a little wider; never empty. */
export function spanOf(values: readonly number[], margin = 0.08): Span {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return { low: 0, high: 1 }
  const room = high > low ? (high - low) * margin : Math.max(Math.abs(high) * 0.1, 1e-6)
  return { low: low - room, high: high + room }
}

/** Round numbers within a stretch, about `count` of them. */
export function ticksOf({ low, high }: Span, count: number): readonly number[] {
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((mantissa) => mantissa * power >= rough * 0.999) ?? 10) * power
  const ticks: number[] = []
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++)
    ticks.push(Number((n * step).toPrecision(8)))
  return ticks
}

/** Where a value stands between `from` (the low end) and `to`. */
export const placeIn = ({ low, high }: Span, value: number, from: number, to: number): number =>
  from + ((value - low) / (high - low)) * (to - from)

/** A polyline through points; a value that is no number breaks it. */
export function pathOf(points: readonly { readonly x: number; readonly y: number }[]): string {
  let path = ''
  let isOpen = false
  for (const { x, y } of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      isOpen = false
      continue
    }
    path += `${isOpen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    isOpen = true
  }
  return path
}
