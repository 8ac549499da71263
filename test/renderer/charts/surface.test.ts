import { describe, expect, it } from 'vitest'
import { paintSurface, surfaceOf, surfaceStrength } from '../../../src/renderer/charts/surface.ts'
import { rampIndex, signRamp } from '../../../src/renderer/map/palette.ts'

const ramp = signRamp('#000', '#888', '#fff')
const colours = { ramp, nan: 7, ground: 8 }

describe('the surface', () => {
  const section = Float32Array.from([0.9, 0.8, 0.7, 0.6, 0.1, 0.2, 0.5, 1])

  it('is the plane of class 1, around one half', () => {
    const surface = surfaceOf(section, 2, 'classes')
    expect([...(surface?.plane ?? [])]).toEqual([...section.subarray(4)])
    expect(surface).toMatchObject({ cells: 2, middle: 0.5, reach: 0.5 })
  })

  it('is the only plane of a number, symmetric around 0 and at least as wide as -1..1', () => {
    expect(surfaceOf(Float32Array.from([0.5, -3, 1, 0]), 1, 'number')).toMatchObject({ middle: 0, reach: 3 })
    expect(surfaceOf(Float32Array.from([0.5, 0, 0, 0]), 1, 'number')).toMatchObject({ reach: 1 })
  })

  it('is none where the frame has none', () => {
    expect(surfaceOf(new Float32Array(0), 2, 'classes')).toBeNull()
  })

  it('is painted in shades, in two colours, and striped where it is no number', () => {
    const surface = { plane: Float32Array.from([0, 0.5, 0.75, Number.NaN]), cells: 2, middle: 0.5, reach: 0.5 }
    const pixels = new Uint32Array(4)
    paintSurface(surface, false, colours, pixels)
    expect([...pixels]).toEqual([
      ramp[rampIndex(-surfaceStrength)],
      ramp[127],
      ramp[rampIndex(0.5 * surfaceStrength)],
      8,
    ])
    paintSurface(surface, true, colours, pixels)
    expect(pixels[2]).toBe(ramp[rampIndex(surfaceStrength)])
  })
})
