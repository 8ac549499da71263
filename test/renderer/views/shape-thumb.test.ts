import { describe, expect, it } from 'vitest'
import { randomShapes } from '../../../src/core/spec/index.ts'
import { thumbDots } from '../../../src/renderer/views/lab/shape-thumb.ts'

describe('the picture of a shape', () => {
  it.each(randomShapes)('of %s lies in its frame and shows both sides', (shape) => {
    const dots = thumbDots(shape)
    expect(dots.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true)
    expect(new Set(dots.map(({ positive }) => positive)).size).toBe(2)
  })
})
