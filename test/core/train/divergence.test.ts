import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { Session } from '../../../src/core/train/session.ts'
import { kernels } from '../../support/kernels.ts'
import { hashOf, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

const allFinite = (values: ArrayLike<number>): boolean => Array.from(values).every((value) => Number.isFinite(value))

describe('divergence', () => {
  it('is found in the step that meets it, and the last finite state is put back', () => {
    const recipe = recipeOf('circle')
    const dataset = buildDataset(recipe)
    const inputs = dataset.train.inputs.slice()
    inputs[2 * 123] = Number.NaN
    const session = Session.create(recipe, { ...dataset, train: { ...dataset.train, inputs } }, kernels)
    const start = hashOf(session)
    const steps = trainSteps(session, 1000)
    // The planted row comes in the first epoch; the guard ends the run in its batch.
    expect(steps).toBeLessThanOrEqual(25)
    expect([session.status, session.train(100)]).toEqual(['diverged', 0])
    expect(session.fault?.code).toBe('TRAIN-001')
    expect(session.fault?.values).toMatchObject({ step: steps, learningRate: 0.03, restoredStep: 0 })
    expect([session.step, hashOf(session)]).toEqual([0, start])
    const clean = Session.create(recipe, dataset, kernels)
    trainSteps(clean, steps - 1)
    // One step earlier all was still finite.
    expect(allFinite(clean.readParameters())).toBe(true)
  })

  for (const name of ['deep', 'plane'] as const) {
    it(`${name}: a learning rate of 10 ends with a fault and finite parameters, and a smaller one goes on`, () => {
      const session = sessionOf(
        recipeOf(name, { optimizer: { name: 'momentum', learningRate: 10, momentum: 0.99 }, l2: 1 }),
      )
      trainSteps(session, 5000)
      expect([session.status, session.fault?.code]).toEqual(['diverged', 'TRAIN-001'])
      expect(allFinite(session.readParameters())).toBe(true)
      expect([...session.snapshot().tensors.values()].every(({ data }) => allFinite(data))).toBe(true)
      session.change('training.l2', 0)
      session.rewind()
      session.change('training.optimizer.learningRate', 0.001)
      expect([session.status, session.fault, trainSteps(session, 200)]).toEqual(['ready', null, 200])
    })
  }

  it('after an edit goes on from the restored state', () => {
    const session = sessionOf(recipeOf('deep', { optimizer: { name: 'sgd', learningRate: 0.01 } }))
    trainSteps(session, 150)
    session.change('training.optimizer.learningRate', 10)
    trainSteps(session, 5000)
    if (session.status !== 'diverged') return
    expect(session.step).toBeLessThan(session.fault?.values.step as number)
    session.change('training.optimizer.learningRate', 0.001)
    expect(trainSteps(session, 200)).toBe(200)
    expect(allFinite(session.readParameters())).toBe(true)
  })

  it('never leaves a number that is not finite at the end of training', () => {
    // Penalties alone: the gradient of the loss is 0 and weights grow by a factor in each step.
    const session = sessionOf(
      recipeOf('circle', { optimizer: { name: 'sgd', learningRate: 10 }, l2: 10, stop: { epochs: 1 } }),
    )
    trainSteps(session, 100)
    expect(allFinite(session.readParameters())).toBe(true)
  })
})
