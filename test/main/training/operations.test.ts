import { afterEach, describe, expect, it } from 'vitest'
import { phasesOf, storyRecipe } from '../../../src/core/spec/index.ts'
import { closerHandlers } from '../../../src/main/training/closer.ts'
import { createWatcher, packFor } from '../../../src/main/training/packing.ts'
import type { Run } from '../../../src/main/training/run.ts'
import { Trainer } from '../../../src/main/training/trainer.ts'
import { type Frame, readFrame } from '../../../src/shared/frame.ts'
import type { Lens } from '../../../src/shared/protocol.ts'
import { kernels } from '../support/kernels.ts'
import { bareLens, circle } from '../support/recipes.ts'

const lens: Lens = { ...bareLens, parameters: true, gradients: true, batchRow: 3 }

const opened: { readonly trainer: Trainer; readonly run: Run }[] = []
afterEach(() => {
  for (const { trainer, run } of opened.splice(0)) trainer.close(run.id)
})

function open(recipe: unknown) {
  const trainer = new Trainer(kernels, () => {})
  const run = trainer.create(recipe)
  opened.push({ trainer, run })
  const calls = closerHandlers(trainer)
  return {
    run,
    calls,
    operate: (to: number | 'next' | 'back' | 'finish' | 'leave') => calls['run.operate']({ run: run.id, to }),
  }
}

function frameOf(run: Run): Frame {
  return readFrame(packFor(run, createWatcher('page', lens), performance.now()))
}

async function oneStep(run: Run): Promise<void> {
  const done = run.step('batch', performance.now())
  while (run.playing) run.advance(5)
  await done
}

/** Operations of a step of the circle's network: three forward, loss, three backward, update. */
const count = phasesOf(4).length

