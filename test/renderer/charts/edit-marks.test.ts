import { describe, expect, it } from 'vitest'
import { roomFor, shortened } from '../../../src/renderer/charts/edit-marks.ts'

describe('the label of a mark', () => {
  it('stands beside its mark, on the other side where the plot ends', () => {
    expect(roomFor(100, 50, 300, [])).toEqual({ line: 0, from: 106, to: 156 })
    expect(roomFor(280, 50, 300, [])).toEqual({ line: 0, from: 224, to: 274 })
  })

  it('goes to the first line on which it meets no other, and is left out where there is none', () => {
    const taken = [{ line: 0, from: 100, to: 200 }]
    expect(roomFor(150, 50, 300, taken)?.line).toBe(1)
    expect(roomFor(210, 50, 300, taken)?.line).toBe(0)
    expect(
      roomFor(
        150,
        50,
        300,
        [0, 1, 2, 3].map((line) => ({ line, from: 100, to: 200 })),
      ),
    ).toBeNull()
  })
})

it('keep as much of their words as has room', () => {
  const widthOf = (text: string): number => 10 * text.length
  expect(shortened('rate 1', 60, widthOf)).toBe('rate 1')
  expect(shortened('rate 0.03', 60, widthOf)).toBe('rate…')
  expect(shortened('rate', 5, widthOf)).toBe('')
})
