import { describe, expect, it } from 'vitest'
import { acceptRecipe, conflictRecipe, firstSetRecipe, storyRecipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { datasetOf, Run } from '../../../src/main/training/run.ts'
import { kernels } from '../support/kernels.ts'
import { circle, story } from '../support/recipes.ts'

const context = '나는 너를'

function makeRun(recipe: unknown): Run {
  const accepted = acceptRecipe(recipe)
  return new Run('r', Session.create(accepted, datasetOf(accepted), kernels))
}

async function epochs(run: Run, count: number): Promise<void> {
  for (let epoch = 0; epoch < count; epoch++) {
    const done = run.step('epoch', performance.now())
    while (run.playing) run.advance(5)
    await done
  }
}

/** Everything that a later step depends on. */
const whole = (run: Run) => run.session.snapshot()

describe('praise by hand', () => {
  it('is taken back and made again bit for bit, any number of times', () => {
    const run = makeRun(story)
    const states = [run.hash()]
    for (let press = 0; press < 30; press++) {
      const { answer } = run.session.say(context, 1)
      run.reward(context, answer, answer === 0 ? 1 : -1)
      states.push(run.hash())
    }
    expect(new Set(states).size).toBe(31)
    for (let press = 29; press >= 0; press--) {
      expect(run.undo()).toBe(true)
      expect(run.hash()).toBe(states[press])
    }
    expect(run.undo()).toBe(false)
    for (let press = 1; press <= 30; press++) {
      expect(run.redo()).toBe(true)
      expect(run.hash()).toBe(states[press])
    }
    expect(run.redo()).toBe(false)
    run.dispose()
  })

  it('takes what was trained since back with it, and redo brings all of it again', async () => {
    const run = makeRun(story)
    await epochs(run, 3)
    const before = whole(run)
    run.reward(context, 1, -1)
    await epochs(run, 5)
    const after = whole(run)
    expect(run.undo()).toBe(true)
    expect(whole(run)).toEqual(before)
    expect(run.course.curve.lastStep).toBe(3)
    expect(run.redo()).toBe(true)
    expect(whole(run)).toEqual(after)
    run.dispose()
  })

  it('is made anew by redo where something was trained after it was taken back', async () => {
    const run = makeRun(story)
    run.reward(context, 0, 1)
    run.undo()
    await epochs(run, 2)
    const before = whole(run)
    run.redo()
    expect(run.session.step).toBe(3)
    expect(run.session.taught).toMatchObject({ answer: 0, reward: 1 })
    run.undo()
    expect(whole(run)).toEqual(before)
    run.dispose()
  })

  it('stands among the edits with its words', () => {
    const run = makeRun(story)
    run.reward(context, 1, -1)
    run.undo()
    const to = { context, answer: '좋아해', reward: -1 }
    expect(run.edits.edits.map(({ path, from, to: now, step }) => [path, from, now, step])).toEqual([
      ['praise', null, to, 0],
      ['praise', to, null, 0],
    ])
    run.dispose()
  })

  it('tells of two answers praised for one context', () => {
    const run = makeRun({ ...storyRecipe, data: { ...storyRecipe.data, examples: firstSetRecipe.data.examples } })
    expect(run.info().notices).toEqual([])
    run.reward(context, 0, 1)
    expect(run.info().notices).toMatchObject([
      { code: 'TEACH-102', values: { context, answers: '사랑해, Outside', count: 2 } },
    ])
    run.undo()
    expect(run.info().notices).toEqual([])
    const conflict = makeRun(conflictRecipe)
    expect(conflict.info().notices).toMatchObject([
      { code: 'TEACH-101', at: 'data.examples.4', values: { context: 'Go', answers: 'Outside, Potty', count: 2 } },
    ])
    for (const each of [run, conflict]) each.dispose()
  })
})

describe('one stack of undo', () => {
  it('takes a thousand edits of every kind back to the first state, and makes them again', () => {
    const run = makeRun(story)
    const start = whole(run)
    const edit = (path: string, value: unknown): void => run.edit(path, value, Number.NEGATIVE_INFINITY)
    for (let n = 0; run.edits.undoable.length < 1000; n++) {
      switch (n % 8) {
        case 0:
          edit('training.optimizer.learningRate', 0.01 + n * 1e-5)
          break
        case 1:
          run.reward(context, n % 4, n % 3 === 0 ? 1 : -1)
          break
        case 2:
          edit(`parameters.layers.0.weight.${n % 8}`, n / 100)
          break
        case 3:
          edit('parameters.layers.1.bias.2.frozen', (n >> 3) % 2 === 0)
          break
        case 4:
          edit('parameters.layers.1.weight.3.off', (n >> 3) % 2 === 0)
          break
        case 5:
          edit('network.0.units', 4 + ((n >> 3) % 2))
          break
        case 6:
          edit('training.optimizer.name', (n >> 3) % 2 === 0 ? 'sgd' : 'adam')
          break
        default:
          edit('network.0.activation', (n >> 3) % 2 === 0 ? 'relu' : 'tanh')
      }
    }
    const end = whole(run)
    const count = run.edits.undoable.length
    for (let n = 0; n < count; n++) expect(run.undo()).toBe(true)
    expect(whole(run)).toEqual(start)
    for (let n = 0; n < count; n++) expect(run.redo()).toBe(true)
    expect(whole(run)).toEqual(end)
    run.dispose()
  })

  it('brings back what a change of shape, optimizer or seed took away, while nothing is trained in between', async () => {
    const run = makeRun(circle)
    await epochs(run, 3)
    for (const [path, value] of [
      ['network', [{ layer: 'dense', units: 2, activation: 'relu' }]],
      ['training.optimizer.name', 'adam'],
      ['seed', 9],
      ['data.samples', 300],
      ['training.batchSize', 7],
    ] as const) {
      const before = whole(run)
      run.edit(path, value, 0)
      const after = whole(run)
      run.undo()
      expect(whole(run)).toEqual(before)
      run.redo()
      expect(whole(run)).toEqual(after)
      run.undo()
    }
    run.dispose()
  })

  it('keeps what was learned since where only a value is put back', async () => {
    const run = makeRun(circle)
    run.edit('network.0.units', 5, 0)
    await epochs(run, 2)
    const { step } = run.session
    run.undo()
    expect([run.session.step, run.session.layers[1]?.units]).toEqual([step, 4])
    run.dispose()
  })

  it('holds parameters by path and tells of them', () => {
    const run = makeRun(circle)
    const { version } = run
    run.edit('parameters.layers.0.weight.3.frozen', true, 0)
    run.edit('parameters.layers.0.bias.0.off', true, 0)
    expect(run.version).toBe(version + 2)
    expect(run.info().holds).toEqual([
      { name: 'layers.0.weight', index: 3, frozen: true, off: null },
      { name: 'layers.0.bias', index: 0, frozen: false, off: 0 },
    ])
    const refused = (path: string, value: unknown, code: string): void =>
      expect(() => run.edit(path, value, 0)).toThrow(expect.objectContaining({ code }))
    refused('parameters.layers.0.bias.0', 1, 'EDIT-003')
    refused('parameters.layers.0.bias.0.off', 1, 'EDIT-004')
    refused('parameters.layers.0.bias.40.off', true, 'EDIT-001')
    run.undo()
    run.undo()
    expect(run.info().holds).toEqual([])
    run.dispose()
  })
})

describe('a rewind', () => {
  it('is taken back with all that was trained, its curve, its past and its best state, and made again', async () => {
    const run = makeRun(story)
    const start = whole(run)
    await epochs(run, 4)
    const [trained, curve, path] = [whole(run), run.course.curve.since(-1), run.course.trail.of(0)]
    const { best } = run.session.stopping
    expect(best).not.toBeNull()
    run.rewind(performance.now())
    expect(whole(run)).toEqual(start)
    expect(run.edits.undoes).toEqual({ path: 'rewind', from: 4, to: 0 })
    await epochs(run, 1)
    const again = whole(run)
    expect(run.undo()).toBe(true)
    expect(whole(run)).toEqual(trained)
    expect(run.course.curve.since(-1)).toEqual(curve)
    expect(run.course.trail.of(0)).toEqual(path)
    expect(run.session.stopping.best).toEqual(best)
    expect(run.redo()).toBe(true)
    expect(whole(run)).toEqual(again)
    expect(run.course.curve.lastStep).toBe(1)
    run.dispose()
  })

  it('leaves the edits before it to be taken back next', async () => {
    const run = makeRun(story)
    run.edit('training.optimizer.learningRate', 0.5, 0)
    await epochs(run, 2)
    run.rewind(performance.now())
    run.undo()
    run.undo()
    expect(run.session.recipe).toEqual(acceptRecipe(story))
    expect(run.undo()).toBe(false)
    run.dispose()
  })

  it('that follows at once on an edit which takes numbers away is one with it', async () => {
    const run = makeRun(circle)
    await epochs(run, 2)
    const trained = whole(run)
    const now = performance.now()
    run.edit('network.0.activation', 'relu', now)
    run.edit('network', [{ layer: 'dense', units: 3, activation: 'relu' }], now)
    run.rewind(now)
    expect(run.edits.undoable.map(({ path }) => path)).toEqual(['network.0.activation', 'network'])
    expect([run.session.step, run.course.curve.lastStep]).toEqual([0, -1])
    run.undo()
    run.undo()
    expect(whole(run)).toEqual(trained)
    expect(run.course.curve.lastStep).toBe(trained.step)
    run.dispose()
  })

  it('of what was not changed is nothing to take back', () => {
    const run = makeRun(story)
    run.rewind(performance.now())
    expect(run.edits.undoes).toBeNull()
    run.dispose()
  })
})

describe('what starts training over', () => {
  it('brings its curve and past moments back with it', async () => {
    const run = makeRun(story)
    await epochs(run, 3)
    const [curve, moments] = [run.course.curve.since(-1), run.course.moments.list()]
    run.edit('seed', 77, 0)
    expect([run.course.curve.lastStep, run.course.moments.list()]).toEqual([-1, []])
    run.undo()
    expect(run.course.curve.since(-1)).toEqual(curve)
    expect(run.course.moments.list()).toEqual(moments)
    run.dispose()
  })
})

describe('history', () => {
  it('goes back to the start, however long the run', () => {
    const run = makeRun({ ...story, training: { ...story.training, stop: { epochs: 3000 } } })
    run.play(performance.now())
    while (run.playing) run.advance(20)
    const points = run.course.trail.of(0)
    const steps = points.filter((_, index) => index % 2 === 0)
    expect(steps[0]).toBe(0)
    expect(steps.length).toBeGreaterThan(200)
    expect(steps.length).toBeLessThanOrEqual(512)
    expect(steps.at(-1)).toBeGreaterThan(2980)
    run.rewind(performance.now())
    expect(run.course.trail.of(0)).toEqual([])
    run.dispose()
  })
})
