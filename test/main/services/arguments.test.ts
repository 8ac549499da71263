import { describe, expect, it } from 'vitest'
import { checkArgument, checkLens, isCallName, isShallow } from '../../../src/main/services/arguments.ts'

const lens = { parameters: true, gradients: false, nodeMap: 20, surface: 0, passenger: null, destination: 2 }
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

describe('arguments of calls', () => {
  it('pass as they are when they have the right form', () => {
    expect(checkArgument('run.step', { run: 'a', unit: 'epoch' })).toEqual({ run: 'a', unit: 'epoch' })
    expect(checkArgument('run.speed', { run: 'a', stepsPerSecond: null })).toEqual({ run: 'a', stepsPerSecond: null })
    const reward = { run: 'a', context: '나는 너를', answer: 2, reward: -0.5 }
    expect(checkArgument('run.reward', reward)).toEqual(reward)
    expect(checkArgument('settings.set', { theme: 'dark' })).toEqual({ theme: 'dark' })
    for (const to of ['next', 'leave', 4])
      expect(checkArgument('run.operate', { run: 'a', to })).toEqual({ run: 'a', to })
    expect(checkArgument('app.info', null)).toBeNull()
    expect(checkLens(lens, 'lens')).toEqual({ ...lens, pictures: 0, layerGradients: false, probe: null, batchRow: 0 })
    expect(checkLens({ ...lens, probe: [1, -2.5] }, 'lens').probe).toEqual([1, -2.5])
    for (const probe of [[1], [1, 2, 3], [1, Number.NaN], [1, 1000], 'x']) {
      expect(() => checkLens({ ...lens, probe }, 'lens')).toThrow()
    }
  })

  it.each([
    ['run.step', { run: 'a', unit: 'year' }, 'unit'],
    ['run.step', { run: 5, unit: 'batch' }, 'run'],
    ['run.step', { run: 'a'.repeat(600), unit: 'batch' }, 'run'],
    ['run.step', { run: 'a', unit: 'batch', more: 1 }, undefined],
    ['run.operate', { run: 'a', to: 'forward' }, 'to'],
    ['run.operate', { run: 'a', to: -1 }, 'to'],
    ['run.operation', { run: 'a', row: 0, stop: 0.5, from: null }, 'stop'],
    ['run.play', null, undefined],
    ['run.play', [], undefined],
    ['run.speed', { run: 'a', stepsPerSecond: 0 }, 'stepsPerSecond'],
    ['run.speed', { run: 'a', stepsPerSecond: Number.NaN }, 'stepsPerSecond'],
    ['run.edit', { run: 'a', path: 'seed' }, 'value'],
    ['run.create', { recipe: nested(100) }, 'recipe'],
    ['run.say', { run: 'a', context: 'x', temperature: -1 }, 'temperature'],
    ['run.reward', { run: 'a', context: 'x', answer: 0, reward: 1e39 }, 'reward'],
    ['run.reward', { run: 'a', context: 'x', answer: 0.5, reward: 1 }, 'answer'],
    ['run.ride', { run: 'a', text: 'x', words: 0, temperature: 1, top: 1, seed: 1 }, 'words'],
    ['run.parameter', { run: 'a', name: 'w', index: -1, passenger: null, destination: null }, 'index'],
    ['run.sweep', { run: 'a', name: 'w', index: 0, from: null, to: null, points: 1 }, 'points'],
    ['run.sweep', { run: 'a', name: 'w', index: 0, from: Number.NaN, to: null, points: 9 }, 'from'],
    ['run.routes', { run: 'a', passenger: 0, destination: 0, count: 101 }, 'count'],
    ['run.reshape', { run: 'a', change: { kind: 'fold', at: 0 } }, 'change.kind'],
    ['run.reshape', { run: 'a', change: { kind: 'prune', at: 0, stops: [0, -1] } }, 'change.stops.1'],
    ['run.plan', { run: 'a', change: { kind: 'move', at: 0 } }, 'change.to'],
    ['run.usefulness', { run: 'a', layer: 0.5 }, 'layer'],
    ['run.damage', { run: 'a', layer: 1, node: -1, passenger: null }, 'node'],
    ['model.save', { run: 'a', name: 'n', replace: 'yes' }, 'replace'],
    ['model.upload', { name: 'n', bytes: new Uint8Array(9_000_000) }, 'bytes'],
    ['table.send', { upload: 'u', file: 'f', bytes: 'text', last: true }, 'bytes'],
    ['settings.set', { theme: 'pink' }, 'theme'],
    ['settings.set', { colour: 'pink' }, undefined],
    ['app.info', {}, undefined],
  ] as const)('%s refuses %j', (name, argument, at) => {
    expect(() => checkArgument(name, argument)).toThrow(
      expect.objectContaining({ code: 'CALL-002', ...(at && { at }) }),
    )
  })

  it('a key of the prototype is not an argument', () => {
    const sneaky: unknown = JSON.parse('{"__proto__":{"run":"a"},"unit":"batch"}')
    expect(() => checkArgument('run.step', sneaky)).toThrow(expect.objectContaining({ code: 'CALL-002' }))
    expect(isCallName('constructor')).toBe(false)
    expect(isCallName('__proto__')).toBe(false)
    expect(isCallName('run.play')).toBe(true)
  })

  it.each([
    { ...lens, nodeMap: 5000 },
    { ...lens, surface: -1 },
    { ...lens, passenger: 0.5 },
    { ...lens, parameters: 1 },
  ])('a lens %j is refused', (wrong) => {
    expect(() => checkLens(wrong, 'lens')).toThrow(expect.objectContaining({ code: 'CALL-002' }))
  })

  it('depth is measured without overflowing the stack', () => {
    const deep: unknown = JSON.parse('['.repeat(5000) + ']'.repeat(5000))
    expect(isShallow(deep)).toBe(false)
    expect(isShallow(nested(64))).toBe(true)
    expect(isShallow(nested(65))).toBe(false)
  })
})
