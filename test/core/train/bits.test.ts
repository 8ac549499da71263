/**
 * The promise of equal bits. `hashes.json` holds what the parameters hash to after 500 batches: a change of the numbers
 * must be wanted, said in the commit, and written with `UPDATE_HASHES=1 npx vitest run test/core/train/bits.test.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readModel, writeModel } from '../../../src/core/io/model.ts'
import { Session, type SessionOptions } from '../../../src/core/train/session.ts'
import { kernels } from '../../support/kernels.ts'
import {
  hashOf,
  type RecipeName,
  recipeOf,
  sessionOf,
  type TrainingChange,
  trainSteps,
} from '../../support/sessions.ts'

const file = join(import.meta.dirname, 'hashes.json')
const isUpdate = process.env.UPDATE_HASHES === '1'
const known: Record<string, string> = existsSync(file) && !isUpdate ? JSON.parse(readFileSync(file, 'utf8')) : {}

const steps = 500
const long = { epochs: 100000 }
const names: readonly RecipeName[] = ['circle', 'story', 'deep', 'plane']
const variants: Readonly<Record<string, TrainingChange>> = {
  sgd: { optimizer: { name: 'sgd', learningRate: 0.03 } },
  momentum: { optimizer: { name: 'momentum', learningRate: 0.01, momentum: 0.9 } },
  adam: { optimizer: { name: 'adam', learningRate: 0.01 } },
  'adam with L1 and L2': { optimizer: { name: 'adam', learningRate: 0.01 }, l1: 0.0003, l2: 0.001 },
  'sgd with L1 and L2': { optimizer: { name: 'sgd', learningRate: 0.03 }, l1: 0.0003, l2: 0.001 },
}
const plans: readonly SessionOptions[] = [
  { plan: { fuse: false, reuse: false } },
  { plan: { fuse: true, reuse: false } },
  { plan: { fuse: false, reuse: true } },
]

function hashAfter(name: RecipeName, change: TrainingChange, options: SessionOptions = {}): string {
  const session = sessionOf(recipeOf(name, { ...change, stop: long }), options)
  expect(trainSteps(session, steps)).toBe(steps)
  const hash = hashOf(session)
  session.dispose()
  return hash
}

/** The same run, cut: everything is written down, thrown away and read again. */
function hashAfterCut(name: RecipeName, change: TrainingChange, cut: number, throughFile: boolean): string {
  const recipe = recipeOf(name, { ...change, stop: long })
  const first = sessionOf(recipe)
  trainSteps(first, cut)
  const snapshot = first.snapshot()
  const state = throughFile ? readModel(writeModel(snapshot)) : structuredClone(snapshot)
  // What happens afterwards to the first session does not reach its snapshot.
  trainSteps(first, 3)
  first.dispose()
  const second = Session.restore(state, first.dataset, kernels)
  expect(second.step).toBe(cut)
  expect(trainSteps(second, steps - cut)).toBe(steps - cut)
  const hash = hashOf(second)
  second.dispose()
  return hash
}

describe('the same bits', () => {
  const found: Record<string, string> = {}
  for (const name of names) {
    for (const [variant, change] of Object.entries(variants)) {
      const key = `${name}, ${variant}`
      it(`${key}: as committed, whatever the plan`, () => {
        const hash = hashAfter(name, change)
        found[key] = hash
        for (const options of plans) expect(hashAfter(name, change, options), JSON.stringify(options)).toBe(hash)
        if (!isUpdate) expect(hash).toBe(known[key])
      })
    }
  }

  afterAll(() => {
    if (isUpdate) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`)
  })

  for (const name of names) {
    it(`${name}: in one go or cut anywhere, in memory or through a file`, () => {
      for (const variant of ['sgd', 'momentum', 'adam with L1 and L2']) {
        const change = variants[variant] ?? {}
        const whole = hashAfter(name, change)
        for (const cut of [1, 7, 250, 499]) {
          for (const throughFile of [false, true]) {
            expect(hashAfterCut(name, change, cut, throughFile), `${variant} cut at ${cut}`).toBe(whole)
          }
        }
      }
    })
  }

  it('in calls of one batch as in calls of many', () => {
    const recipe = recipeOf('deep', { stop: long })
    const [slow, fast] = [sessionOf(recipe), sessionOf(recipe)]
    for (let i = 0; i < 300; i++) slow.train(1)
    trainSteps(fast, 300)
    expect(hashOf(slow)).toBe(hashOf(fast))
  })

  it('whether or not someone looks between the batches', () => {
    const recipe = recipeOf('circle', { stop: long })
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
  for (const name of names) {
    it(`${name}: stays near the reference for 50 batches`, () => {
      const recipe = recipeOf(name, { stop: long })
      const [fast, exact] = [sessionOf(recipe), sessionOf(recipe, { backend: 'reference' })]
      for (const session of [fast, exact]) trainSteps(session, 50)
      const expected = exact.readParameters()
      // Each step adds a rounding (6e-8) to parameters of the order of 1 and the next ones build on it.
      fast.readParameters().forEach((value, i) => {
        expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(1e-4)
      })
      expect(fast.evaluate().trainLoss).toBeCloseTo(exact.evaluate().trainLoss, 4)
    })
  }
})
