import { describe, expect, it } from 'vitest'
import { acceptRecipe, conflictRecipe, firstSetRecipe, type Recipe, storyRecipe } from '../../../src/core/spec/index.ts'
import { Session, type SessionOptions } from '../../../src/core/train/session.ts'
import { kernels } from '../../support/kernels.ts'
import { hashOf, sessionOf, trainSteps } from '../../support/sessions.ts'

const context = '나는 너를'

/** A recipe with parts of its training written over. */
function taught(recipe: { readonly training: object }, training: object): Recipe {
  return acceptRecipe({ ...recipe, training: { ...recipe.training, ...training } })
}

const plainSgd = taught(storyRecipe, { optimizer: { name: 'sgd', learningRate: 0.1 } })
const reference: SessionOptions = { backend: 'reference' }

const probabilities = (session: Session, text: string): readonly number[] =>
  Array.from(session.predict(session.dataset.inputsOf?.(text) ?? new Float32Array()))

/** Probability of the answer that the examples praise first for a context. */
function shareOf(session: Session, text: string, answer: string): number {
  return probabilities(session, text)[session.dataset.outputNames.indexOf(answer)] ?? Number.NaN
}

describe('one praise', () => {
  it('moves the output biases by rate x advantage x (1 - p), the others by -rate x advantage x p', () => {
    const session = sessionOf(plainSgd, reference)
    for (const [answer, reward] of [
      [0, 1],
      [2, -1],
      [1, 0.37],
    ] as const) {
      const before = Float64Array.from(session.workshop.backend.read(session.workshop.at.parameters))
      const step = session.reward(context, answer, reward)
      const bias = session.parameters.find(({ name }) => name === 'layers.1.bias')
      for (let k = 0; k < 4; k++) {
        const at = (bias?.offset ?? 0) + k
        const now = session.workshop.backend.read(session.workshop.at.parameters)[at] ?? 0
        const expected = 0.1 * step.advantage * ((k === answer ? 1 : 0) - (step.before[k] ?? 0))
        // Probabilities are reported as float32.
        expect(now - (before[at] ?? 0)).toBeCloseTo(expected, 7)
      }
      expect(step.advantage).toBe(step.reward - step.baseline)
      expect(step.loss).toBe(-step.advantage * step.logProbability)
      expect(Math.exp(step.logProbability)).toBeCloseTo(step.before[answer] ?? 0, 6)
    }
  })

  it('is, in the mean over the answers, the slope of the expected reward by central differences', () => {
    const session = sessionOf(plainSgd, reference)
    trainSteps(session, 5)
    const rewards = [1, -0.5, 0.25, -1]
    const kept = session.snapshot()
    const start = Float64Array.from(session.workshop.backend.read(session.workshop.at.parameters))
    const expectedReward = (): number =>
      probabilities(session, context).reduce((sum, p, k) => sum + p * (rewards[k] ?? 0), 0)
    const mean = new Float64Array(start.length)
    const p = probabilities(session, context)
    rewards.forEach((reward, answer) => {
      session.become(kept, session.dataset)
      session.reward(context, answer, reward)
      const now = session.workshop.backend.read(session.workshop.at.parameters)
      mean.forEach((sum, at) => {
        mean[at] = sum + (p[answer] ?? 0) * (((now[at] ?? 0) - (start[at] ?? 0)) / 0.1)
      })
    })
    session.become(kept, session.dataset)
    const h = 2 ** -6
    for (const { name, offset, size } of session.parameters) {
      for (let index = 0; index < size; index++) {
        const value = start[offset + index] ?? 0
        const [above, below] = [h, -h].map((by) => {
          session.setParameter(name, index, value + by)
          return expectedReward()
        })
        session.setParameter(name, index, value)
        // The differences' own error is h^2 / 6 times a third derivative of the order of 1.
        expect(mean[offset + index]).toBeCloseTo(((above ?? 0) - (below ?? 0)) / (2 * h), 4)
      }
    }
  })

  it('measures rewards by what was expected of the context, and remembers it', () => {
    const session = sessionOf(taught(storyRecipe, { teaching: { baselineRate: 0.5 } }))
    expect(session.reward(context, 0, 1)).toMatchObject({ baseline: 0, advantage: 1, nextBaseline: 0.5 })
    expect(session.reward(context, 0, 1)).toMatchObject({ baseline: 0.5, advantage: 0.5, nextBaseline: 0.75 })
    expect(session.reward('나는', 0, -1)).toMatchObject({ baseline: 0, nextBaseline: -0.5 })
  })

  it('lists the ten that moved most, the largest change first', () => {
    const session = sessionOf(acceptRecipe(storyRecipe))
    const { moved, movedCount } = session.reward(context, 1, -1)
    const sizes = moved.map(({ from, to }) => Math.abs(to - from))
    expect([moved.length, movedCount]).toEqual([10, 39])
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  })

  it.each([
    ['TEACH-002', context, 4, 1],
    ['TEACH-003', context, 0, Number.NaN],
    ['TEACH-003', context, 0, 1e39],
    ['DATA-005', 'unknown', 0, 1],
    ['RECIPE-016', ' ', 0, 1],
  ])('refuses with %s and changes nothing', (code, text, answer, reward) => {
    const session = sessionOf(plainSgd)
    const before = session.snapshot()
    expect(() => session.reward(text, answer, reward)).toThrow(expect.objectContaining({ code }))
    expect(session.snapshot()).toEqual(before)
  })
})

