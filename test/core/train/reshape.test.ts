import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { damageOfGroup, usefulnessOf } from '../../../src/core/explain/damage.ts'
import { acceptRecipe, reshape, type ShapeChange, wayBack } from '../../../src/core/spec/index.ts'
import { planShape, refusalOf } from '../../../src/core/train/plan-shape.ts'
import type { Session } from '../../../src/core/train/session.ts'
import { holdGroup } from '../../../src/core/train/touch.ts'
import { codeOf } from '../../support/fault.ts'
import { hashOf, pictureSession, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

function change(session: Session, how: ShapeChange): void {
  const { network, continuation } = reshape(session.recipe.network, how)
  session.change('network', network, undefined, continuation)
}

/** Points through the given layers, trained a little. */
function trained(network: readonly object[]): Session {
  const session = sessionOf(acceptRecipe({ ...recipeOf('circle'), network }))
  trainSteps(session, 60)
  return session
}

const dense = (units: number, activation = 'tanh') => ({ layer: 'dense', units, activation })
const outputsOf = (session: Session): number[] => [...session.predict(session.dataset.train.inputs)]
const tensor = (session: Session, name: string): number[] => [...(session.snapshot().tensors.get(name)?.data ?? [])]

/** Zeros and ones are added to and multiplied with numbers of the order of 1: a rounding of float32 or two. */
function expectSameOutputs(session: Session, before: readonly number[]): void {
  const after = outputsOf(session)
  expect(after).toHaveLength(before.length)
  expect(Math.max(...after.map((value, i) => Math.abs(value - (before[i] ?? Number.NaN))))).toBeLessThan(1e-6)
}

describe('a layer that grows', () => {
  it.each([
    ['before a dense layer', [dense(4), dense(3)], 0],
    ['before the output', [dense(4), dense(3)], 1],
    ['before dropout', [dense(4), { layer: 'dropout', rate: 0.2 }, dense(3)], 0],
    ['before a batch norm', [dense(4), { layer: 'batch-norm' }, dense(3)], 0],
    ['before a residual block', [dense(4), { layer: 'residual', layers: [dense(4)] }, dense(3)], 0],
  ] as const)('%s leaves the outputs as they were and learns on', (_, network, at) => {
    const session = trained(network)
    const before = outputsOf(session)
    change(session, { kind: 'grow', at, count: 3 })
    expectSameOutputs(session, before)
    const start = hashOf(session)
    expect(trainSteps(session, 50)).toBe(50)
    expect(hashOf(session)).not.toBe(start)
  })

  it('lets its new stops learn', () => {
    const session = trained([dense(3)])
    change(session, { kind: 'grow', at: 0, count: 1 })
    const before = tensor(session, 'layers.0.weight').slice(-2)
    trainSteps(session, 20)
    expect(tensor(session, 'layers.0.weight').slice(-2)).not.toEqual(before)
    expect(tensor(session, 'layers.1.weight')[3]).not.toBe(0)
  })
})

const conv = (filters: number) => ({ layer: 'conv2d', filters, kernel: 3, padding: 1 })
const pool = { layer: 'max-pool', kernel: 2 }

describe('a convolution', () => {
  it('that is put in hands the picture on at first: the outputs stay', () => {
    const session = pictureSession([dense(6)])
    trainSteps(session, 20)
    const before = outputsOf(session)
    change(session, { kind: 'insert', at: 0, layers: [conv(3)] })
    expect(session.layers.map(({ units }) => units)).toEqual([1, 3, 6, 10])
    expectSameOutputs(session, before)
    trainSteps(session, 5)
    expect(outputsOf(session)).not.toEqual(before)
  })

  it.each([
    ['before a pool and a dense layer', [conv(3), pool, dense(5)]],
    ['before a layer that lays pictures flat', [conv(3), { layer: 'flatten' }, dense(5)]],
    ['before another convolution', [conv(3), conv(2), pool]],
    ['before a group norm', [conv(2), { layer: 'group-norm', groups: 1 }, { layer: 'global-pool' }]],
  ])('that grows %s keeps what the other filters tell', (what, network) => {
    const session = pictureSession(network)
    trainSteps(session, 10)
    const before = outputsOf(session)
    change(session, { kind: 'grow', at: 0, count: 2 })
    // A norm over groups sees the new filter too.
    if (!what.includes('norm')) expectSameOutputs(session, before)
    trainSteps(session, 5)
  })

  it('of which a filter is off is as without it, whoever reads it', () => {
    const session = pictureSession([conv(3), pool, { layer: 'flatten' }, dense(5)])
    trainSteps(session, 10)
    const { loss } = damageOfGroup(session, { layer: 1, node: 1 }, null)
    holdGroup(session, { layer: 1, node: 1 }, 'off', true)
    expect(session.evaluate().trainLoss).toBeCloseTo(loss[1], 6)
    // The 14 x 14 pixels of the filter, in each of the 5 stops that read them.
    expect(tensor(session, 'layers.3.weight').filter((value) => value === 0)).toHaveLength(14 * 14 * 5)
  })

  it('is off as a whole by its own numbers, where more read it than can be held', () => {
    const session = pictureSession([conv(4), dense(40)], 20)
    holdGroup(session, { layer: 1, node: null }, 'off', true)
    expect(tensor(session, 'layers.0.weight').every((value) => value === 0)).toBe(true)
    expect(new Set(outputsOf(session).filter((_, i) => i % 10 === 0)).size).toBe(1)
  })

  it('has filters by usefulness, by their loss or by what they carry', () => {
    const few = usefulnessOf(pictureSession([conv(3), pool, dense(5)], 40), 1)
    expect([few.measure, few.values.length]).toEqual(['loss', 3])
    const many = usefulnessOf(pictureSession([conv(8), conv(64), pool], 400), 2)
    expect([many.measure, many.values.length]).toEqual(['carried', 64])
    expect(many.values.every((value) => value > 0)).toBe(true)
  })
})

describe('whether a layer can stand somewhere', () => {
  const asked = (session: Session, at: number, ...layers: object[]): string | null =>
    refusalOf(session, { kind: 'insert', at, layers }, buildDataset)?.code ?? null

  it('is told by shapes: pictures', () => {
    const session = pictureSession([conv(3), { layer: 'flatten' }, dense(5)], 40)
    expect(asked(session, 0, conv(2))).toBe(null)
    expect(asked(session, 1, pool)).toBe(null)
    expect(asked(session, 2, pool)).toBe('NETWORK-002')
    expect(asked(session, 1, { layer: 'gru', units: 4 })).toBe('NETWORK-002')
    expect(asked(session, 1, { ...conv(2), padding: 0, kernel: 40 })).toBe('NETWORK-004')
    expect(asked(session, 1, { layer: 'group-norm', groups: 2 })).toBe('NETWORK-003')
    expect(asked(session, 3, { layer: 'experts' })).toBe(null)
  })

  it('is told by shapes: sentences, which enter as tokens once there is an embedding', () => {
    const session = sessionOf(recipeOf('story'))
    const [embedding, flat] = [{ layer: 'embedding', units: 4 }, { layer: 'flatten' }]
    expect(asked(session, 0, embedding)).toBe('NETWORK-007')
    expect(asked(session, 0, embedding, flat)).toBe(null)
    expect(asked(session, 0, embedding, { layer: 'attention', heads: 2 }, flat)).toBe(null)
    expect(asked(session, 1, embedding, flat)).toBe('NETWORK-002')
    const plan = planShape(session, { kind: 'insert', at: 0, layers: [embedding, flat] }, buildDataset)
    expect(plan.count[1]).toBe(3 * 4 + (2 * 4 * 5 + 5) + (5 * 4 + 4))
  })

  it('is no for what cannot be a layer at all', () => {
    expect(asked(sessionOf(recipeOf('story')), 0, { layer: 'magic' })).toMatch(/^RECIPE-/)
  })
})

describe('a stop that is pruned', () => {
  it('goes itself, and the others keep what they are, the optimizer their memories', () => {
    const session = sessionOf(recipeOf('circle', { optimizer: { name: 'adam', learningRate: 0.01 } }))
    trainSteps(session, 40)
    const names = ['layers.0.weight', 'state.optimizer.mean.layers.0.weight']
    const before = names.map((name) => tensor(session, name))
    const next = tensor(session, 'layers.1.weight')
    change(session, { kind: 'prune', at: 0, stops: [1] })
    names.forEach((name, i) => {
      expect(tensor(session, name)).toEqual(before[i]?.filter((_, place) => Math.floor(place / 2) !== 1))
    })
    expect(tensor(session, 'layers.1.weight')).toEqual(next.filter((_, place) => place % 4 !== 1))
    expect(trainSteps(session, 20)).toBe(20)
  })

  it('costs what it was said to cost', () => {
    const session = trained([dense(4), dense(2)])
    const { order, values, measure } = usefulnessOf(session, 1)
    expect(measure).toBe('loss')
    expect(values[order[0] ?? 0]).toBe(Math.min(...values))
    const [stop = 0] = order
    const damage = damageOfGroup(session, { layer: 1, node: stop }, null)
    const plan = planShape(session, { kind: 'prune', at: 0, stops: [stop] }, buildDataset)
    expect(damage.loss[1] - damage.loss[0]).toBeCloseTo(values[stop] ?? Number.NaN, 6)
    // what nobody hears is what is gone
    expect(plan.loss[1]).toBeCloseTo(damage.loss[1], 5)
    expect(plan).toMatchObject({ count: [28, 23], kept: 23, fresh: 0, gone: 5 })
    change(session, { kind: 'prune', at: 0, stops: [stop] })
    expect(session.evaluate().trainLoss).toBeCloseTo(plan.loss[1], 6)
  })
})

describe('a layer that is put in', () => {
  it.each([
    ['linear', dense(4, 'linear'), [dense(4), dense(2)]],
    ['ReLU behind ReLU', dense(4, 'relu'), [dense(4, 'relu'), dense(2)]],
    ['wider', dense(7, 'linear'), [dense(4), dense(2)]],
    ['dropout', { layer: 'dropout', rate: 0.5 }, [dense(4), dense(2)]],
  ])('%s: the network computes what it did', (_, layer, network) => {
    const session = trained(network)
    const before = outputsOf(session)
    change(session, { kind: 'insert', at: 1, layers: [layer] })
    expect(session.recipe.network).toHaveLength(3)
    expectSameOutputs(session, before)
    expect(trainSteps(session, 50)).toBe(50)
  })

  it('keeps every number that was there', () => {
    const session = trained([dense(4), dense(2)])
    const plan = planShape(session, { kind: 'insert', at: 1, layers: [dense(4)] }, buildDataset)
    expect(plan).toMatchObject({ kept: 28, fresh: 20, gone: 0, count: [28, 48] })
    expect(
      codeOf(() => planShape(session, { kind: 'insert', at: 1, layers: [{ layer: 'conv2d' }] }, buildDataset)),
    ).toBe('NETWORK-002')
  })
})

describe('a layer that is taken out', () => {
  it('of linear stops leaves the outputs as they were: the next layer takes on what it did', () => {
    const session = trained([dense(4), dense(5, 'linear'), dense(3)])
    const before = outputsOf(session)
    change(session, { kind: 'remove', at: 1 })
    expectSameOutputs(session, before)
  })

  it('of dropout leaves all numbers as they were', () => {
    const session = trained([dense(4), { layer: 'dropout', rate: 0.3 }, dense(2)])
    const before = hashOf(session)
    const outputs = outputsOf(session)
    change(session, { kind: 'remove', at: 1 })
    expectSameOutputs(session, outputs)
    change(session, { kind: 'insert', at: 1, layers: [{ layer: 'dropout', rate: 0.3 }] })
    expect(hashOf(session)).toBe(before)
  })
})

describe('layers that change places', () => {
  it('take their numbers with them, and back again', () => {
    const session = trained([dense(2), dense(2, 'relu'), { layer: 'layer-norm' }])
    const [hash, first] = [hashOf(session), tensor(session, 'layers.1.weight')]
    change(session, { kind: 'move', at: 1, to: 0 })
    expect(session.recipe.network[0]).toMatchObject({ activation: 'relu' })
    expect(tensor(session, 'layers.0.weight')).toEqual(first)
    change(session, { kind: 'move', at: 0, to: 1 })
    expect(hashOf(session)).toBe(hash)
  })
})

describe('the way back', () => {
  it('of growing is pruning the new stops', () => {
    const session = trained([dense(4), dense(2)])
    const [before, hash] = [session.recipe.network, hashOf(session)]
    const { network, continuation } = reshape(before, { kind: 'grow', at: 0, count: 2 })
    session.change('network', network, undefined, continuation)
    session.change('network', before, undefined, wayBack(continuation, before))
    expect(hashOf(session)).toBe(hash)
  })

  it('of pruning leaves the others at their places', () => {
    const session = trained([dense(4), dense(2)])
    const [before, weights] = [session.recipe.network, tensor(session, 'layers.0.weight')]
    const { network, continuation } = reshape(before, { kind: 'prune', at: 0, stops: [1] })
    session.change('network', network, undefined, continuation)
    session.change('network', before, undefined, wayBack(continuation, before))
    const after = tensor(session, 'layers.0.weight')
    expect([0, 1, 4, 5, 6, 7].map((place) => after[place])).toEqual([0, 1, 4, 5, 6, 7].map((place) => weights[place]))
  })
})

describe('a change that cannot be', () => {
  it('is refused by name', () => {
    const session = trained([dense(4), dense(2)])
    const refused = (how: ShapeChange) => codeOf(() => reshape(session.recipe.network, how))
    expect(refused({ kind: 'remove', at: 2 })).toBe('RECIPE-020')
    expect(refused({ kind: 'move', at: 0, to: 2 })).toBe('RECIPE-020')
    expect(refused({ kind: 'prune', at: 0, stops: [4] })).toBe('RECIPE-020')
    expect(refused({ kind: 'grow', at: -1, count: 1 })).toBe('RECIPE-020')
    expect(codeOf(() => planShape(session, { kind: 'prune', at: 1, stops: [0, 1] }, buildDataset))).toMatch(/^RECIPE-/)
  })
})

describe('a node or a layer', () => {
  it('that is off reaches nobody, and comes back as it was', () => {
    const session = trained([dense(4), dense(2)])
    const [hash, outputs] = [hashOf(session), outputsOf(session)]
    const damage = damageOfGroup(session, { layer: 1, node: 2 }, null)
    holdGroup(session, { layer: 1, node: 2 }, 'off', true)
    expect(tensor(session, 'layers.1.weight').filter((value) => value === 0)).toHaveLength(2)
    expect(session.evaluate().trainLoss).toBeCloseTo(damage.loss[1], 6)
    trainSteps(session, 20)
    expect(tensor(session, 'layers.1.weight').filter((value) => value === 0)).toHaveLength(2)
    const other = trained([dense(4), dense(2)])
    holdGroup(other, { layer: 2, node: null }, 'off', true)
    expect(new Set(outputsOf(other).filter((_, i) => i % 2 === 0)).size).toBe(1)
    holdGroup(other, { layer: 2, node: null }, 'off', false)
    expect([hashOf(other), outputsOf(other)]).toEqual([hash, outputs])
  })

  it('that is a residual block hands on what it gets when it is off', () => {
    const session = trained([dense(4), { layer: 'residual', layers: [dense(4, 'tanh')] }])
    const row = session.dataset.train.inputs.slice(0, 2)
    holdGroup(session, { layer: 2, node: null }, 'off', true)
    const { activations } = session.inspect(row)
    expect([...activations.slice(6, 10)]).toEqual([...activations.slice(2, 6)])
  })

  it('that is frozen stays while the others learn', () => {
    const session = trained([dense(4), dense(2)])
    holdGroup(session, { layer: 1, node: null }, 'frozen', true)
    const [before, next] = [tensor(session, 'layers.0.weight'), tensor(session, 'layers.1.weight')]
    trainSteps(session, 30)
    expect(tensor(session, 'layers.0.weight')).toEqual(before)
    expect(tensor(session, 'layers.1.weight')).not.toEqual(next)
  })

  it('that the network does not have, or that has nothing to hold, is refused', () => {
    const session = trained([dense(4), { layer: 'dropout', rate: 0.1 }])
    expect(codeOf(() => holdGroup(session, { layer: 9, node: null }, 'off', true))).toBe('EDIT-001')
    expect(codeOf(() => holdGroup(session, { layer: 1, node: 4 }, 'off', true))).toBe('EDIT-001')
    expect(codeOf(() => holdGroup(session, { layer: 2, node: null }, 'off', true))).toBe('EDIT-005')
    expect(codeOf(() => holdGroup(session, { layer: 0, node: null }, 'frozen', true))).toBe('EDIT-005')
  })
})
