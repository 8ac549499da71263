import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { editRecipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { codeOf, faultOf } from '../../support/fault.ts'
import { kernels } from '../../support/kernels.ts'
import { hashOf, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

describe('train', () => {
  it('stops at the end of an epoch and at the stop rule, and does nothing afterwards', () => {
    const session = sessionOf(recipeOf('circle', { stop: { epochs: 3 } }))
    expect([session.stepsPerEpoch, session.train(7), session.epoch, session.atEpochEnd]).toEqual([25, 7, 0, false])
    expect([session.train(1000), session.step, session.epoch, session.atEpochEnd]).toEqual([18, 25, 1, true])
    expect([session.train(1000), session.train(1000)]).toEqual([25, 25])
    expect([session.status, session.epoch, session.step, session.train(1000)]).toEqual(['finished', 3, 75, 0])
    expect(session.train(0)).toBe(0)
  })

  it('goes on when the stop rule is moved and is finished again when it is moved back', () => {
    const session = sessionOf(recipeOf('circle', { stop: { epochs: 1 } }))
    trainSteps(session, 100)
    session.change('training.stop.epochs', 2)
    expect(session.status).toBe('ready')
    expect(trainSteps(session, 100)).toBe(25)
    session.change('training.stop.epochs', 1)
    expect([session.status, session.step]).toEqual(['finished', 50])
  })

  it('sees every row once an epoch, the remainder in a smaller batch', () => {
    // Learning rate of almost 0: each loss is that of the same network, so the batches add up to the whole data.
    const optimizer = { name: 'sgd', learningRate: 1e-12 }
    const session = sessionOf(recipeOf('circle', { batchSize: 30, optimizer }))
    const rows = session.dataset.train.count
    expect([rows, session.stepsPerEpoch]).toEqual([250, 9])
    const gradients = new Float64Array(session.parameterCount)
    for (let left = rows; left > 0; left -= 30) {
      expect(session.train(1)).toBe(1)
      session.readGradients().forEach((value, i) => {
        gradients[i] = (gradients[i] ?? 0) + value * Math.min(30, left)
      })
    }
    expect([session.epoch, session.atEpochEnd]).toEqual([1, true])
    const whole = sessionOf(recipeOf('circle', { batchSize: 250, optimizer }))
    whole.train(1)
    whole.readGradients().forEach((value, i) => {
      // sums over a batch of numbers of the order of 1, added in another order
      expect((gradients[i] ?? 0) / rows).toBeCloseTo(value, 5)
    })
  })

  it('takes as many samples one by one as a batch holds, and the next batch begins behind them', () => {
    const optimizer = { name: 'sgd', learningRate: 1e-12 }
    const [byBatch, bySample] = [0, 1].map(() => sessionOf(recipeOf('circle', { batchSize: 30, optimizer })))
    if (byBatch === undefined || bySample === undefined) throw new Error('two sessions')
    byBatch.train(1)
    const mean = new Float64Array(bySample.parameterCount)
    for (let sample = 0; sample < 30; sample++) {
      expect(bySample.train(1, 1)).toBe(1)
      bySample.readGradients().forEach((value, i) => {
        mean[i] = (mean[i] ?? 0) + value / 30
      })
    }
    // thirty float32 gradients of the order of 1, added in another order
    byBatch.readGradients().forEach((value, i) => {
      expect(mean[i]).toBeCloseTo(value, 5)
    })
    byBatch.train(1)
    bySample.train(1)
    bySample.readGradients().forEach((value, i) => {
      expect(value).toBeCloseTo(byBatch.readGradients()[i] ?? 0, 5)
    })
    expect([byBatch.step, bySample.step, bySample.epoch]).toEqual([2, 31, 0])
    bySample.train(1000)
    expect([bySample.epoch, bySample.atEpochEnd, bySample.step]).toEqual([1, true, 31 + 7])
  })

  it('goes on bit for bit from a snapshot taken between two samples', () => {
    const session = sessionOf(recipeOf('circle', { batchSize: 30 }))
    session.train(3, 1)
    const copy = session.copy()
    for (const one of [session, copy]) {
      one.train(2, 1)
      one.train(1000)
      one.train(1, 1)
    }
    expect(hashOf(copy)).toBe(hashOf(session))
    copy.dispose()
  })

  it('makes one batch of all rows where the batch size is larger', () => {
    const session = sessionOf(recipeOf('circle', { batchSize: 1000 }))
    expect([session.batchSize, session.stepsPerEpoch, session.train(10), session.epoch]).toEqual([250, 1, 1, 1])
  })

  it('learns the story to more than 95 % and the circle to 99 % on new points', () => {
    const story = sessionOf(recipeOf('story', { stop: { epochs: 200 } }))
    trainSteps(story, 1e6)
    expect(story.predict(story.dataset.contextInputs)[story.dataset.outputNames.indexOf('사랑해')]).toBeGreaterThan(
      0.95,
    )
    const circle = sessionOf(recipeOf('circle', { stop: { epochs: 100 } }))
    trainSteps(circle, 1e6)
    expect(circle.evaluate().testAccuracy).toBeGreaterThanOrEqual(0.99)
  })
})

describe('evaluate and predict', () => {
  for (const name of ['circle', 'story', 'plane', 'deep'] as const) {
    it(`${name}: give what the reference gives`, () => {
      const recipe = recipeOf(name)
      const [fast, exact] = [sessionOf(recipe), sessionOf(recipe, { backend: 'reference' })]
      const inputs = fast.dataset.train.inputs
      const expected = exact.predict(inputs)
      fast.predict(inputs).forEach((value, i) => {
        // float32 against float64 for a few steps: some roundings of 6e-8
        expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5)
      })
      const [found, wanted] = [fast.evaluate(), exact.evaluate()]
      // float32 against float64 for a few steps: some roundings of 6e-8
      expect(found.trainLoss).toBeCloseTo(wanted.trainLoss, 5)
      expect(found.trainAccuracy).toBe(wanted.trainAccuracy)
      expect(found.testAccuracy).toBe(wanted.testAccuracy)
      if (name === 'plane') expect(found.trainAccuracy).toBeNull()
    })
  }

  it('count no accuracy of their own: it is the share of rows whose largest output is the right one', () => {
    const session = sessionOf(recipeOf('circle'))
    const { inputs, targets, count } = session.dataset.test
    const outputs = session.predict(inputs)
    const right = Array.from({ length: count }, (_, row) => {
      const chosen = (outputs[2 * row + 1] ?? 0) > (outputs[2 * row] ?? 0) ? 1 : 0
      return chosen === targets[2 * row] ? 1 : 0
    })
    // a share of whole numbers, rounded to float32 once
    expect(session.evaluate().testAccuracy).toBeCloseTo(right.reduce((sum: number, one) => sum + one, 0) / count, 6)
  })

  it('do more rows than fit one part, in the same way as each row alone', () => {
    const session = sessionOf(recipeOf('circle'))
    const inputs = Float32Array.from({ length: 2 * 2500 }, (_, i) => Math.sin(i) * 5)
    const all = session.predict(inputs)
    for (const row of [0, 1023, 1024, 2047, 2048, 2499]) {
      expect([...session.predict(inputs.slice(2 * row, 2 * row + 2))]).toEqual([...all.slice(2 * row, 2 * row + 2)])
    }
    expect(session.predict(new Float32Array(0))).toHaveLength(0)
    expect(() => session.predict(new Float32Array(3))).toThrow(RangeError)
  })

  it('show the same values at every stop from inspect, activations and predict', () => {
    const session = sessionOf(recipeOf('deep'))
    const rows = session.dataset.train.inputs.slice(0, 3 * session.dataset.inputWidth)
    const many = session.activations(rows)
    const one = session.inspect(rows.slice(0, session.dataset.inputWidth))
    expect(one.activations).toHaveLength(many.length / 3)
    one.activations.forEach((value, node) => {
      expect(many[3 * node]).toBe(value)
    })
    expect([...one.activations.slice(-2)]).toEqual([...session.predict(rows).slice(0, 2)])
    // ReLU: an activation is the sum or 0.
    session.layers.slice(1, -1).forEach(({ firstNode, units }) => {
      for (let node = firstNode; node < firstNode + units; node++) {
        expect(one.activations[node]).toBe(Math.max(0, one.sums[node] ?? 0))
      }
    })
  })
})

describe('setParameter', () => {
  it('sets one number, so that only it changes', () => {
    const session = sessionOf(recipeOf('circle'))
    const before = Float32Array.from(session.readParameters())
    const info = session.parameters.find(({ name }) => name === 'layers.1.weight')
    const effect = session.setParameter('layers.1.weight', 5, 0.1)
    const at = (info?.offset ?? 0) + 5
    expect(effect).toMatchObject({ path: 'parameters.layers.1.weight.5', from: before[at], to: Math.fround(0.1) })
    session.readParameters().forEach((value, i) => {
      expect(value).toBe(i === at ? Math.fround(0.1) : before[i])
    })
  })

  it('refuses unknown places and numbers that are none, and changes nothing', () => {
    const session = sessionOf(recipeOf('circle'))
    const before = hashOf(session)
    expect(codeOf(() => session.setParameter('layers.9.weight', 0, 1))).toBe('EDIT-001')
    for (const index of [-1, 8, 0.5, Number.NaN]) {
      expect(codeOf(() => session.setParameter('layers.0.weight', index, 1))).toBe('EDIT-001')
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e39]) {
      expect(faultOf(() => session.setParameter('layers.0.bias', 0, value)).code).toBe('EDIT-002')
    }
    expect(hashOf(session)).toBe(before)
  })
})