describe('a reward that no number can hold', () => {
  it('is taken back whole', () => {
    const session = sessionOf(taught(storyRecipe, { optimizer: { name: 'sgd', learningRate: 10 } }))
    const before = session.snapshot()
    expect(() => session.reward(context, 0, 3e38)).toThrow(expect.objectContaining({ code: 'TEACH-004' }))
    expect(session.snapshot()).toEqual(before)
    expect(session.reward(context, 0, 1)).toMatchObject({ baseline: 0 })
  })
})

describe('answers', () => {
  it('are the same for everyone, and go on after a snapshot', () => {
    const [one, other] = [sessionOf(acceptRecipe(storyRecipe)), sessionOf(acceptRecipe(storyRecipe))]
    const said = Array.from({ length: 20 }, () => one.say(context).answer)
    expect(Array.from({ length: 10 }, () => other.say(context).answer)).toEqual(said.slice(0, 10))
    const resumed = Session.restore(other.snapshot(), other.dataset, kernels)
    expect(Array.from({ length: 10 }, () => resumed.say(context).answer)).toEqual(said.slice(10))
    expect(new Set(said).size).toBeGreaterThan(1)
  })

  it('are the likeliest at temperature 0, and come as often as their probability says at 1', () => {
    const session = sessionOf(acceptRecipe(storyRecipe))
    const p = probabilities(session, context)
    expect(session.say(context, 0).answer).toBe(p.indexOf(Math.max(...p)))
    const counts = new Array<number>(4).fill(0)
    const draws = 4000
    for (let i = 0; i < draws; i++) {
      const { answer } = session.say(context, 1)
      counts[answer] = (counts[answer] ?? 0) + 1
    }
    // Five standard deviations of a binomial count.
    counts.forEach((count, k) => {
      const share = p[k] ?? 0
      expect(Math.abs(count / draws - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / draws))
    })
  })
})

describe('going back', () => {
  it('is exact: parameters, draws, expectations and all that follows', () => {
    const session = sessionOf(acceptRecipe(storyRecipe))
    session.say(context)
    const kept = session.snapshot()
    const hash = hashOf(session)
    const first = session.reward(context, 3, -1)
    const later = session.say(context)
    trainSteps(session, 10)
    session.become(kept, session.dataset)
    expect(hashOf(session)).toBe(hash)
    expect(session.snapshot()).toEqual(kept)
    expect(session.reward(context, 3, -1)).toEqual(first)
    expect(session.say(context)).toEqual(later)
  })
})

describe('the story', () => {
  it('is learned by hand within 60 presses: what is right is praised, all else scolded', () => {
    const session = sessionOf(acceptRecipe(storyRecipe))
    let presses = 0
    while (shareOf(session, context, '사랑해') <= 0.95 && presses < 60) {
      const { answer, text } = session.say(context)
      session.reward(context, answer, text === '사랑해' ? 1 : -1)
      presses++
    }
    expect(shareOf(session, context, '사랑해')).toBeGreaterThan(0.95)
    expect(presses).toBeLessThanOrEqual(60)
  })

  const pairs = firstSetRecipe.data.examples.map(({ context: text, answer }) => [text, answer] as const)

  it.each(['answers', 'praise'])('the first sentences are learned together by %s', (method) => {
    const session = sessionOf(taught(firstSetRecipe, { teaching: { method } }))
    const from = performance.now()
    while (session.status === 'ready') session.train(1000)
    // The bound; it takes a few milliseconds.
    expect(performance.now() - from).toBeLessThan(5000)
    for (const [text, answer] of pairs) expect(shareOf(session, text, answer)).toBeGreaterThan(0.95)
  })

  it('by praise a step is one answer and an epoch as many as there are examples, with the same bits each time', () => {
    const recipe = taught(firstSetRecipe, { teaching: { method: 'praise' } })
    const [whole, cut] = [sessionOf(recipe), sessionOf(recipe)]
    expect(whole.stepsPerEpoch).toBe(4)
    trainSteps(whole, 40)
    expect([whole.step, whole.epoch]).toEqual([40, 10])
    trainSteps(cut, 17)
    const resumed = Session.restore(cut.snapshot(), cut.dataset, kernels)
    trainSteps(resumed, 23)
    expect(hashOf(resumed)).toBe(hashOf(whole))
    expect(whole.taught).toMatchObject({ step: 39, automatic: true })
  })

  it.each(['answers', 'praise'])('two right answers for one context end near a half each by %s', (method) => {
    const session = sessionOf(taught(conflictRecipe, { teaching: { method } }))
    while (session.status === 'ready') session.train(1000)
    for (const answer of ['Outside', 'Potty']) {
      expect(shareOf(session, 'Go', answer)).toBeGreaterThan(0.4)
      expect(shareOf(session, 'Go', answer)).toBeLessThan(0.6)
    }
    for (const [text, answer] of pairs.slice(1)) expect(shareOf(session, text, answer)).toBeGreaterThan(0.9)
  })
})
