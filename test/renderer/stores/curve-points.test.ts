import { describe, expect, it } from 'vitest'
import { appended, curveColumns, noPoints } from '../../../src/renderer/stores/curve-points.ts'

const row = (epoch: number): number[] => [epoch, 0, 0, 0, 0, 0]
const rows = (from: number, count: number): Float32Array =>
  Float32Array.from(Array.from({ length: count }, (_, i) => row(from + i)).flat())
const epochs = ({ count, rows: all }: { count: number; rows: Float32Array }): number[] =>
  Array.from({ length: count }, (_, i) => all[i * curveColumns] ?? Number.NaN)

describe('curve points', () => {
  it('come one after the other', () => {
    expect(epochs(appended(appended(noPoints, rows(0, 2)), rows(2, 1)))).toEqual([0, 1, 2])
  })

  it('do not grow without end, and keep their first and last', () => {
    let points = noPoints
    for (let i = 0; i < 60; i++) points = appended(points, rows(i * 1000, 1000))
    expect(points.count).toBeLessThanOrEqual(16_384)
    const kept = epochs(points)
    expect(kept[0]).toBe(0)
    expect(kept.at(-1)).toBe(59_999)
    expect(kept.every((epoch, i) => i === 0 || epoch > (kept[i - 1] ?? 0))).toBe(true)
  })
})
