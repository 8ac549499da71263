import { describe, expect, it } from 'vitest'
import { takeApart } from '../../../src/core/explain/apart.ts'
import { linesOf } from '../../../src/core/explain/apart-lines.ts'
import { worthOf } from '../../../src/core/spec/index.ts'
import { pictureSession } from '../../support/sessions.ts'

const view = { row: 0, stop: 3, from: null }

describe('a step taken apart, of a network that reads pictures', () => {
  const session = pictureSession([{ layer: 'dense', units: 6, activation: 'tanh' }], 60)
  const apart = takeApart(session)

  it('sums over all pixels of the row', () => {
    const [sum] = linesOf(session, apart, { kind: 'forward', layer: 1 }, view)
    expect([sum?.rule, (sum?.sum?.restCount ?? 0) + (sum?.sum?.terms.length ?? 0)]).toEqual(['sum', 784])
    // 784 products added in another order than the core's, in float32.
    if (sum !== undefined) expect(worthOf(sum, Math.tanh)).toBeCloseTo(sum.result, 4)
  })

  it('has the gradient of the weight of any pixel', () => {
    const lines = linesOf(session, apart, { kind: 'backward', layer: 1 }, { ...view, from: 406 })
    const gradient = lines.find(({ rule }) => rule === 'weightGradient')
    expect(gradient?.result).toBe(apart.rehearsal.gradients[3 * 784 + 406])
    if (gradient !== undefined) expect(worthOf(gradient, Math.tanh)).toBeCloseTo(gradient.result, 5)
  })

  it('tells what comes out of a filter as the mean of its picture', () => {
    const convolution = pictureSession([{ layer: 'conv2d', filters: 4, kernel: 3 }, { layer: 'max-pool' }], 40)
    const step = takeApart(convolution)
    const [line] = linesOf(convolution, step, { kind: 'forward', layer: 1 }, view)
    const input = Float32Array.from(step.inputs).subarray(0, 784)
    expect(line?.rule).toBe('given')
    expect(line?.result).toBeCloseTo(convolution.inspect(input).activations[1 + 3] ?? Number.NaN, 6)
  })
})
