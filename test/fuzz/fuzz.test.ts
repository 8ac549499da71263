import { describe, expect, it } from 'vitest'
import { Stream } from '../../src/core/data/random.ts'
import { runCase, targets } from './targets.ts'

/** Few enough for every run of the tests; `npm run fuzz` has no end. */
const cases = 1000

describe.each(targets)('the reader of $name', (target) => {
  it('answers broken inputs with a fault, and accepts some', () => {
    let accepted = 0
    for (let index = 0; index < cases; index++) {
      if (runCase(target, new Stream(2, 'sampling', index)) === 'accepted') accepted++
    }
    expect(accepted).toBeLessThan(cases)
    // Inputs that are all refused at the door would test nothing behind it; a changed model is refused by its hash.
    if (target.name !== 'model') expect(accepted).toBeGreaterThan(0)
  })
})
