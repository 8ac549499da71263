import { describe, expect, it } from 'vitest'
import { passportOf } from '../../../src/core/explain/look.ts'
import { optimizers } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { kernels } from '../../support/kernels.ts'
import { hashOf, recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

const weight = 'layers.0.weight'

describe('a frozen parameter', () => {
  it.each(optimizers)('stays bit for bit under %s while the others move, its memories too', (name) => {
    const session = sessionOf(recipeOf('circle', { l2: 0.01, optimizer: { name, learningRate: 0.01 } }))
    trainSteps(session, 7)
    session.hold(weight, 3, 'frozen', true)
    const before = session.snapshot()
    trainSteps(session, 60)
    const after = session.snapshot()
    for (const [tensor, { data }] of after.tensors) {
      const old = before.tensors.get(tensor)?.data
      if (!tensor.endsWith(weight)) continue
      expect(data[3]).toBe(old?.[3])
      expect(data.filter((value, index) => index !== 3 && value === old?.[index])).toHaveLength(0)
    }
  })

  it('trains again once it is let go, and nothing else remembers', () => {
    const session = sessionOf(recipeOf('circle'))
    const plain = sessionOf(recipeOf('circle'))
    session.hold(weight, 0, 'frozen', true)
    session.hold(weight, 0, 'frozen', false)
    expect(session.hand.holds.any).toBe(false)
    trainSteps(session, 50)
    trainSteps(plain, 50)
    expect(hashOf(session)).toBe(hashOf(plain))
  })

  it('says what the update wanted of it', () => {
    const session = sessionOf(recipeOf('story'))
    session.hold(weight, 1, 'frozen', true)
    passportOf(session, weight, 1, { input: null, destination: null })
    session.train(1)
    const { update, frozen } = passportOf(session, weight, 1, { input: null, destination: null })
    expect([frozen, update?.from]).toEqual([true, update?.to])
    expect(update?.parts.map(({ kind }) => kind)).toContain('hold')
    expect(update?.parts.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(0, 12)
  })

  it('stays through a snapshot and a rewind, with the same bits as without a break', () => {
    const session = sessionOf(recipeOf('story'))
    session.hold(weight, 2, 'frozen', true)
    session.hold('layers.1.bias', 0, 'off', true)
    trainSteps(session, 20)
    const resumed = Session.restore(session.snapshot(), session.dataset, kernels)
    expect(resumed.hand.holds.list(resumed.parameters)).toEqual(session.hand.holds.list(session.parameters))
    trainSteps(session, 20)
    trainSteps(resumed, 20)
    expect(hashOf(resumed)).toBe(hashOf(session))
    session.rewind()
    const start = sessionOf(recipeOf('story'))
    expect(session.readParameters()[2]).toBe(start.readParameters()[2])
    trainSteps(session, 40)
    expect(hashOf(session)).toBe(hashOf(resumed))
  })

  it('is read from a file with care: unknown places and numbers that no parameter can have are left out', () => {
    const session = sessionOf(recipeOf('story'))
    const state = session.snapshot()
    const wrong = { 'frozen.layers.0.weight.99': 1, 'off.layers.0.weight.1': 1e300, 'teaching.draws': -3, 'off.x.1': 0 }
    const read = Session.restore({ ...state, counters: { ...state.counters, ...wrong } }, session.dataset, kernels)
    expect(read.hand.holds.any).toBe(false)
    expect(read.snapshot()).toEqual(state)
  })

  it('stays with its parameter under another shape, and goes with it', () => {
    const session = sessionOf(recipeOf('circle'))
    session.hold(weight, 2, 'frozen', true)
    session.hold('layers.1.weight', 5, 'frozen', true)
    session.change('network.0.units', 6)
    const held = (name: string, index: number) => ({ name, index, frozen: true, off: null })
    // [2, 4] -> [2, 6]: the second row begins two places later
    expect(session.hand.holds.list(session.parameters)).toEqual([held(weight, 2), held('layers.1.weight', 7)])
    session.change('network.1.units', 1)
    expect(session.hand.holds.list(session.parameters)).toEqual([held(weight, 2)])
  })
})

describe('a parameter that is switched off', () => {
  it('is 0 while the others learn, and comes back with its value', () => {
    const session = sessionOf(recipeOf('story'))
    const value = session.readParameters()[4]
    session.hold(weight, 4, 'off', true)
    trainSteps(session, 30)
    expect(session.readParameters()[4]).toBe(0)
    expect(session.hand.holds.list(session.parameters)).toEqual([{ name: weight, index: 4, frozen: false, off: value }])
    expect(() => session.setParameter(weight, 4, 1)).toThrow(expect.objectContaining({ code: 'EDIT-003' }))
    session.hold(weight, 4, 'off', false)
    expect(session.readParameters()[4]).toBe(value)
  })

  it('is held while praise moves the others', () => {
    const session = sessionOf(recipeOf('story'))
    session.hold(weight, 4, 'off', true)
    session.hold(weight, 5, 'frozen', true)
    const before = Float32Array.from(session.readParameters())
    const { moved, movedCount } = session.reward('나는 너를', 0, 1)
    expect([session.readParameters()[4], session.readParameters()[5]]).toEqual([0, before[5]])
    expect(movedCount).toBe(37)
    expect(moved.some(({ name, index }) => name === weight && (index === 4 || index === 5))).toBe(false)
  })
})
