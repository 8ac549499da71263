import { describe, expect, it } from 'vitest'
import { curveLine, curveValue, lowestRow, sampledRows } from '../../../src/renderer/charts/decimate.ts'
import { appended, noPoints } from '../../../src/renderer/stores/curve-points.ts'

/** A curve of `count` rows whose loss falls, with one peak. */
function aCurve(count: number, peakAt = -1) {
  const rows = new Float32Array(count * 6)
  for (let n = 0; n < count; n++) {
    const test = n % 2 === 0 ? Number.NaN : 2 / (n + 1)
    rows.set([n, n * 25, n === peakAt ? 50 : 1 / (n + 1), test, 0.5, Number.NaN], n * 6)
  }
  return appended(noPoints, rows)
}

describe('a line of the chart', () => {
  it('has every point of a short curve', () => {
    const line = curveLine(aCurve(100), 'trainLoss', 200)
    expect(line).toHaveLength(100)
    expect(line[3]).toEqual({ x: 3, y: 0.25, row: 3 })
  })

  it('leaves out what is no number', () => {
    expect(curveLine(aCurve(10), 'testLoss', 200).map(({ row }) => row)).toEqual([1, 3, 5, 7, 9])
  })

  it('keeps ends and peaks of a long curve in few points, in order', () => {
    const line = curveLine(aCurve(10_000, 7777), 'trainLoss', 100)
    expect(line.length).toBeLessThanOrEqual(400)
    expect(line[0]?.row).toBe(0)
    expect(line.at(-1)?.row).toBe(9999)
    expect(line.some(({ row, y }) => row === 7777 && y === 50)).toBe(true)
    expect(line.every(({ row }, n) => n === 0 || row > (line[n - 1]?.row ?? 0))).toBe(true)
  })

  it('is empty for an empty curve', () => {
    expect(curveLine(noPoints, 'trainLoss', 100)).toEqual([])
    expect(curveValue(noPoints, 0, 'epoch')).toBeNaN()
  })
})

describe('the table beside the chart', () => {
  it('takes few rows, with the first and the last', () => {
    expect(sampledRows(aCurve(101), 5)).toEqual([0, 25, 50, 75, 100])
    expect(sampledRows(aCurve(3), 12)).toEqual([0, 1, 2])
    expect(sampledRows(noPoints, 12)).toEqual([])
  })

  it('finds the lowest value', () => {
    expect(lowestRow(aCurve(50, 49), 'trainLoss')).toBe(48)
    expect(lowestRow(aCurve(50), 'testAccuracy')).toBe(-1)
  })
})
