/** The places where a slider stops: 1-2-5 on a logarithmic scale, even steps on a linear one. */
import type { NumberHyperparameter } from '../../core/spec/index.ts'

/** What a table's entry must say for a scale. */
export type Scale = Pick<NumberHyperparameter, 'kind' | 'min' | 'max' | 'exclusiveMin' | 'scale'>

/** Smallest value above 0 on a logarithmic slider; a smaller one can be typed. */
const smallestLog = 1e-5
const linearSteps = 20
const mantissas = [1, 2, 5]

const clean = (value: number): number => Number(value.toPrecision(6))

function logStops({ min, max, exclusiveMin, kind }: Scale): readonly number[] {
  const lowest = Math.max(min, kind === 'integer' ? 1 : smallestLog)
  const stops = new Set<number>()
  if (min === 0 && exclusiveMin !== true) stops.add(0)
  if (min > 0) stops.add(min)
  for (let power = Math.floor(Math.log10(lowest)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const mantissa of mantissas) {
      const stop = clean(mantissa * 10 ** power)
      if (stop >= lowest && stop <= max) stops.add(stop)
    }
  }
  stops.add(max)
  return [...stops].sort((a, b) => a - b)
}

function linearStops({ min, max, kind, exclusiveMin }: Scale): readonly number[] {
  const rough = (max - min) / linearSteps
  const power = 10 ** Math.floor(Math.log10(rough))
  const nice = (mantissas.find((mantissa) => mantissa * power >= rough * 0.999) ?? 10) * power
  const step = kind === 'integer' ? Math.max(1, Math.round(nice)) : nice
  const stops: number[] = []
  for (let i = exclusiveMin === true ? 1 : 0; min + i * step < max; i++) stops.push(clean(min + i * step))
  return [...stops, max]
}

/** Every stop of a slider, rising. */
export function sliderStops(scale: Scale): readonly number[] {
  return scale.scale === 'log' ? logStops(scale) : linearStops(scale)
}

/** Index of the stop that is nearest to a value, by ratio on a logarithmic scale. */
export function nearestStop(stops: readonly number[], value: number, log: boolean): number {
  const place = (v: number): number => (log ? Math.log10(Math.max(v, smallestLog / 10)) : v)
  let best = 0
  stops.forEach((stop, i) => {
    if (Math.abs(place(stop) - place(value)) < Math.abs(place(stops[best] ?? 0) - place(value))) best = i
  })
  return best
}

/** Where a value stands among rising stops, as a share of all of them: on a stop, or between two; NaN beyond the last. */
export function shareAmong(stops: readonly number[], value: number): number {
  const above = stops.findIndex((stop) => stop >= value)
  if (above < 0) return Number.NaN
  const [from, to] = [stops[above - 1] ?? value, stops[above] ?? value]
  const within = to === from ? 0 : (to - value) / (to - from)
  return stops.length < 2 ? 1 : (above - within) / (stops.length - 1)
}

/** The next stop above (1) or below (-1) a value; the value itself at the end of the scale. */
export function nextStop(stops: readonly number[], value: number, direction: 1 | -1): number {
  const found = direction === 1 ? stops.find((stop) => stop > value) : stops.findLast((stop) => stop < value)
  return found ?? value
}
