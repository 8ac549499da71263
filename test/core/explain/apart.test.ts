import { afterEach, describe, expect, it } from 'vitest'
import { rowOfStops, type StepApart, takeApart, updateOf } from '../../../src/core/explain/apart.ts'
import { linesOf } from '../../../src/core/explain/apart-lines.ts'
import { opNamed } from '../../../src/core/graph/graph.ts'
import {
  acceptRecipe,
  circleRecipe,
  type LayerInfo,
  losses,
  type OperationLine,
  optimizers,
  phasesOf,
  type Recipe,
  worthOf,
} from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { bitCases, trainSteps } from '../../support/bit-cases.ts'
import { kernels } from '../../support/kernels.ts'
import { recipeOf, sessionOf } from '../../support/sessions.ts'

/** Every sum can be done again to this share of its size: the figure. */
const tolerance = 1e-5

let opened: Session[] = []
afterEach(() => {
  for (const session of opened) session.dispose()
  opened = []
})
function open(session: Session, steps = 0): Session {
  opened.push(session)
  trainSteps(session, steps)
  return session
}

/** The activation of a layer as the core's op computes it. */
function bendOf({ activation }: LayerInfo): (z: number) => number {
  if (activation === 'linear' || activation === 'softmax' || activation === 'none') return (z) => z
  const op = opNamed(activation.replaceAll('-', '_'))
  return (z) => {
    const output = { shape: [1], data: new Float64Array(1) }
    op.reference([{ shape: [1], data: Float64Array.of(z) }], output, {})
    return output.data[0] ?? Number.NaN
  }
}

/** What a result is small against: the largest part of its sum, or itself. */
const sizeOf = ({ sum, result, numbers }: OperationLine): number =>
  Math.max(
    Math.abs(result),
    Math.abs(sum?.rest ?? 0),
    numbers.bias === undefined ? 0 : Math.abs(numbers.bias),
    ...(sum?.terms.map(({ a, b }) => Math.abs(a * b)) ?? []),
  )

/** Every formula of every operation, stop, line and some rows of a step. */
function everyLine(session: Session, apart: StepApart): { readonly line: OperationLine; readonly layer: LayerInfo }[] {
  const output = session.layers.length - 1
  return phasesOf(session.layers.length).flatMap((phase) => {
    const layer = session.layers[phase.layer ?? output]
    if (layer === undefined) return []
    const ins = session.layers[(phase.layer ?? output) - 1]?.units ?? 0
    return [0, apart.samples.length - 1].flatMap((row) =>
      Array.from({ length: Math.min(layer.units, 12) }, (_, stop) => stop).flatMap((stop) =>
        [0, ins - 1].flatMap((from) =>
          linesOf(session, apart, phase, { row, stop, from }).map((line) => ({ line, layer })),
        ),
      ),
    )
  })
}

/** The formulas that come to something else than the core's result. */
function wrongLines(session: Session): readonly string[] {
  const lines = everyLine(session, takeApart(session))
  expect(lines.length).toBeGreaterThan(10)
  return lines.flatMap(({ line, layer }) => {
    const gap = Math.abs(worthOf(line, bendOf(layer)) - line.result)
    return gap <= tolerance * sizeOf(line) + 1e-12 ? [] : [`${line.rule}: ${JSON.stringify(line)}`]
  })
}

/** Takes the next step apart, then takes it. */
function taken(session: Session): StepApart {
  const before = session.snapshot()
  const gradients = Float32Array.from(session.readGradients())
  const apart = takeApart(session)
  expect(session.snapshot()).toEqual(before)
  expect(session.readGradients()).toEqual(gradients)
  session.train(1)
  return apart
}

