import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShapeChange } from '../../../src/core/spec/index.ts'
import type { RunInfo } from '../../../src/shared/protocol.ts'
import { type HeldHost, holdHost } from '../support/host.ts'
import { bareLens, circle } from '../support/recipes.ts'

const many = 1000
const rate = 'training.optimizer.learningRate'

let held: HeldHost
beforeAll(() => {
  held = holdHost()
})
afterAll(() => held.host.dispose())

const small = { ...circle, data: { ...circle.data, samples: 40 } }

/** The n-th of edits of every kind, each another than the one before it of its kind. */
function nthEdit(n: number): readonly [string, unknown] | ShapeChange {
  const turn = Math.floor(n / 10)
  const isOdd = turn % 2 === 1
  switch (n % 10) {
    case 0:
      return [rate, 0.01 + turn * 1e-4]
    case 1:
      return [`parameters.layers.0.weight.${turn % 4}`, n / 100]
    case 2:
      return ['parameters.layers.0.bias.1.frozen', !isOdd]
    case 3:
      return [`nodes.1.0.off`, !isOdd]
    case 4:
      return isOdd ? { kind: 'prune', at: 0, stops: [3] } : { kind: 'grow', at: 0, count: 1 }
    case 5:
      return ['data.noise', 0.1 + (turn % 5) / 20 + turn * 1e-5]
    case 6:
      return ['training.optimizer.name', isOdd ? 'sgd' : 'adam']
    case 7:
      return isOdd ? { kind: 'remove', at: 1 } : { kind: 'insert', at: 1, layers: [{ layer: 'dropout', rate: 0.3 }] }
    case 8:
      return ['training.l2', 1e-3 + turn * 1e-5]
    default:
      return [`network.0.activation`, isOdd ? 'tanh' : 'relu']
  }
}

describe('a thousand edits of every kind', () => {
  it('are taken back one by one to the first bits, and made again to the last', async () => {
    const { host } = held
    let info = await host.call('run.create', { recipe: small })
    const { run } = info
    for (let epoch = 0; epoch < 3; epoch++) await host.call('run.step', { run, unit: 'epoch' })
    const stateOf = async (now: RunInfo) => [now.recipe, now.holds, await host.call('run.hash', { run })] as const
    const states = [await stateOf(info)]
    for (let n = 0; n < many; n++) {
      const next = nthEdit(n)
      if ('kind' in next) info = await host.call('run.reshape', { run, change: next })
      else info = await host.call('run.edit', { run, path: next[0], value: next[1] })
      if ((n + 1) % 100 === 0) states.push(await stateOf(info))
    }
    const end = states.at(-1)
    const known = states.length - 1
    for (let n = many - 1; n >= 0; n--) {
      info = (await host.call('run.undo', { run })) ?? info
      if (n % 100 === 0) expect(await stateOf(info), `${n} edits`).toEqual(states[n / 100])
    }
    expect(await host.call('run.undo', { run })).toBeNull()
    for (let n = 1; n <= many; n++) {
      info = (await host.call('run.redo', { run })) ?? info
      if (n % 100 === 0) expect(await stateOf(info), `${n} edits again`).toEqual(states[n / 100])
    }
    expect(await host.call('run.redo', { run })).toBeNull()
    expect([await stateOf(info), known]).toEqual([end, 10])
    await host.call('run.close', { run })
  })

  it('are one step of undo where one value was moved quickly, and say what would be taken back', async () => {
    const { host, nextFrame } = held
    const { run } = await host.call('run.create', { recipe: small })
    for (const value of [0.05, 0.1, 0.2, 0.5]) await host.call('run.edit', { run, path: rate, value })
    const frame = nextFrame()
    host.watch('c', run, bareLens)
    expect((await frame).head).toMatchObject({
      undoCount: 1,
      undoes: { path: rate, from: 0.03, to: 0.5 },
      redoes: null,
    })
    const undone = await host.call('run.undo', { run })
    expect(undone?.recipe.training.optimizer.learningRate).toBe(0.03)
    const after = nextFrame()
    host.watch('c', run, bareLens)
    expect((await after).head).toMatchObject({ undoes: null, redoes: { path: rate, from: 0.03, to: 0.5 } })
    await host.call('run.close', { run })
  })
})
