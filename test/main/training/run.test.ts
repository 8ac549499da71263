import { describe, expect, it } from 'vitest'
import { acceptRecipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { createCurve } from '../../../src/main/training/curve.ts'
import { createPace } from '../../../src/main/training/pace.ts'
import { datasetOf, Run } from '../../../src/main/training/run.ts'
import { kernels } from '../support/kernels.ts'
import { circle, story } from '../support/recipes.ts'

function makeRun(recipe: unknown): Run {
  const accepted = acceptRecipe(recipe)
  return new Run('r', Session.create(accepted, datasetOf(accepted), kernels))
}

function playOut(run: Run): void {
  run.play(performance.now())
  while (run.playing) run.advance(20)
}

describe('a run', () => {
  it('shows a past moment, goes back to now, and goes on from there until that is taken back', () => {
    const run = makeRun({ ...circle, training: { ...circle.training, stop: { epochs: 60 } } })
    const start = run.hash()
    const done = run.step('epoch', performance.now())
    while (run.playing) run.advance(5)
    playOut(run)
    const now = { hash: run.hash(), step: run.session.step }
    run.lookAt(0)
    expect([run.hash(), run.session.step, run.presentStep]).toEqual([start, 0, now.step])
    expect(() => run.play(0)).toThrow(expect.objectContaining({ code: 'RUN-008' }))
    expect(() => run.edit('training.l2', 0.1, 0)).toThrow(expect.objectContaining({ code: 'RUN-008' }))
    const saved = run.save()
    expect(saved.session.step).toBe(now.step)
    const buffers = [...saved.session.tensors.values()].map(({ data }) => data.buffer)
    structuredClone(saved, { transfer: [...new Set(buffers)] as ArrayBuffer[] })
    run.lookAt(null)
    expect([run.hash(), run.session.step, run.presentStep]).toEqual([now.hash, now.step, null])
    run.lookAt(0)
    run.goOn()
    expect([run.hash(), run.presentStep, run.course.curve.lastStep]).toEqual([start, null, 0])
    playOut(run)
    expect(run.hash()).toBe(now.hash)
    expect(run.undo()).toBe(true)
    expect([run.hash(), run.session.step]).toEqual([now.hash, now.step])
    expect(run.redo()).toBe(true)
    run.dispose()
    return done
  })

  it('stops by time, by loss and by patience, and says which', () => {
    const stopping = (stop: object): Run => {
      const run = makeRun({ ...circle, training: { ...circle.training, stop: { epochs: 100_000, ...stop } } })
      playOut(run)
      return run
    }
    const timed = stopping({ seconds: 0.05 })
    expect([timed.status, timed.session.stopping.reason]).toEqual(['finished', 'seconds'])
    expect(() => timed.play(0)).toThrow(expect.objectContaining({ code: 'RUN-004' }))
    const aimed = stopping({ loss: 0.3 })
    expect(aimed.session.stopping.reason).toBe('loss')
    expect(aimed.metrics.trainLoss).toBeLessThanOrEqual(0.3)
    const patient = stopping({ patience: 5 })
    const { best, reason } = patient.session.stopping
    expect(reason).toBe('patience')
    expect(patient.metrics.testLoss).toBe(best?.loss)
    expect(patient.session.epoch - (best?.epoch ?? 0)).toBe(5)
    const taken = patient.hash()
    expect(patient.undo()).toBe(true)
    expect(patient.hash()).not.toBe(taken)
    expect(patient.redo()).toBe(true)
    expect(patient.hash()).toBe(taken)
    for (const run of [timed, aimed, patient]) run.dispose()
  })

  it('plays until its stop rule and has a point for every early epoch', () => {
    const run = makeRun({ ...story, training: { ...story.training, stop: { epochs: 50 } } })
    expect(run.status).toBe('ready')
    playOut(run)
    expect(run.status).toBe('finished')
    expect(run.course.curve.since(-1).length / 6).toBe(51)
    expect(() => run.play(0)).toThrow(expect.objectContaining({ code: 'RUN-003' }))
    run.edit('training.stop.epochs', 60, 0)
    expect(run.status).toBe('paused')
    playOut(run)
    expect(run.session.epoch).toBe(60)
    run.dispose()
  })

  it('steps a batch, an epoch, and back to the same start', async () => {
    const run = makeRun(circle)
    const start = run.hash()
    for (const [unit, step] of [
      ['batch', 1],
      ['epoch', 10],
      ['epoch', 20],
      ['sample', 21],
      ['batch', 22],
    ] as const) {
      const done = run.step(unit, performance.now())
      while (run.playing) run.advance(5)
      await done
      expect(run.session.step).toBe(step)
    }
    expect(run.hash()).not.toBe(start)
    run.rewind(performance.now())
    expect(run.hash()).toBe(start)
    run.dispose()
  })

  it('takes edits back and makes them again, also of single parameters', () => {
    const run = makeRun(circle)
    const before = run.hash()
    run.edit('parameters.layers.0.weight.3', 2.5, 0)
    run.edit('training.l2', 0.01, 0)
    expect(run.session.readParameters()[3]).toBe(2.5)
    expect([run.undo(), run.undo(), run.undo()]).toEqual([true, true, false])
    expect(run.hash()).toBe(before)
    expect(run.session.recipe.training.l2).toBe(0)
    expect([run.redo(), run.redo(), run.redo()]).toEqual([true, true, false])
    expect(run.session.recipe.training.l2).toBe(0.01)
    expect(run.edits.edits.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
    run.dispose()
  })

  it('takes a moved slider back in one go', () => {
    const run = makeRun(circle)
    for (let i = 1; i <= 5; i++) run.edit('training.optimizer.learningRate', i / 10, i * 16)
    expect(run.undo()).toBe(true)
    expect(run.session.recipe.training.optimizer.learningRate).toBe(0.03)
    expect(run.undo()).toBe(false)
    run.dispose()
  })

  it.each([
    ['parameters.layers.0.weight.99', 1, 'EDIT-001'],
    ['parameters.nothing.0', 1, 'EDIT-001'],
    ['parameters.layers.0.weight.0', 'x', 'EDIT-002'],
    ['parameters.layers.0.weight.0', 1e60, 'EDIT-002'],
    ['training.optimizer.learningRate', 99, 'RECIPE-006'],
    ['training.optimizer.speed', 1, 'RECIPE-001'],
  ])('refuses %s = %j and stays as it is', (path, value, code) => {
    const run = makeRun(circle)
    const before = run.info()
    expect(() => run.edit(path, value, 0)).toThrow(expect.objectContaining({ code }))
    expect(run.info()).toEqual(before)
    expect(run.undo()).toBe(false)
    run.dispose()
  })

  it('follows edits of shape and of data', () => {
    const run = makeRun(circle)
    run.edit('network.0.units', 6, 0)
    expect(run.info()).toMatchObject({
      version: 2,
      parameterCount: 6 * 3 + 2 * 7 + run.session.dataset.outputWidth * 3,
    })
    run.edit('data.samples', 60, 0)
    expect(run.info()).toMatchObject({ version: 3, trainSamples: 30, testSamples: 30 })
    expect(run.points().train).toHaveLength(90)
    run.dispose()
  })

  it('saved and restored goes on to the same bits', async () => {
    const run = makeRun(circle)
    const train = async (which: Run) => {
      const done = which.step('epoch', performance.now())
      while (which.playing) which.advance(5)
      await done
    }
    await train(run)
    run.edit('training.l1', 0.001, 0)
    const copy = Run.restore(structuredClone(run.save()), kernels)
    await train(run)
    await train(copy)
    expect(copy.hash()).toBe(run.hash())
    expect(copy.version).toBe(run.version + 1)
    expect(copy.edits.edits).toEqual(run.edits.edits)
    expect(copy.course.curve.since(-1)).toEqual(run.course.curve.since(-1))
    run.dispose()
    copy.dispose()
  })

  it('says why it diverged and keeps finite numbers', () => {
    const run = makeRun({
      ...circle,
      data: { ...circle.data, shape: 'plane' },
      network: [{ layer: 'dense', units: 4, activation: 'linear' }],
      training: { ...circle.training, optimizer: { name: 'sgd', learningRate: 10 } },
    })
    playOut(run)
    expect(run.status).toBe('diverged')
    expect(run.fault?.code).toBe('TRAIN-001')
    expect(run.session.readParameters().every(Number.isFinite)).toBe(true)
    expect(() => run.play(0)).toThrow(expect.objectContaining({ code: 'TRAIN-001' }))
    run.dispose()
  })
})

describe('a curve', () => {
  it('stays bounded and keeps its first and newest points', () => {
    const curve = createCurve()
    const metrics = { trainLoss: 1, testLoss: null, trainAccuracy: null, testAccuracy: null }
    for (let step = 0; step <= 45_000; step++) curve.add(step, step, metrics)
    const points = curve.since(-1)
    expect(points.length / 6).toBeLessThanOrEqual(20_001)
    expect([points[1], points.at(-5)]).toEqual([0, 45_000])
    expect(curve.since(44_990)).toHaveLength(60)
  })
})

describe('a speed limit', () => {
  it('allows so many steps a second and no burst after a pause', () => {
    const pace = createPace()
    pace.setLimit(10, 0)
    pace.start(0)
    let steps = 0
    for (let now = 0; now <= 1000; now += 5) {
      const count = pace.chunk(now)
      steps += count
      if (count > 0) pace.did(count, 0.01, now)
    }
    expect(steps).toBeGreaterThanOrEqual(10)
    expect(steps).toBeLessThanOrEqual(11)
    expect(pace.chunk(60_000)).toBeLessThanOrEqual(4)
  })
})

describe('what the page cannot show yet', () => {
  it('is refused with its place: a bundled text', () => {
    const refusal = expect.objectContaining({ code: 'SHELL-005', at: 'data', values: { what: 'text' } })
    const recipe = acceptRecipe({ ...circle, data: { source: 'text', name: 'little-stories' } })
    expect(() => datasetOf(recipe)).toThrow(refusal)
  })
})
