import { describe, expect, it } from 'vitest'
import { fillTile, heatScale } from '../../../src/renderer/map/heat-atlas.ts'
import { parseColour, rampColour, rampIndex, rampSteps, signRamp } from '../../../src/renderer/map/palette.ts'

const ramp = signRamp('#b35900', '#e8eaeb', '#0b5fa5')

describe('the ramp', () => {
  it('goes from the negative over the middle to the positive colour', () => {
    expect(rampColour(ramp, -1)).toBe('rgb(179 89 0)')
    expect(rampColour(ramp, 0)).toBe('rgb(232 234 235)')
    expect(rampColour(ramp, 1)).toBe('rgb(11 95 165)')
  })

  it('is symmetric around 0 and clamps beyond 1', () => {
    for (const value of [0, 0.2, 0.5, 1, 7]) expect(rampIndex(value) + rampIndex(-value)).toBe(rampSteps - 1)
  })

  it('reads colours as style sheets write them', () => {
    expect(parseColour('#fff')).toEqual([255, 255, 255])
    expect(parseColour(' #0b5fa5')).toEqual([11, 95, 165])
    expect(parseColour('rgb(1, 2, 3)')).toEqual([1, 2, 3])
    expect(parseColour('rgb(1 2 3 / .5)')).toEqual([1, 2, 3])
  })
})

describe('a heat map', () => {
  it('is filled row by row and tells where a value is no number', () => {
    const pixels = new Uint32Array(8)
    expect(fillTile(pixels, 2, 4, Float32Array.from([-1, 0, 1, 0.5]), 0, 2, 1, 0, ramp)).toBe(true)
    expect([...pixels]).toEqual([0, 0, ramp[0], ramp[127], 0, 0, ramp[254], ramp[rampIndex(0.5)]])
    expect(fillTile(pixels, 0, 4, Float32Array.from([Number.NaN]), 0, 1, 1, 0, ramp)).toBe(false)
  })

  it('scales inputs each, unbounded activations by their layer, a probability around one half', () => {
    expect(heatScale('input', 'none')).toBe('own')
    expect(heatScale('hidden', 'relu')).toBe('layer')
    expect(heatScale('hidden', 'tanh')).toBe('unit')
    expect(heatScale('output', 'softmax')).toBe('probability')
  })
})
