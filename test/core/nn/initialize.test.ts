/** What the weights are before anything is learned. */
import { describe, expect, it } from 'vitest'
import { Stream } from '../../../src/core/data/random.ts'
import { startValues } from '../../../src/core/nn/initialize.ts'
import { orthogonal } from '../../../src/core/nn/orthogonal.ts'
import { acceptRecipe, circleRecipe, type Initializer, type ParameterInfo } from '../../../src/core/spec/index.ts'

const tensor: ParameterInfo = { name: 'w', kind: 'weight', shape: [60, 80], offset: 0, size: 4800, layer: 1 }

function values(initializer: Initializer, initialScale = 0.5): Float32Array {
  return startValues([tensor], acceptRecipe({ ...circleRecipe, training: { initializer, initialScale } }))
}

const deviation = (data: Float32Array): number => Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length)

function dot(
  matrix: ArrayLike<number>,
  a: number,
  b: number,
  count: number,
  [rowStep, step]: readonly [number, number],
): number {
  let total = 0
  for (let i = 0; i < count; i++) total += (matrix[a * rowStep + i * step] ?? 0) * (matrix[b * rowStep + i * step] ?? 0)
  return total
}

describe('initial values', () => {
  it('zeros and constant are what they say', () => {
    expect(new Set(values('zeros'))).toEqual(new Set([0]))
    expect(new Set(values('constant', -0.25))).toEqual(new Set([-0.25]))
  })

  it('normal and uniform spread by the initial size', () => {
    // 4800 numbers: their deviation is within 1 / sqrt(2 * 4800) = 1 % of the true one, 4 % at four sigma
    expect(deviation(values('normal', 0.2)) / 0.2).toBeGreaterThan(0.96)
    expect(deviation(values('normal', 0.2)) / 0.2).toBeLessThan(1.04)
    const uniform = values('uniform', 0.2)
    expect(Math.max(...uniform.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.2))
    expect(deviation(uniform) / (0.2 / Math.sqrt(3))).toBeGreaterThan(0.96)
  })

  it('are the same for the same seed and differ for another', () => {
    expect(values('orthogonal')).toEqual(values('orthogonal'))
    expect(values('normal')).not.toEqual(values('uniform'))
  })

  it('orthogonal rows or columns are perpendicular and of length 1', () => {
    for (const [rows, columns] of [
      [60, 80],
      [80, 60],
      [5, 5],
      [1, 7],
      [7, 1],
    ] as const) {
      const matrix = orthogonal(new Stream(3, 'init', 1), rows, columns)
      const [fewer, more] = [Math.min(rows, columns), Math.max(rows, columns)]
      const steps = rows <= columns ? ([columns, 1] as const) : ([1, columns] as const)
      for (let a = 0; a < fewer; a++) {
        // rows of length 1 orthogonalised in float64: some roundings of 1e-16 a term
        for (let b = 0; b <= a; b++) expect(dot(matrix, a, b, more, steps)).toBeCloseTo(a === b ? 1 : 0, 13)
      }
    }
  })

  it('orthogonal has no elements where a side is 0', () => {
    expect(orthogonal(new Stream(3, 'init', 1), 0, 4).length).toBe(0)
  })
})
