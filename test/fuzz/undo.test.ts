import { expect, it } from 'vitest'
import { fuzzUndo } from './undo.ts'

it('2,000 random edits taken back leave recipe and weights as they were', () => {
  const { edits, refused, undos } = fuzzUndo(2000, 5)
  expect(edits).toBe(2000)
  // Edits that are all refused would show nothing.
  expect(refused).toBeLessThan(500)
  expect(undos).toBeGreaterThan(1000)
})
