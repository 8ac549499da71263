import { describe, expect, it } from 'vitest'
import type { Session } from '../../../src/core/train/session.ts'
import { type RecipeName, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

/** The output for a row when one parameter is moved by `by`, in float64. */
function outputWith(session: Session, row: Float32Array, destination: number, at: number, by: number): number {
  const info = session.parameters.find(({ offset, size }) => at >= offset && at < offset + size)
  if (info === undefined) throw new Error('no such parameter')
  const old = session.readParameters()[at] ?? 0
  session.setParameter(info.name, at - info.offset, Math.fround(old) + by)
  const result = session.predict(row)[destination] ?? Number.NaN
  session.setParameter(info.name, at - info.offset, old)
  return result
}

/** A trained session on the reference backend, and its first row. */
function looked(name: RecipeName): { readonly session: Session; readonly row: Float32Array } {
  const session = sessionOf(recipeOf(name), { backend: 'reference' })
  trainSteps(session, 60)
  const width = session.dataset.inputWidth
  return { session, row: session.dataset.train.inputs.slice(0, width) }
}

describe('contributions', () => {
  for (const name of ['circle', 'story', 'plane'] as const) {
    it(`${name}: each is the parameter times the slope of the output with respect to it`, () => {
      const { session, row } = looked(name)
      for (let destination = 0; destination < session.dataset.outputWidth; destination++) {
        const values = Float32Array.from(session.readParameters())
        const found = session.contributions(row, destination)
        found.forEach((contribution, at) => {
          const h = 2 ** -7
          const [above, below] = [h, -h].map((by) => outputWith(session, row, destination, at, by))
          const slope = ((above ?? 0) - (below ?? 0)) / (2 * h)
          // The difference's own error is h^2 / 6 times the third derivative, of the order of 1.
          expect(contribution).toBeCloseTo(slope * (values[at] ?? 0), 3)
        })
      }
    })
  }

  it('into one stop add up to its sum times the slope of the output with respect to it: at a softmax z p (1 - p)', () => {
    for (const name of ['circle', 'story', 'deep'] as const) {
      const session = sessionOf(recipeOf(name))
      trainSteps(session, 40)
      const row = session.dataset.train.inputs.slice(0, session.dataset.inputWidth)
      const { sums, activations } = session.inspect(row)
      const output = session.layers.at(-1)
      const tensors = session.parameters.slice(-2)
      if (output === undefined) throw new Error('no output')
      for (let destination = 0; destination < output.units; destination++) {
        const found = session.contributions(row, destination)
        const p = activations[output.firstNode + destination] ?? Number.NaN
        for (let stop = 0; stop < output.units; stop++) {
          const total = tensors.reduce((sum, { offset, size }) => {
            const width = size / output.units
            return found.slice(offset + stop * width, offset + (stop + 1) * width).reduce((a, b) => a + b, sum)
          }, 0)
          const other = activations[output.firstNode + stop] ?? Number.NaN
          const slope = stop === destination ? p * (1 - p) : -p * other
          // a sum of some float32 products of the order of 1
          expect(total).toBeCloseTo((sums[output.firstNode + stop] ?? 0) * slope, 5)
        }
      }
    }
  })

  it('are 0 where an input is 0 and do not change the session', () => {
    const session = sessionOf(recipeOf('circle'))
    const before = session.snapshot()
    const found = session.contributions(Float32Array.of(0, 0), 1)
    expect([...found.slice(0, 8)].map((value) => value + 0)).toEqual(new Array(8).fill(0))
    expect(session.snapshot()).toEqual(before)
  })
})
