/**
 * The promise of equal bits. `hashes.json` holds what the parameters of each case hash to: a change of the numbers must
 * be wanted, said in the commit, and written with `UPDATE_HASHES=1 npx vitest run test/core/train/bits.test.ts`.
 * Threads, 256-bit kernels and Chromium are compared with the same file.
 */
import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/data/dataset.ts'
import { readModel, writeModel } from '../../../src/core/io/model.ts'
import { Session, type SessionOptions } from '../../../src/core/train/session.ts'
import { type BitCase, bitCases, hashOf, trainSteps } from '../../support/bit-cases.ts'
import { kernels } from '../../support/kernels.ts'
import { knownHashes, knownHashesFile } from '../../support/known-hashes.ts'
import { recipeOf, sessionOf } from '../../support/sessions.ts'

const isUpdate = process.env.UPDATE_HASHES === '1'
const known = isUpdate ? {} : knownHashes()

const plans: readonly SessionOptions[] = [
  { plan: { fuse: false, reuse: false } },
  { plan: { fuse: true, reuse: false } },
  { plan: { fuse: false, reuse: true } },
]

function hashAfter({ recipe, steps }: BitCase, dataset: Dataset, options: SessionOptions = {}, isWide = false): string {
  const session = Session.create(recipe, dataset, { ...kernels, isWide }, options)
  expect(trainSteps(session, steps)).toBe(steps)
  const hash = hashOf(session)
  session.dispose()
  return hash
}

/** The same run, cut: everything is written down, thrown away and read again. */
function hashAfterCut({ recipe, steps }: BitCase, dataset: Dataset, cut: number, throughFile: boolean): string {
  const first = Session.create(recipe, dataset, kernels)
  trainSteps(first, cut)
  const snapshot = first.snapshot()
  const state = throughFile ? readModel(writeModel(snapshot)) : structuredClone(snapshot)
  // What happens afterwards to the first session does not reach its snapshot.
  trainSteps(first, 3)
  first.dispose()
  const second = Session.restore(state, dataset, kernels)
  expect(second.step).toBe(cut)
  expect(trainSteps(second, steps - cut)).toBe(steps - cut)
  const hash = hashOf(second)
  second.dispose()
  return hash
}

describe('the same bits', () => {
  const found: Record<string, string> = {}
  for (const bitCase of bitCases) {
    const { key, steps } = bitCase
    it(`${key}: as committed, whatever the plan and the register block`, () => {
      const dataset = bitCase.dataset()
      const hash = hashAfter(bitCase, dataset)
      found[key] = hash
      for (const options of plans) expect(hashAfter(bitCase, dataset, options), JSON.stringify(options)).toBe(hash)
      expect(hashAfter(bitCase, dataset, {}, true), 'the wide register block').toBe(hash)
      if (!isUpdate) expect(hash).toBe(known[key])
    })

    it(`${key}: in one go or cut anywhere, in memory or through a file`, () => {
      const dataset = bitCase.dataset()
      const whole = hashAfter(bitCase, dataset)
      for (const cut of [1, 7, Math.floor(steps / 2), steps - 1]) {
        for (const throughFile of [false, true]) {
          expect(hashAfterCut(bitCase, dataset, cut, throughFile), `cut at ${cut}`).toBe(whole)
        }
      }
    })

    it(`${key}: in calls of one batch as in calls of many`, () => {
      const dataset = bitCase.dataset()
      const session = Session.create(bitCase.recipe, dataset, kernels)
      for (let i = 0; i < steps; i++) session.train(1)
      expect(hashOf(session)).toBe(hashAfter(bitCase, dataset))
    })
  }

  afterAll(() => {
    if (isUpdate) writeFileSync(knownHashesFile, `${JSON.stringify(found, null, 2)}\n`)
  })

  it('has a hash for each case and no other', () => {
    if (!isUpdate) expect(Object.keys(known)).toEqual(bitCases.map(({ key }) => key))
    expect(new Set(bitCases.map(({ key }) => key)).size).toBe(bitCases.length)
  })

  it('cut at every single step, with dropout, running statistics, clipping and a schedule', () => {
    const bitCase = bitCases.find(({ key }) => key === 'conv, adamw, clipped, warmed up')
    if (bitCase === undefined) throw new Error('no such case')
    const dataset = bitCase.dataset()
    const whole = hashAfter(bitCase, dataset)
    for (let cut = 0; cut < bitCase.steps; cut++) {
      expect(hashAfterCut(bitCase, dataset, cut, false), `cut at ${cut}`).toBe(whole)
    }
  })

  it('whether or not someone looks between the batches', () => {
    const recipe = recipeOf('circle')
    const [watched, alone] = [sessionOf(recipe), sessionOf(recipe)]
    const point = Float32Array.of(1, -2)
    for (let i = 0; i < 60; i++) {
      watched.train(1)
      watched.evaluate()
      watched.predict(watched.dataset.train.inputs)
      watched.inspect(point)
      watched.activations(Float32Array.of(1, 2, 3, 4))
      watched.contributions(point, 1)
      watched.snapshot()
    }
    trainSteps(alone, 60)
    expect(hashOf(watched)).toBe(hashOf(alone))
  })
})

describe('the fast backend', () => {
  for (const name of ['circle', 'story', 'deep', 'plane'] as const) {
    it(`${name}: stays near the reference for 50 batches`, () => {
      const recipe = recipeOf(name, { stop: { epochs: 100_000 } })
      const [fast, exact] = [sessionOf(recipe), sessionOf(recipe, { backend: 'reference' })]
      for (const session of [fast, exact]) trainSteps(session, 50)
      const expected = exact.readParameters()
      // Each step adds a rounding (6e-8) to parameters of the order of 1 and the next ones build on it.
      fast.readParameters().forEach((value, i) => {
        expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(1e-4)
      })
      // a mean of losses of the order of 1 from parameters that differ by less than 1e-4
      expect(fast.evaluate().trainLoss).toBeCloseTo(exact.evaluate().trainLoss, 4)
    })
  }
})
