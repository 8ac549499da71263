import { describe, expect, it } from 'vitest'
import { profileBars, profileScale, profileTicks } from '../../../src/renderer/map/gradient-profile.ts'
import { layoutMap } from '../../../src/renderer/map/layout.ts'
import { aNetwork, labSize } from './a-network.ts'

describe('the profile of the gradient', () => {
  it('has a logarithmic scale that stands still while sizes change a little', () => {
    expect(profileScale(Float32Array.from([0, 1e-31, 0.3]))).toEqual({ low: -36, high: 0 })
    expect(profileScale(Float32Array.from([0, 4e-32, 0.7]))).toEqual({ low: -36, high: 0 })
    expect(profileScale(new Float32Array(3))).toEqual({ low: -6, high: 0 })
    expect(profileTicks({ low: -36, high: 0 })).toEqual([0, -18, -36])
  })

  it('gives every layer but the input a bar under its district, none where the gradient is 0 or no number', () => {
    const layout = layoutMap(aNetwork(2, 3, 3, 2), labSize, { picture: 'heat' })
    const sizes = Float32Array.from([0, 0, Number.NaN, 0.001])
    const bars = profileBars(sizes, layout.districts, { low: -6, high: 0 })
    expect(bars.map(({ layer }) => layer)).toEqual([1, 2, 3])
    expect(bars.map(({ share }) => Number(share.toFixed(3)))).toEqual([0, 0, 0.5])
    for (const { x, width, layer } of bars) expect(x + width / 2).toBeCloseTo(layout.districts[layer]?.centre ?? -1)
  })
})
