/** The size of the gradient through the layers as a profile under the map: a bar a layer on a logarithmic scale. */
import type { District } from './layout.ts'

/** The profile's scale: powers of ten from `low` to `high`. */
export interface ProfileScale {
  readonly low: number
  readonly high: number
}

/** One bar: `share` of the height, 0 where the gradient is 0 or no number. */
export interface ProfileBar {
  readonly layer: number
  readonly x: number
  readonly width: number
  readonly share: number
}

/** Powers of ten that the scale begins and ends with are multiples of this, so that it stands still while it trains. */
const scaleStep = 6
const bars = { most: 18, least: 1, share: 0.72 } as const

/** The scale that holds all sizes above 0; from a millionth to 1 where there are none. */
export function profileScale(sizes: Float32Array): ProfileScale {
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (const size of sizes) {
    if (!(size > 0) || !Number.isFinite(size)) continue
    least = Math.min(least, size)
    most = Math.max(most, size)
  }
  if (most === 0) return { low: -scaleStep, high: 0 }
  const low = Math.min(-scaleStep, Math.floor(Math.log10(least) / scaleStep) * scaleStep)
  return { low, high: Math.max(0, Math.ceil(Math.log10(most) / scaleStep) * scaleStep) }
}

/** Bars under the districts; the input has no parameters and gets none. */
export function profileBars(sizes: Float32Array, districts: readonly District[], scale: ProfileScale): ProfileBar[] {
  return districts.slice(1).map(({ layer, centre }, index) => {
    const pitch = centre - (districts[index]?.centre ?? 0)
    const width = Math.max(bars.least, Math.min(bars.most, pitch * bars.share))
    const size = sizes[layer] ?? 0
    const place = size > 0 && Number.isFinite(size) ? (Math.log10(size) - scale.low) / (scale.high - scale.low) : 0
    return { layer, x: centre - width / 2, width, share: Math.max(0, Math.min(1, place)) }
  })
}

/** Ticks of the scale: its ends and the middle. */
export const profileTicks = ({ low, high }: ProfileScale): readonly number[] => [high, (low + high) / 2, low]