describe('rewind and seed', () => {
  it('rewind gives the same start and the same run', () => {
    const session = sessionOf(recipeOf('deep'))
    const start = hashOf(session)
    trainSteps(session, 100)
    const end = hashOf(session)
    expect(end).not.toBe(start)
    session.rewind()
    expect([session.step, session.epoch, session.status, hashOf(session)]).toEqual([0, 0, 'ready', start])
    trainSteps(session, 100)
    expect(hashOf(session)).toBe(end)
  })

  it('rewind forgets the optimizer and what was set by hand', () => {
    const session = sessionOf(recipeOf('story'))
    trainSteps(session, 20)
    const end = hashOf(session)
    session.setParameter('layers.0.bias', 0, 3)
    session.rewind()
    trainSteps(session, 20)
    expect(hashOf(session)).toBe(end)
  })

  it('another seed begins again elsewhere, and the first seed where it began', () => {
    const session = sessionOf(recipeOf('circle'))
    const start = hashOf(session)
    trainSteps(session, 30)
    const data = (seed: number) => buildDataset(editRecipe(session.recipe, 'seed', seed))
    const effect = session.change('seed', 5, data(5))
    expect([effect.restarted, session.step, session.recipe.seed]).toEqual([true, 0, 5])
    expect(hashOf(session)).not.toBe(start)
    session.change('seed', 1, data(1))
    expect(hashOf(session)).toBe(start)
  })
})

