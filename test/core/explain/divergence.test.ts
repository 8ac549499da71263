import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { diagnose } from '../../../src/core/explain/divergence.ts'
import { type Recipe, recipeValue } from '../../../src/core/spec/index.ts'
import type { Session } from '../../../src/core/train/session.ts'
import { hashOf, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

/** A session trained until it diverged, with its state at step 0. */
function diverged(recipe: Recipe): { session: Session; start: ReturnType<Session['snapshot']> } {
  const session = sessionOf(recipe)
  const start = session.snapshot()
  trainSteps(session, 20_000)
  expect(session.status).toBe('diverged')
  return { session, start }
}

describe('why training diverged', () => {
  it.each([
    ['rate', { optimizer: { name: 'sgd', learningRate: 10 } }, 'training.optimizer.learningRate'],
    ['penalty', { optimizer: { name: 'sgd', learningRate: 0.3 }, l2: 10 }, 'training.l2'],
  ] as const)('%s: is found by the change that mends it', (cause, training, path) => {
    const { session, start } = diverged(recipeOf('plane', training))
    const before = hashOf(session)
    const found = diagnose(session, start, buildDataset)
    expect([found.cause, found.path, found.step]).toEqual([cause, path, 0])
    expect(found.from).toBe(recipeValue(session.recipe, path))
    expect(found.loss[1]).toBeLessThanOrEqual(found.loss[0] * 1.1)
    // Nothing of the session is touched by the trials.
    expect([hashOf(session), session.status]).toEqual([before, 'diverged'])
    // What was tried holds: the same change from the same moment trains on.
    session.become(start, session.dataset)
    session.change(path, found.value)
    trainSteps(session, found.trialSteps)
    expect(session.status).toBe('ready')
    expect(session.evaluate().trainLoss).toBe(found.loss[1])
  })

  it('names the rate that the calm moment had where it was raised since', () => {
    const session = sessionOf(recipeOf('plane', { optimizer: { name: 'sgd', learningRate: 0.02 } }))
    trainSteps(session, 100)
    const calm = session.snapshot()
    session.change('training.optimizer.learningRate', 10)
    trainSteps(session, 20_000)
    expect(session.status).toBe('diverged')
    expect(diagnose(session, calm, buildDataset)).toMatchObject({ cause: 'rate', from: 10, value: 0.02, step: 100 })
  })

  it('says so where no change that it tries mends it', () => {
    const { session, start } = diverged(recipeOf('plane', { optimizer: { name: 'sgd', learningRate: 10 } }))
    const tensors = new Map(
      [...start.tensors].map(([name, tensor]) => [name, { ...tensor, data: tensor.data.map(() => Number.NaN) }]),
    )
    expect(diagnose(session, { ...start, tensors }, buildDataset)).toMatchObject({ cause: 'unknown', value: 0.01 })
  })
})
