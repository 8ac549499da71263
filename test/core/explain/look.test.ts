import { describe, expect, it } from 'vitest'
import { passportOf, sweepOf } from '../../../src/core/explain/look.ts'
import { acceptRecipe, firstSetRecipe, optimizers } from '../../../src/core/spec/index.ts'
import type { Session } from '../../../src/core/train/session.ts'
import { hashOf, type RecipeName, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

const nowhere = { input: null, destination: null }

/** A few places of every tensor. */
function places(session: Session): readonly { readonly name: string; readonly index: number }[] {
  return session.parameters.flatMap(({ name, size }) => [...new Set([0, size - 1])].map((index) => ({ name, index })))
}

/** Parts add up to the change to this; the figure. */
const tolerance = 1e-6

describe('the parts of an update', () => {
  const cases = optimizers.flatMap((name) => [
    { name, training: {} },
    { name, training: { l1: 0.001, l2: 0.01, clip: { norm: 0.05, value: 0 } } },
    { name, training: { l2: 0.01, clip: { norm: 0, value: 0.004 } } },
  ])

  it.each(cases)('of $name with $training add up to the change', ({ name, training }) => {
    const optimizer = { name, learningRate: name === 'adadelta' ? 1 : 0.01, weightDecay: 0.1 }
    const session = sessionOf(recipeOf('circle', { ...training, optimizer }))
    trainSteps(session, 30)
    for (const { name: tensor, index } of places(session)) passportOf(session, tensor, index, nowhere)
    for (let step = 0; step < 5; step++) {
      session.train(1)
      for (const { name: tensor, index } of places(session)) {
        const { update, value } = passportOf(session, tensor, index, nowhere)
        expect(update).toMatchObject({ step: 30 + step, to: value })
        const parts = update?.parts ?? []
        const sum = parts.reduce((total, { kind, change }) => (kind === 'rounding' ? total : total + change), 0)
        expect(Math.abs(sum - ((update?.to ?? 0) - (update?.from ?? 0)))).toBeLessThan(tolerance)
        const whole = parts.reduce((total, { change }) => total + change, 0)
        expect(whole).toBeCloseTo((update?.to ?? 0) - (update?.from ?? 0), 12)
      }
    }
  })

  it('are those that the optimizer has', () => {
    const kinds = (optimizer: object, change: object = {}): readonly string[] => {
      const session = sessionOf(recipeOf('circle', { ...change, optimizer }))
      passportOf(session, 'layers.0.weight', 0, nowhere)
      session.train(1)
      return (passportOf(session, 'layers.0.weight', 0, nowhere).update?.parts ?? []).map(({ kind }) => kind)
    }
    expect(kinds({ name: 'sgd' })).toEqual(['gradient', 'rounding'])
    expect(kinds({ name: 'momentum' })).toEqual(['gradient', 'momentum', 'rounding'])
    expect(kinds({ name: 'rmsprop' })).toEqual(['gradient', 'scale', 'rounding'])
    expect(kinds({ name: 'adamw', weightDecay: 0.1 })).toEqual(['gradient', 'momentum', 'scale', 'decay', 'rounding'])
    expect(kinds({ name: 'sgd' }, { l2: 0.1 })).toEqual(['gradient', 'penalty', 'rounding'])
  })

  it('change nothing of the training that is looked at', () => {
    const [watched, alone] = [sessionOf(recipeOf('story')), sessionOf(recipeOf('story'))]
    for (const { name, index } of places(watched)) passportOf(watched, name, index, nowhere)
    trainSteps(watched, 100)
    trainSteps(alone, 100)
    expect(hashOf(watched)).toBe(hashOf(alone))
  })
})

describe('a sweep', () => {
  it.each(['circle', 'story', 'plane'] as const)(
    'of %s is the loss evaluated anew at each value',
    (name: RecipeName) => {
      const session = sessionOf(recipeOf(name))
      trainSteps(session, 40)
      const before = hashOf(session)
      const sweep = sweepOf(session, 'layers.0.weight', 1, { from: -2, to: 2, points: 9 })
      expect(hashOf(session)).toBe(before)
      expect(sweep.values).toEqual([-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2])
      sweep.values.forEach((value, point) => {
        session.setParameter('layers.0.weight', 1, value)
        expect(sweep.losses[point]).toBe(session.evaluate().trainLoss)
      })
      session.setParameter('layers.0.weight', 1, sweep.value)
      expect(sweep.loss).toBe(session.evaluate().trainLoss)
    },
  )

  it('has the slope that central differences have, also where the data comes in parts', () => {
    const large = acceptRecipe({
      ...recipeOf('circle'),
      data: { source: 'points', shape: 'circle', samples: 3000, testShare: 0.1, features: ['x', 'y'] },
    })
    for (const recipe of [recipeOf('circle'), large]) {
      const session = sessionOf(recipe, { backend: 'reference' })
      trainSteps(session, 20)
      for (const { name, index } of places(session)) {
        const { slope, value } = sweepOf(session, name, index, { from: null, to: null, points: 2 })
        const h = 2 ** -8
        const near = sweepOf(session, name, index, { from: value - h, to: value + h, points: 2 })
        const [below = 0, above = 0] = near.losses
        const [left = 0, right = 0] = near.values
        expect(slope).toBeCloseTo((above - below) / (right - left), 4)
      }
    }
  })

  it('reaches around the value where no range is given', () => {
    const session = sessionOf(recipeOf('circle'))
    session.setParameter('layers.0.weight', 0, 3)
    const { values } = sweepOf(session, 'layers.0.weight', 0, { from: null, to: null, points: 3 })
    expect(values).toEqual([0, 3, 6])
  })
})

describe('a passport', () => {
  it('says where a parameter is, what it carries and what would be lost without it', () => {
    const session = sessionOf(acceptRecipe(firstSetRecipe))
    while (session.status === 'ready') session.train(100)
    const input = session.dataset.contextInputs.slice(0, session.dataset.inputWidth)
    const hash = hashOf(session)
    const weight = passportOf(session, 'layers.1.weight', 7, { input, destination: 1 })
    expect(weight).toMatchObject({ kind: 'weight', layer: 2, from: 2, to: 1, frozen: false, off: null })
    expect(weight.contribution?.value).toBe(session.contributions(input, 1)[5 * 5 + 5 + 7])
    expect(passportOf(session, 'layers.1.bias', 3, nowhere)).toMatchObject({
      kind: 'bias',
      from: null,
      to: 3,
      contribution: null,
    })
    session.setParameter('layers.1.weight', 7, 0)
    expect(weight.damage.loss[1]).toBe(session.evaluate().trainLoss)
    expect(weight.damage.outputs?.after).toEqual(Array.from(session.predict(input)))
    session.setParameter('layers.1.weight', 7, weight.value)
    expect(hashOf(session)).toBe(hash)
    expect(weight.damage.loss[0]).toBe(session.evaluate().trainLoss)
  })

  it('shares of a layer add up to 1', () => {
    const session = sessionOf(recipeOf('story'))
    const view = { input: session.dataset.contextInputs.slice(0, 2), destination: 0 }
    for (const layer of [1, 2]) {
      const shares = session.parameters
        .filter((info) => info.layer === layer)
        .flatMap(({ name, size }) =>
          Array.from({ length: size }, (_, index) => passportOf(session, name, index, view).contribution?.share ?? 0),
        )
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
    }
  })

  it('is refused for a place that the network does not have', () => {
    const session = sessionOf(recipeOf('story'))
    expect(() => passportOf(session, 'layers.0.weight', 10, nowhere)).toThrow(
      expect.objectContaining({ code: 'EDIT-001' }),
    )
  })
})