describe('restore', () => {
  it('refuses a state whose tensors are missing or of another size', () => {
    const session = sessionOf(recipeOf('story'))
    trainSteps(session, 3)
    const state = session.snapshot()
    const without = (name: string) => new Map([...state.tensors].filter(([key]) => key !== name))
    const restore = (tensors: typeof state.tensors) => () =>
      Session.restore({ ...state, tensors }, session.dataset, kernels)
    expect(codeOf(restore(without('layers.0.weight')))).toBe('MODEL-010')
    expect(codeOf(restore(without('state.optimizer.mean.layers.1.bias')))).toBe('MODEL-010')
    const short = new Map([...state.tensors, ['layers.0.bias', { shape: [1], data: Float32Array.of(1) }]])
    expect(codeOf(restore(short))).toBe('MODEL-011')
  })

  it('goes on at the beginning of an epoch where the data have become fewer than the rows already seen', () => {
    const session = sessionOf(recipeOf('circle'))
    trainSteps(session, 20)
    const recipe = editRecipe(session.recipe, 'data.samples', 100)
    const state = { ...session.snapshot(), recipe }
    for (const counters of [state.counters, { ...state.counters, cursor: 50 }, { ...state.counters, cursor: 1e9 }]) {
      const second = Session.restore({ ...state, counters }, buildDataset(recipe), kernels)
      expect([second.train(1), trainSteps(second, 10), second.status]).toEqual([1, 10, 'ready'])
    }
  })
})
