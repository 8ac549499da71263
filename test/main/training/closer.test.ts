import { afterEach, describe, expect, it } from 'vitest'
import { deepRepairedRecipe, firstSetRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import { closerHandlers } from '../../../src/main/training/closer.ts'
import type { FromWorker } from '../../../src/main/training/messages.ts'
import { createWatcher, packFor } from '../../../src/main/training/packing.ts'
import type { Run } from '../../../src/main/training/run.ts'
import { Trainer } from '../../../src/main/training/trainer.ts'
import { readFrame } from '../../../src/shared/frame.ts'
import type { Lens } from '../../../src/shared/protocol.ts'
import { kernels } from '../support/kernels.ts'

const context = '나는 너를'
const lens: Lens = { parameters: true, gradients: false, nodeMap: 0, surface: 0, passenger: 0, destination: 0 }

const opened: { readonly trainer: Trainer; readonly run: Run }[] = []
afterEach(() => {
  for (const { trainer, run } of opened.splice(0)) trainer.close(run.id)
})

function open(recipe: unknown) {
  const posted: FromWorker[] = []
  const trainer = new Trainer(kernels, (message) => posted.push(message))
  const run = trainer.create(recipe)
  opened.push({ trainer, run })
  return { run, calls: closerHandlers(trainer), posted }
}

function frameOf(run: Run, watcher = createWatcher('page', lens)) {
  return readFrame(packFor(run, watcher, performance.now()))
}

async function oneStep(run: Run): Promise<void> {
  const done = run.step('batch', performance.now())
  while (run.playing) run.advance(5)
  await done
}

describe('calls that teach and look closer', () => {
  it('say, reward and tell it in the next frame, once', () => {
    const { run, calls, posted } = open(storyRecipe)
    const watcher = createWatcher('page', lens)
    expect(frameOf(run, watcher).head).toMatchObject({ taught: null, undoCount: 0, redoCount: 0 })
    const said = calls['run.say']({ run: run.id, context, temperature: null })
    expect(said).toMatchObject({ context, draws: 1, temperature: 1 })
    const taught = calls['run.reward']({ run: run.id, context, answer: said.answer, reward: -1 })
    expect(taught.before).toEqual(said.probabilities)
    expect(taught.after[said.answer]).toBeLessThan(taught.before[said.answer] ?? 0)
    expect(frameOf(run, watcher).head).toMatchObject({ taught, undoCount: 1, step: 1 })
    expect(frameOf(run, watcher).head.taught).toBeNull()
    expect(posted.filter(({ kind }) => kind === 'event')).toHaveLength(0)
    calls['run.reward']({ run: run.id, context, answer: 0, reward: 1 })
    calls['run.reward']({ run: run.id, context, answer: 1, reward: 1 })
    expect(posted).toMatchObject([
      {
        kind: 'event',
        event: { kind: 'run-changed', info: { notices: [{ code: 'TEACH-102' }, { code: 'TEACH-103' }] } },
      },
    ])
  })

  it('automatic praise tells what moved where it is slow enough to watch', async () => {
    const { run } = open({
      ...firstSetRecipe,
      training: { ...firstSetRecipe.training, teaching: { method: 'praise' } },
    })
    await oneStep(run)
    expect(frameOf(run).head.taught).toMatchObject({ automatic: true, step: 0, movedCount: expect.any(Number) })
    expect(frameOf(run).head.taught?.moved).toHaveLength(10)
    run.play(performance.now())
    while (run.playing) run.advance(20)
    expect(frameOf(run).head.taught).toMatchObject({ automatic: true, moved: [], before: [] })
  })

  it('a passport knows its last update and its way from the start', async () => {
    const { run, calls } = open(storyRecipe)
    const ask = () =>
      calls['run.parameter']({ run: run.id, name: 'layers.0.weight', index: 3, passenger: 0, destination: 0 })
    expect(ask()).toMatchObject({ update: null, history: [0, ask().value], from: 1, to: 1 })
    const start = ask().value
    for (let step = 0; step < 3; step++) await oneStep(run)
    const passport = ask()
    expect(passport.update).toMatchObject({ step: 2, to: passport.value })
    expect(passport.history.slice(0, 2)).toEqual([0, start])
    expect(passport.history.slice(-2)).toEqual([3, passport.value])
    // Set by hand at the same step: its way ends there.
    run.edit('parameters.layers.0.weight.3', 7, performance.now())
    expect(ask().history.slice(-4)).toEqual([3, passport.value, 3, 7])
    run.undo()
    expect(passport.recent).toHaveLength(9)
    const { contribution } = passport
    expect(contribution?.value).toBe(frameOf(run).sections.get('contributions')?.[3])
    expect(
      calls['run.sweep']({ run: run.id, name: 'layers.0.weight', index: 3, from: -1, to: 1, points: 5 }),
    ).toMatchObject({
      values: [-1, -0.5, 0, 0.5, 1],
      value: passport.value,
      slope: passport.slope,
      loss: passport.loss,
    })
  })

  it('routes and rides are those of the run', () => {
    const { run, calls } = open(storyRecipe)
    const routes = calls['run.routes']({ run: run.id, passenger: 0, destination: 1, count: 100 })
    expect(routes.routes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    const ride = calls['run.ride']({ run: run.id, text: `${context} zzz`, words: 2, temperature: 0, top: 3, seed: 1 })
    expect(ride.steps[0]).toMatchObject({ known: ['나는', '너를'], unknown: ['zzz'] })
    expect(ride.steps[0]?.next).toHaveLength(3)
    expect(ride.steps[0]?.taken).toEqual(ride.steps[0]?.next[0])
    expect(ride.text).toBe(`${context} zzz ${ride.steps[0]?.taken.text} ${ride.steps[1]?.taken.text}`)
  })

  it.each([
    ['run.routes', { passenger: 9, destination: 0, count: 1 }, 'CALL-002'],
    ['run.routes', { passenger: 0, destination: 9, count: 1 }, 'CALL-002'],
    ['run.parameter', { name: 'layers.9.weight', index: 0, passenger: null, destination: null }, 'EDIT-001'],
    ['run.ride', { text: '?', words: 1, temperature: 0, top: 1, seed: 1 }, 'DATA-005'],
  ] as const)('%s refuses %j', (name, argument, code) => {
    const { run, calls } = open(storyRecipe)
    // The case's argument is that of its call.
    const call = calls[name] as (argument: object) => unknown
    expect(() => call({ run: run.id, ...argument })).toThrow(expect.objectContaining({ code }))
  })

  it('frames carry the gradient of each layer where a lens asks', async () => {
    const { run } = open(deepRepairedRecipe)
    await oneStep(run)
    const norms = frameOf(run, createWatcher('page', { ...lens, layerGradients: true })).sections.get('layerGradients')
    expect(norms).toHaveLength(102)
    expect(norms?.[0]).toBe(0)
    expect(norms?.subarray(1).every((norm) => norm > 0)).toBe(true)
    expect(frameOf(run).sections.has('layerGradients')).toBe(false)
  })
})
