import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { editRecipe } from '../../../src/core/spec/index.ts'
import type { Session } from '../../../src/core/train/session.ts'
import { codeOf } from '../../support/fault.ts'
import {
  hashOf,
  type RecipeName,
  recipeOf,
  sessionOf,
  type TrainingChange,
  trainSteps,
} from '../../support/sessions.ts'

function trained(name: RecipeName, change: TrainingChange = {}, steps = 30): Session {
  const session = sessionOf(recipeOf(name, change))
  trainSteps(session, steps)
  return session
}

/** Outputs for the first rows of the training data. */
function outputsOf(session: Session): Float32Array {
  return session.predict(session.dataset.train.inputs.slice(0, 20 * session.dataset.inputWidth))
}

function expectClose(found: Float32Array, expected: Float32Array): void {
  expect(found).toHaveLength(expected.length)
  // Zeros are added to sums of the order of 1 and the products are made in other blocks: a rounding of float32 or two.
  found.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(1e-6)
  })
}

describe('what the update reads', () => {
  for (const [path, value] of [
    ['training.optimizer.learningRate', 0.1],
    ['training.l1', 0.01],
    ['training.l2', 0.01],
  ] as const) {
    it(`${path} applies at the next batch and not before`, () => {
      const [edited, plain] = [trained('circle'), trained('circle')]
      const effect = edited.change(path, value)
      expect(effect).toMatchObject({ path, to: value, reshaped: false, restarted: false })
      expect(hashOf(edited)).toBe(hashOf(plain))
      edited.train(1)
      plain.train(1)
      // The gradient is that of the same parameters; only the move differs.
      expect([...edited.readGradients()]).toEqual([...plain.readGradients()])
      expect(hashOf(edited)).not.toBe(hashOf(plain))
      expect(edited.step).toBe(31)
    })
  }

  it('a learning rate changed before the first batch equals one in the recipe', () => {
    const optimizer = { name: 'adam', learningRate: 0.05, beta1: 0.8, beta2: 0.99, epsilon: 1e-6 }
    const given = sessionOf(recipeOf('story', { optimizer }))
    const edited = sessionOf(recipeOf('story'))
    for (const [name, value] of Object.entries(optimizer)) {
      if (name !== 'name') edited.change(`training.optimizer.${name}`, value)
    }
    for (const session of [given, edited]) trainSteps(session, 20)
    expect(hashOf(edited)).toBe(hashOf(given))
  })

  it('penalties pull at weights and leave biases alone', () => {
    for (const [penalty, pull] of [
      ['l1', Math.sign],
      ['l2', (w: number) => w],
    ] as const) {
      const [edited, plain] = [trained('circle'), trained('circle')]
      const before = Float32Array.from(plain.readParameters())
      edited.change(`training.${penalty}`, 0.1)
      for (const session of [edited, plain]) session.train(1)
      const [moved, still] = [edited.readParameters(), plain.readParameters()]
      for (const { kind, offset, size } of edited.parameters) {
        for (let i = offset; i < offset + size; i++) {
          const by = kind === 'bias' ? 0 : 0.03 * 0.1 * pull(before[i] ?? 0)
          // a difference of two numbers of the order of 1, each rounded at 6e-8
          expect((still[i] ?? 0) - (moved[i] ?? 0)).toBeCloseTo(by, 6)
        }
      }
    }
  })
})

describe('what keeps all parameters', () => {
  for (const [path, value] of [
    ['training.batchSize', 7],
    ['training.optimizer.name', 'adam'],
    ['network.0.activation', 'relu'],
    ['network.1.activation', 'sigmoid'],
  ] as const) {
    it(`${path} keeps parameters and step and trains on`, () => {
      const session = trained('circle')
      const before = hashOf(session)
      const effect = session.change(path, value)
      expect(effect.restarted).toBe(false)
      expect([hashOf(session), session.step, session.epoch]).toEqual([before, 30, 1])
      expect(trainSteps(session, 100)).toBe(100)
      expect(session.evaluate().trainLoss).toBeLessThan(1)
    })
  }

  it('a batch size that changes within an epoch lets each remaining row be seen once', () => {
    const session = trained('circle', { batchSize: 30 }, 3)
    session.change('training.batchSize', 50)
    // 160 rows are left: 3 batches of 50 and one of 10
    expect([session.train(100), session.epoch, session.atEpochEnd]).toEqual([4, 1, true])
    expect(session.train(100)).toBe(5)
  })

  it('the optimizer keeps its memory under the same name and begins a new one under another', () => {
    const session = trained('story')
    const mean = (): number[] => [
      ...(session.snapshot().tensors.get('state.optimizer.mean.layers.0.weight')?.data ?? []),
    ]
    const before = mean()
    session.change('training.batchSize', 2)
    expect(mean()).toEqual(before)
    session.change('training.optimizer.name', 'momentum')
    expect(session.snapshot().counters.updates).toBe(0)
    session.change('training.optimizer.name', 'adam')
    expect(mean().every((value) => value === 0)).toBe(true)
  })
})

