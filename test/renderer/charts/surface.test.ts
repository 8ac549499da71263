import { describe, expect, it } from 'vitest'
import { paintSurface, surfaceOf, surfaceStrength } from '../../../src/renderer/charts/surface.ts'
import { rampIndex, rgbaWord, signRamp } from '../../../src/renderer/map/palette.ts'

const ramp = signRamp('#000', '#888', '#fff')
const classes = ['#ff0000', '#00ff00', '#0000ff']
const colours = { ramp, middle: '#888888', classes, nan: 7, ground: 8 }

describe('the surface', () => {
  const section = Float32Array.from([0.9, 0.8, 0.7, 0.6, 0.1, 0.2, 0.5, 1])

  it('is the plane of class 1, around one half', () => {
    const surface = surfaceOf(section, 2, 'classes', [0, 1])
    expect(surface).toEqual({ kind: 'sided', plane: section.subarray(4), cells: 2, middle: 0.5, reach: 0.5 })
  })

  it('is the only plane of a number, symmetric around 0 and at least as wide as -1..1', () => {
    expect(surfaceOf(Float32Array.from([0.5, -3, 1, 0]), 1, 'number', [])).toMatchObject({ middle: 0, reach: 3 })
    expect(surfaceOf(Float32Array.from([0.5, 0, 0, 0]), 1, 'number', [])).toMatchObject({ reach: 1 })
  })

  it('is none where the frame has none', () => {
    expect(surfaceOf(new Float32Array(0), 2, 'classes', [0, 1])).toBeNull()
  })

  it('is painted in shades, in two colours, and striped where it is no number', () => {
    const plane = Float32Array.from([0, 0.5, 0.75, Number.NaN])
    const surface = { kind: 'sided', plane, cells: 2, middle: 0.5, reach: 0.5 } as const
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

  it('has a plane for each class where there are more than two, or others than the first two', () => {
    const three = surfaceOf(new Float32Array(12), 3, 'classes', [0, 1, 2])
    expect(three).toMatchObject({ kind: 'classes', cells: 2, classes: [0, 1, 2] })
    expect(surfaceOf(section, 2, 'classes', [0, 2])).toMatchObject({ kind: 'classes', cells: 2, classes: [0, 2] })
  })

  it('of classes is the middle at chance, nearly a hue where one is sure, a blend between, and striped where it is none', () => {
    const third = 1 / 3
    const planes = Float32Array.of(third, 1, 0.5, Number.NaN, third, 0, 0.5, 0, third, 0, 0, 0)
    const surface = { kind: 'classes', planes, cells: 2, classes: [0, 1, 2] } as const
    const pixels = new Uint32Array(4)
    paintSurface(surface, false, colours, pixels)
    const middle = 0x88
    const towards = (value: number, strength: number): number => Math.round(middle + (value - middle) * strength)
    const blend = surfaceStrength * ((0.5 - third) / (1 - third))
    const mixed = towards(127.5, blend)
    expect([...pixels]).toEqual([
      rgbaWord([middle, middle, middle]),
      rgbaWord([towards(255, surfaceStrength), towards(0, surfaceStrength), towards(0, surfaceStrength)]),
      rgbaWord([mixed, mixed, towards(0, blend)]),
      8,
    ])
    paintSurface(
      { ...surface, planes: Float32Array.of(0.4, 0, 0, 0, 0.35, 0, 0, 0, 0.25, 1, 1, 1) },
      true,
      colours,
      pixels,
    )
    expect(pixels[0]).toBe(
      rgbaWord([towards(255, surfaceStrength), towards(0, surfaceStrength), towards(0, surfaceStrength)]),
    )
    expect(pixels[1]).toBe(
      rgbaWord([towards(0, surfaceStrength), towards(0, surfaceStrength), towards(255, surfaceStrength)]),
    )
  })
})
