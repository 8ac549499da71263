import { describe, expect, it } from 'vitest'
import {
  curveLine,
  curveValue,
  extremeRow,
  rowAt,
  sampledRows,
  smoothedColumn,
} from '../../../src/renderer/charts/decimate.ts'
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
    expect(extremeRow(aCurve(50, 49), 'trainLoss', -1)).toBe(48)
    expect(extremeRow(aCurve(50), 'testAccuracy', 1)).toBe(-1)
  })
})

describe('a smoothed curve', () => {
  it('is the mean of what was, each step back worth less, freed of its start', () => {
    const points = appended(noPoints, Float32Array.from([4, 2, 6].flatMap((loss, n) => [n, n, loss, 0, 0, 0])))
    const smooth = smoothedColumn(points, 'trainLoss', 0.5)
    // (4), (4/4 + 2/2) / (3/4), (4/8 + 2/4 + 6/2) / (7/8)
    expect([...smooth].map((value) => Number(value.toFixed(6)))).toEqual([4, 2.666667, 4.571429])
  })

  it('passes over what is no number', () => {
    const smooth = smoothedColumn(aCurve(4), 'testLoss', 0.9)
    expect([...smooth].map(Number.isNaN)).toEqual([true, false, true, false])
  })
})

describe('the row of an epoch', () => {
  it('is the first that is not before it', () => {
    expect([0, 3.5, 9, 99].map((epoch) => rowAt(aCurve(10), epoch))).toEqual([0, 4, 9, 10])
  })
})
