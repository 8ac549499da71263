/** Every optimizer, schedule and bound in a session: fast against float64, and cut and resumed to the same bits. */
import { describe, expect, it } from 'vitest'
import { rateAt } from '../../../src/core/optim/schedules/index.ts'
import { optimizers, type Recipe, schedules } from '../../../src/core/spec/index.ts'
import { Session, type SessionOptions } from '../../../src/core/train/session.ts'
import { relativeError } from '../../support/compute.ts'
import { kernels } from '../../support/kernels.ts'
import { hashOf, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

const withTraining = (change: object): Recipe => recipeOf('circle', change)
const rateOf = (name: string): number => (name === 'adadelta' ? 1 : 0.01)

const variants: Readonly<Record<string, Recipe>> = {
  ...Object.fromEntries(
    optimizers.map((name) => [
      name,
      withTraining({ optimizer: { name, learningRate: rateOf(name) }, l1: 1e-4, l2: 1e-3 }),
    ]),
  ),
  ...Object.fromEntries(
    schedules.map((name) => [
      `schedule ${name}`,
      withTraining({
        optimizer: { name: 'adam', learningRate: 0.01 },
        schedule: { name, warmupSteps: 7, steps: 40, every: 9, factor: 0.7 },
      }),
    ]),
  ),
  'clip norm': withTraining({ optimizer: { name: 'sgd', learningRate: 0.5 }, clip: { norm: 0.05 } }),
  'clip value': withTraining({ optimizer: { name: 'sgd', learningRate: 0.5 }, clip: { value: 0.01 } }),
}

const steps = 60

function trained(recipe: Recipe, count: number, options: SessionOptions = {}): Session {
  const session = sessionOf(recipe, options)
  expect(trainSteps(session, count)).toBe(count)
  return session
}

// Float32 rounding, fed back for 60 steps; Adam's division by small sizes makes it larger than in the golden vectors.
const allowed = 5e-4

describe('training', () => {
  for (const [name, recipe] of Object.entries(variants)) {
    it(`with ${name} follows float64`, () => {
      const [fast, exact] = [trained(recipe, steps), trained(recipe, steps, { backend: 'reference' })]
      expect(relativeError(fast.readParameters(), exact.readParameters())).toBeLessThan(allowed)
      expect(relativeError(fast.readParameters(), sessionOf(recipe).readParameters())).toBeGreaterThan(allowed)
    })

    it(`with ${name} goes on to the same bits, cut anywhere or step by step`, () => {
      const whole = hashOf(trained(recipe, steps))
      for (const cut of [1, 6, 7, 31]) {
        const first = trained(recipe, cut)
        const second = Session.restore(structuredClone(first.snapshot()), first.dataset, kernels)
        trainSteps(second, steps - cut)
        expect(hashOf(second)).toBe(whole)
      }
      const single = sessionOf(recipe)
      for (let step = 0; step < steps; step++) single.train(1)
      expect(hashOf(single)).toBe(whole)
      expect(hashOf(trained(recipe, steps, { plan: { fuse: false, reuse: false } }))).toBe(whole)
    })
  }

  it('a plain descent step is the rate of its number times the gradient', () => {
    const recipe = withTraining({
      optimizer: { name: 'sgd', learningRate: 0.1 },
      schedule: { name: 'cosine', steps: 20, warmupSteps: 3 },
    })
    const session = sessionOf(recipe)
    for (let step = 0; step < 12; step++) {
      const before = Float32Array.from(session.readParameters())
      session.train(1)
      const rate = rateAt(recipe.training, step)
      const expected = before.map((value, i) => value - rate * (session.readGradients()[i] ?? 0))
      // one rounding of the rate times the gradient, and one of the difference, 6e-8 each
      expect(relativeError(session.readParameters(), expected)).toBeLessThan(1e-6)
    }
  })

  it('clipping by norm shortens a step and keeps its direction', () => {
    const recipe = withTraining({ optimizer: { name: 'sgd', learningRate: 1 }, clip: { norm: 1e-3 } })
    const session = sessionOf(recipe)
    const before = Float32Array.from(session.readParameters())
    session.train(1)
    const move = session.readParameters().map((value, i) => value - (before[i] ?? 0))
    // Parameters of size 1 hold a step of 1e-3 to 1e-4 of it.
    expect(Math.hypot(...move)).toBeCloseTo(1e-3, 6)
    const scale = -1e-3 / Math.hypot(...session.readGradients())
    // a step of 1e-3 written into parameters of 1 keeps 1e-4 of itself: the sum is rounded at 6e-8
    expect(
      relativeError(
        move,
        session.readGradients().map((value) => value * scale),
      ),
    ).toBeLessThan(1e-3)
  })

  it("clipping, schedules and the optimizers' numbers can be edited while it trains", () => {
    const session = trained(withTraining({ optimizer: { name: 'nadam', learningRate: 0.01 } }), 10)
    const edits: readonly (readonly [string, unknown])[] = [
      ['training.clip.norm', 0.1],
      ['training.clip.value', 0.05],
      ['training.schedule.name', 'linear'],
      ['training.schedule.steps', 500],
      ['training.optimizer.momentumDecay', 0.01],
      ['training.clip.norm', 0],
      ['training.optimizer.name', 'rmsprop'],
      ['training.optimizer.alpha', 0.9],
      ['training.labelSmoothing', 0.1],
      ['training.loss', 'hinge'],
      ['training.loss', 'mse'],
      ['training.loss', 'binary-cross-entropy'],
    ]
    for (const [path, value] of edits) {
      const { reshaped, restarted } = session.change(path, value)
      expect([reshaped, restarted], path).toEqual([false, false])
      trainSteps(session, 3)
    }
    expect(session.step).toBe(10 + 3 * edits.length)
    expect(() => session.change('training.loss', 'mae')).toThrow('NETWORK-001')
    expect(session.recipe.training.loss).toBe('binary-cross-entropy')
  })
})

describe('losses of a recipe', () => {
  it('with two classes, binary cross-entropy is the cross-entropy of both', () => {
    const [both, binary] = ['cross-entropy', 'binary-cross-entropy'].map((loss) => trained(withTraining({ loss }), 30))
    // two ways to the same numbers: what each rounds, 6e-8, feeds itself for 30 steps
    expect(relativeError(binary?.readParameters() ?? [], both?.readParameters() ?? [])).toBeLessThan(1e-4)
    // a loss of the order of 1 from parameters that differ by less than 1e-5
    expect(binary?.evaluate().trainLoss).toBeCloseTo(both?.evaluate().trainLoss ?? Number.NaN, 5)
  })
  it('with two classes, the squared error is that of one output that bends by tanh', () => {
    const session = trained(withTraining({ loss: 'mse' }), 30)
    const { inputs, targets, count } = session.dataset.train
    let total = 0
    for (let row = 0; row < count; row++) {
      const { sums } = session.inspect(
        inputs.slice(row * session.dataset.inputWidth, (row + 1) * session.dataset.inputWidth),
      )
      const [first = 0, second = 0] = sums.slice(-2)
      total += (Math.tanh((second - first) / Math.SQRT2) - (targets[2 * row] === 1 ? 1 : -1)) ** 2 / 2
    }
    // a mean of the order of 1, computed in float32
    expect(session.evaluate().trainLoss).toBeCloseTo(total / count, 5)
  })
  it('learn what their data says', () => {
    for (const loss of ['hinge', 'binary-cross-entropy', 'mse'] as const) {
      const session = trained(withTraining({ loss, optimizer: { name: 'adam', learningRate: 0.02 } }), 500)
      expect(session.evaluate().trainAccuracy).toBeGreaterThan(0.9)
    }
    for (const loss of ['mae', 'huber'] as const) {
      const recipe = recipeOf('plane', { ...{ loss }, optimizer: { name: 'adam', learningRate: 0.01 } })
      const start = sessionOf(recipe).evaluate().trainLoss
      expect(trained(recipe, 300).evaluate().trainLoss).toBeLessThan(start / 2)
    }
  })
  it('are refused where they do not suit the data', () => {
    expect(() => sessionOf(recipeOf('plane', { ...{ loss: 'hinge' } }))).toThrow('NETWORK-001')
    expect(() => sessionOf(recipeOf('story', { ...{ loss: 'hinge' } }))).toThrow('NETWORK-001')
  })
})