describe('what changes the shape', () => {
  for (const [name, layer, units] of [
    ['circle', 0, 9],
    ['circle', 1, 3],
    ['deep', 2, 20],
    ['plane', 1, 8],
    ['story', 0, 6],
  ] as const) {
    it(`${name}: layer ${layer} grown to ${units} computes what it did, and learns on`, () => {
      const session = trained(name)
      const before = outputsOf(session)
      const count = session.parameterCount
      const effect = session.change(`network.${layer}.units`, units)
      expect(effect).toMatchObject({ reshaped: true, restarted: false })
      expect(session.parameterCount).toBeGreaterThan(count)
      expectClose(outputsOf(session), before)
      const start = hashOf(session)
      expect(trainSteps(session, 50)).toBe(50)
      expect(hashOf(session)).not.toBe(start)
    })
  }

  it('stops that are pruned leave the others as they were', () => {
    const session = trained('circle')
    const before = session.snapshot().tensors
    session.change('network.0.units', 3)
    const after = session.snapshot().tensors
    expect([...(after.get('layers.0.weight')?.data ?? [])]).toEqual(
      [...(before.get('layers.0.weight')?.data ?? [])].slice(0, 6),
    )
    expect([...(after.get('layers.0.bias')?.data ?? [])]).toEqual(
      [...(before.get('layers.0.bias')?.data ?? [])].slice(0, 3),
    )
    const [old, kept] = [before.get('layers.1.weight')?.data ?? [], after.get('layers.1.weight')?.data ?? []]
    expect([...kept]).toEqual([0, 1, 2, 4, 5, 6].map((i) => old[i]))
    expect(trainSteps(session, 50)).toBe(50)
  })

  it('grown and pruned again is the network that it was', () => {
    const session = trained('deep')
    const before = hashOf(session)
    session.change('network.3.units', 12)
    session.change('network.3.units', 6)
    expect(hashOf(session)).toBe(before)
  })

  it('a layer that is added or removed keeps the others and trains on', () => {
    const session = trained('circle')
    const before = session.snapshot().tensors
    const layers = session.recipe.network
    session.change('network', [...layers, { layer: 'dense', units: 3, activation: 'relu' }])
    expect(session.layers.map(({ units }) => units)).toEqual([2, 4, 2, 3, 2])
    const after = session.snapshot().tensors
    for (const name of ['layers.0.weight', 'layers.0.bias', 'layers.1.weight', 'layers.1.bias']) {
      expect([...(after.get(name)?.data ?? [])]).toEqual([...(before.get(name)?.data ?? [])])
    }
    expect(trainSteps(session, 100)).toBe(100)
    session.change('network', layers.slice(0, 1))
    expect(trainSteps(session, 100)).toBe(100)
    session.change('network', [])
    expect(session.layers.map(({ units }) => units)).toEqual([2, 2])
    expect(trainSteps(session, 100)).toBe(100)
  })

  it('features that are added are silent at first', () => {
    const session = trained('circle')
    const before = session.predict(session.dataset.featuresOf?.(Float32Array.of(1, 2, -3, 0.5)) ?? new Float32Array())
    const recipe = editRecipe(session.recipe, 'data.features', ['x', 'y', 'x^2', 'xy'])
    session.change('data.features', recipe.data.source === 'points' ? recipe.data.features : [], buildDataset(recipe))
    expect(session.layers[0]?.units).toBe(4)
    expectClose(
      session.predict(session.dataset.featuresOf?.(Float32Array.of(1, 2, -3, 0.5)) ?? new Float32Array()),
      before,
    )
    expect(trainSteps(session, 100)).toBe(100)
  })

  it('other data begin a new epoch', () => {
    const session = trained('circle')
    const recipe = editRecipe(session.recipe, 'data.shape', 'xor')
    session.change('data.shape', 'xor', buildDataset(recipe))
    expect([session.train(1000), session.epoch]).toEqual([25, 2])
  })

  it('is undone a thousand times without running out of memory', () => {
    const session = trained('story', {}, 4)
    const before = hashOf(session)
    for (let i = 0; i < 500; i++) {
      session.change('network.0.units', 6)
      session.change('network.0.units', 5)
    }
    expect(hashOf(session)).toBe(before)
  })
})

describe('an edit that is refused', () => {
  it('says why and changes nothing', () => {
    const session = trained('circle')
    const [before, recipe] = [hashOf(session), session.recipe]
    expect(codeOf(() => session.change('training.optimizer.learningRate', -1))).toMatch(/^RECIPE-/)
    expect(codeOf(() => session.change('training.optimiser', 1))).toMatch(/^RECIPE-/)
    expect(codeOf(() => session.change('network.5.units', 3))).toMatch(/^RECIPE-/)
    expect(codeOf(() => session.change('training.loss', 'mae'))).toBe('NETWORK-001')
    expect([hashOf(session), session.recipe]).toEqual([before, recipe])
    expect(trainSteps(session, 10)).toBe(10)
  })

  it('is refused for a new session too', () => {
    const recipe = editRecipe(recipeOf('plane'), 'training.loss', 'cross-entropy')
    expect(codeOf(() => sessionOf(recipe))).toBe('NETWORK-001')
  })
})