describe('a step by operations', () => {
  it('changes nothing until its update, which is the ordinary step', async () => {
    const [{ run, operate }, { run: other }] = [open(circle), open(circle)]
    for (let step = 0; step < 25; step++) {
      const before = { hash: run.hash(), state: run.session.snapshot() }
      for (let phase = 0; phase < count; phase++) {
        expect([run.hash(), run.session.step]).toEqual([before.hash, step])
        operate('next')
        expect(frameOf(run).head.operation).toMatchObject({ step, phase, rows: 10, isTaken: phase === count - 1 })
      }
      frameOf(other)
      await oneStep(other)
      frameOf(other)
      expect(run.session.snapshot()).toEqual(other.session.snapshot())
      expect(run.course.curve.since(-1)).toEqual(other.course.curve.since(-1))
    }
  })

  it('goes back, to any operation and through the rest, and takes the step once', () => {
    const { run, operate } = open(circle)
    operate('back')
    expect(run.operations.open).toBeNull()
    operate(4)
    expect(run.operations.phase).toEqual({ kind: 'backward', layer: 3 })
    operate('back')
    operate('back')
    expect(run.operations.phase).toEqual({ kind: 'forward', layer: 3 })
    for (let n = 0; n < 9; n++) operate('back')
    expect([run.operations.open?.phase, run.session.step]).toEqual([0, 0])
    operate('finish')
    const hash = run.hash()
    expect([run.operations.phase?.kind, run.session.step]).toEqual(['update', 1])
    operate('back')
    operate('next')
    expect([run.hash(), run.session.step, run.operations.open?.isTaken]).toEqual([hash, 1, true])
    operate('next')
    expect(frameOf(run).head.operation).toMatchObject({ step: 1, phase: 0, isTaken: false })
    operate('leave')
    operate('finish')
    expect([run.operations.phase?.kind, run.session.step]).toEqual(['update', 2])
  })

  it('is left without a trace', async () => {
    const [{ run, operate }, { run: other }] = [open(circle), open(circle)]
    const before = run.session.snapshot()
    operate(5)
    operate('leave')
    expect(run.session.snapshot()).toEqual(before)
    expect(frameOf(run).head.operation).toBeNull()
    await oneStep(run)
    await oneStep(other)
    expect(run.session.snapshot()).toEqual(other.session.snapshot())
  })

  it('is left by whatever else is done to the run', async () => {
    const { run, operate, calls } = open(circle)
    const others: readonly (() => unknown)[] = [
      () => oneStep(run),
      () => run.play(performance.now()),
      () => run.edit('training.l2', 0.01, 0),
      () => run.edit('parameters.layers.0.weight.0', 1, 0),
      () => run.undo(),
      () => run.redo(),
      () => run.lookAt(0),
      () => run.lookAt(null),
      () => run.edit('network.0.units', 5, 0),
      () => run.rewind(performance.now()),
    ]
    for (const other of others) {
      run.pause()
      if (run.presentStep === null) {
        operate(2)
        expect(run.operations.open).not.toBeNull()
      }
      await other()
      expect(run.operations.open).toBeNull()
      expect(calls['run.operation']({ run: run.id, row: 0, stop: 0, from: null })).toBeNull()
      expect(calls['run.update']({ run: run.id, name: 'layers.0.weight', index: 0 })).toBeNull()
    }
  })

  it('pauses a run that plays, and is refused where a step would be', () => {
    const { run, operate } = open({ ...circle, training: { ...circle.training, stop: { epochs: 1 } } })
    run.play(performance.now())
    operate('next')
    expect([run.playing, run.operations.open?.phase]).toEqual([false, 0])
    for (let step = 0; step < 10; step++) operate('finish')
    operate(0)
    while (run.status !== 'finished') operate('next')
    expect(run.operations.open?.isTaken).toBe(true)
    expect(() => operate('next')).toThrow(expect.objectContaining({ code: 'RUN-003' }))
    const teaching = { method: 'praise' }
    const praised = open({ ...storyRecipe, training: { ...storyRecipe.training, teaching } })
    expect(() => praised.operate('next')).toThrow(expect.objectContaining({ code: 'RUN-009' }))
  })

  it('ends with a step that diverges', () => {
    const { run, operate } = open({
      ...circle,
      data: { ...circle.data, shape: 'plane' },
      network: [{ layer: 'dense', units: 4, activation: 'relu' }],
      training: { ...circle.training, optimizer: { name: 'sgd', learningRate: 10 } },
    })
    for (let press = 0; press < 600 && run.status !== 'diverged'; press++) operate('next')
    expect([run.status, run.operations.open]).toEqual(['diverged', null])
  })

  it('frames carry what is worked out so far, for the row that is looked at', () => {
    const { run, operate } = open(circle)
    const { parameters, layers } = run.session
    operate('next')
    const forward = frameOf(run)
    const step = run.operations.open?.apart
    const { operation } = forward.head
    expect(operation).toMatchObject({ row: 3, sample: step?.samples[3] })
    const input = run.session.dataset.train.inputs.slice(2 * (operation?.sample ?? 0), 2 * (operation?.sample ?? 0) + 2)
    expect(forward.sections.get('activations')?.subarray(0, 2)).toEqual(input)
    expect(forward.sections.get('activations')).toEqual(run.session.inspect(input).activations)
    expect(forward.sections.get('gradients')?.every((gradient) => gradient === 0)).toBe(true)
    operate(layers.length + 1)
    const shown = frameOf(run).sections.get('gradients')
    for (const { layer, offset, size } of parameters) {
      const isShown = shown?.subarray(offset, offset + size).some((gradient) => gradient !== 0)
      expect(isShown).toBe(layer >= 2)
    }
    const before = Float32Array.from(run.session.readParameters())
    operate('finish')
    const update = frameOf(run).sections
    expect(update.get('before')).toEqual(before)
    expect(update.get('parameters')).toEqual(Float32Array.from(run.session.readParameters()))
    operate('back')
    expect(frameOf(run).sections.get('parameters')).toEqual(before)
  })

  it('tells the formulas of the operation, and of the update its parts', () => {
    const { run, operate, calls } = open(circle)
    operate('next')
    const lines = calls['run.operation']({ run: run.id, row: 99, stop: 99, from: 99 })
    expect(lines).toMatchObject({ step: 0, phase: 0, row: 9, stop: 3, from: 1 })
    expect(lines?.lines.map(({ rule }) => rule)).toEqual(['sum', 'activation'])
    const update = calls['run.update']({ run: run.id, name: 'layers.0.weight', index: 2 })
    operate('finish')
    expect(update?.to).toBe(run.session.readParameters()[2])
    expect(() => calls['run.update']({ run: run.id, name: 'x', index: 0 })).toThrow(
      expect.objectContaining({ code: 'EDIT-001' }),
    )
  })

  it('of a hundred layers of 64 takes less than 200 ms an operation', () => {
    const slowestOf = (): number => {
      const { run, operate, calls } = open({
        ...circle,
        network: Array.from({ length: 100 }, () => ({ layer: 'dense', units: 64, activation: 'tanh' })),
      })
      expect(run.session.parameterCount).toBe(412_162)
      return phasesOf(run.session.layers.length).reduce((most) => {
        const from = process.threadCpuUsage()
        operate('next')
        calls['run.operation']({ run: run.id, row: 0, stop: 0, from: null })
        frameOf(run)
        const { user, system } = process.threadCpuUsage(from)
        return Math.max(most, (user + system) / 1000)
      }, 0)
    }
    // Time of this thread alone, and the better of two new networks: what else the computer does must not decide.
    expect(Math.min(slowestOf(), slowestOf())).toBeLessThan(200)
  })
})
