import { describe, expect, it } from 'vitest'
import { layoutMap } from '../../../src/renderer/map/layout.ts'
import {
  largestOfGaps,
  type PlateWish,
  placePlates,
  plateCandidates,
  plateNumber,
  signOf,
} from '../../../src/renderer/map/plates.ts'
import { fitRoutes } from '../../../src/renderer/map/routes.ts'
import { aNetwork, someParameters, storySize } from './a-network.ts'

describe('a bus number', () => {
  it('reaches from 100 (pulls away most) over 199 and 200 (carries nothing) to 9999 (carries most)', () => {
    expect(plateNumber(2, 2)).toBe(9999)
    expect(plateNumber(0, 2)).toBe(200)
    expect(plateNumber(-1e-9, 2)).toBe(199)
    expect(plateNumber(-2, 2)).toBe(100)
    expect(plateNumber(1, 2)).toBe(Math.round(200 + 9799 / 2))
  })

  it('stays within 100 and 9999 and rises with the contribution', () => {
    let before = 0
    for (let c = -3; c <= 3; c += 0.01) {
      const number = plateNumber(c, 2)
      expect(number).toBeGreaterThanOrEqual(Math.max(100, before))
      expect(number).toBeLessThanOrEqual(9999)
      before = number
    }
  })

  it('carries nothing where the whole layer carries nothing', () => {
    expect(plateNumber(0, 0)).toBe(200)
  })
})

describe('plates', () => {
  const network = aNetwork(2, 5, 4)
  const layout = layoutMap(network, storySize, { picture: 'bar' })
  const parameters = someParameters(network.parameterCount)
  fitRoutes(layout, parameters)
  const wishes: PlateWish[] = layout.gaps.flatMap((gap) =>
    Array.from({ length: gap.ins * gap.outs }, (_, k) => ({
      gap: gap.index,
      k,
      text: '9999',
      sign: 'positive' as const,
      strong: k === 0,
    })),
  )

  it('never overlap each other or a blocked box', () => {
    const blocked = [{ x: 300, y: 100, width: 120, height: 200 }]
    const boxes = [
      ...placePlates(network, layout, wishes, blocked).map((p) => ({
        x: p.x - p.width / 2,
        y: p.y - p.height / 2,
        width: p.width,
        height: p.height,
      })),
      ...blocked,
    ]
    expect(boxes.length).toBeGreaterThan(10)
    boxes.forEach((a, n) => {
      for (const b of boxes.slice(n + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        expect(apart).toBe(true)
      }
    })
  })

  it('serve the first wish first and each line once', () => {
    const [first] = placePlates(network, layout, [...wishes, ...wishes], [])
    expect(first?.selection).toEqual({ kind: 'weight', parameter: 'layers.0.weight', index: 0 })
    const names = placePlates(network, layout, [...wishes, ...wishes], []).map(
      ({ selection }) => `${selection.parameter} ${selection.index}`,
    )
    expect(new Set(names).size).toBe(names.length)
  })

  it('go to the three strongest of a gap, four at the output, and to the one that pulls away most', () => {
    const rank = (k: number): number => -k
    expect(plateCandidates(layout, 0, rank, new Set())).toEqual([0, 1, 2, 9])
    expect(plateCandidates(layout, 1, rank, new Set([1]))).toEqual([0, 2, 3, 4, 19])
  })

  it('take the largest contribution of each gap, biases apart', () => {
    const contributions = new Float32Array(network.parameterCount)
    contributions[3] = -4
    contributions[10] = 9
    contributions[15] = 2
    expect(largestOfGaps(network, contributions)).toEqual([4, 2])
  })

  it('tell the sign of a weight', () => {
    expect([1, 0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(signOf)).toEqual([
      'positive',
      'positive',
      'negative',
      'none',
      'none',
    ])
  })
})