describe('a step taken apart', () => {
  it.each(bitCases.map((one) => [one.key, one] as const))(
    'leaves %s as it was, and says what it then does',
    (_key, one) => {
      const session = open(Session.create(one.recipe, one.dataset(), kernels), 7)
      const alone = open(Session.create(one.recipe, one.dataset(), kernels), 8)
      const apart = taken(session)
      expect(apart.to).toEqual(Float32Array.from(session.readParameters()))
      expect(apart.rehearsal.gradients).toEqual(Float32Array.from(session.readGradients()))
      expect(session.snapshot()).toEqual(alone.snapshot())
    },
  )

  it('is that of the last rows of an epoch and of the first of the next', () => {
    const session = open(sessionOf(recipeOf('deep')), 7)
    expect([taken(session).samples.length, session.epoch]).toEqual([26, 1])
    const first = taken(session)
    expect(first.samples.length).toBe(32)
    expect(first.to).toEqual(Float32Array.from(session.readParameters()))
  })

  it('leaves what is held as it is', () => {
    const session = open(sessionOf(recipeOf('circle')), 5)
    session.hold('layers.0.weight', 1, 'frozen', true)
    session.hold('layers.1.bias', 0, 'off', true)
    const apart = taken(session)
    expect(apart.to).toEqual(Float32Array.from(session.readParameters()))
    const hold = updateOf(session, apart, 1).parts.find(({ kind }) => kind === 'hold')
    expect(hold?.change).toBeCloseTo(-(apart.rehearsal.after[0][1] ?? 0) + (apart.rehearsal.before[0][1] ?? 0), 10)
  })

  it('knows what every stop computes, without dropout as a look inside does', () => {
    const session = open(sessionOf(recipeOf('circle')), 5)
    const apart = takeApart(session)
    apart.samples.forEach((sample, row) => {
      const width = session.dataset.inputWidth
      const input = session.dataset.train.inputs.slice(sample * width, (sample + 1) * width)
      const { sums, activations } = session.inspect(input)
      expect(rowOfStops(session, apart, row, 'sums')).toEqual(sums)
      expect(rowOfStops(session, apart, row, 'activations')).toEqual(activations)
    })
  })

  it('has an update whose parts add up, by every optimizer', () => {
    for (const name of optimizers) {
      const optimizer = { name, learningRate: 0.01, weightDecay: 0.1 }
      const session = open(sessionOf(recipeOf('circle', { optimizer, l2: 0.01 })), 5)
      const apart = takeApart(session)
      for (let place = 0; place < session.parameterCount; place += 3) {
        const { from, to, parts } = updateOf(session, apart, place)
        expect([from, to]).toEqual([apart.rehearsal.before[0][place], apart.to[place]])
        const sum = parts.reduce((total, { kind, change }) => (kind === 'rounding' ? total : total + change), 0)
        expect(Math.abs(sum - (to - from))).toBeLessThan(1e-6)
      }
    }
  })

  it('is refused by praise, and where it would be too large', () => {
    const praised = recipeOf('story')
    const teaching = { ...praised.training.teaching, method: 'praise' }
    const session = open(sessionOf(acceptRecipe({ ...praised, training: { ...praised.training, teaching } })))
    expect(() => takeApart(session)).toThrow(expect.objectContaining({ code: 'RUN-009' }))
    const wide = acceptRecipe({
      ...circleRecipe,
      data: { ...circleRecipe.data, samples: 10_000 },
      network: Array.from({ length: 40 }, () => ({ layer: 'dense', units: 64, activation: 'relu' })),
      training: { ...circleRecipe.training, batchSize: 5000 },
    })
    expect(() => takeApart(open(sessionOf(wide)))).toThrow(expect.objectContaining({ code: 'RUN-010' }))
  })
})

describe('the formulas of a step', () => {
  it.each(bitCases.filter(({ key }) => !key.includes('L2')).map((one) => [one.key, one] as const))(
    'of %s come to what the core made of them',
    (_key, one) => {
      expect(wrongLines(open(Session.create(one.recipe, one.dataset(), kernels), 7))).toEqual([])
    },
  )

  const activations = [
    'gelu',
    'gelu-tanh',
    'silu',
    'mish',
    'softplus',
    'softsign',
    'sine',
    'elu',
    'leaky-relu',
    'linear',
  ]
  it.each(activations)('come to it with %s', (activation) => {
    const network = [{ layer: 'dense', units: 5, activation }]
    expect(wrongLines(open(sessionOf(acceptRecipe({ ...circleRecipe, network })), 5))).toEqual([])
  })

  it.each(losses)('come to it with %s as the loss, of classes and of numbers', (loss) => {
    const suits: Recipe[] = []
    for (const name of ['circle', 'plane'] as const) {
      try {
        const session = sessionOf(recipeOf(name, { loss }))
        suits.push(session.recipe)
        expect(wrongLines(open(session, 3))).toEqual([])
      } catch (error) {
        expect(error).toMatchObject({ code: 'NETWORK-001' })
      }
    }
    expect(suits.length).toBeGreaterThan(0)
  })

  it('come to it where answers are scolded and smoothed', () => {
    const { training, ...story } = recipeOf('story')
    for (const labelSmoothing of [0, 0.1]) {
      const session = open(sessionOf(acceptRecipe({ ...story, training: { ...training, labelSmoothing } })), 3)
      expect(wrongLines(session)).toEqual([])
    }
  })
})
