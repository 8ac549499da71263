import { describe, expect, it } from 'vitest'
import { measure, rows } from './rows.ts'

describe('the median of ten seeds', () => {
  it.each(rows)('of $name ends at or below what TensorFlow Playground reaches', (row) => {
    const [, test] = measure(row).at(-1) ?? []
    expect(test).toBeLessThanOrEqual(row.playground.at(-1)?.[1] ?? Number.NaN)
  })
})
