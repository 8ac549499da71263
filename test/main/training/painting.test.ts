import { describe, expect, it } from 'vitest'
import { readModel, writeModel } from '../../../src/core/io/model.ts'
import { acceptRecipe, circleRecipe, type PaintedPoint, type Recipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { datasetOf, Run } from '../../../src/main/training/run.ts'
import { codeOf } from '../../support/fault.ts'
import { blobs, paintedRecipe } from '../../support/painting.ts'
import { kernels } from '../support/kernels.ts'

function makeRun(recipe: unknown): Run {
  const accepted = acceptRecipe(recipe)
  return new Run('r', Session.create(accepted, datasetOf(accepted), kernels))
}
const painted = (points: readonly PaintedPoint[]): Run => makeRun(paintedRecipe(points))

function playOut(run: Run): void {
  run.play(performance.now())
  while (run.playing) run.advance(20)
}
/** Trains some batches and stands still. */
function trainSome(run: Run, batches: number): void {
  for (let n = 0; n < batches; n++) {
    void run.step('batch', performance.now())
    while (run.playing) run.advance(20)
  }
}
const pointsOf = ({ data }: Recipe): readonly PaintedPoint[] => (data.source === 'points' ? (data.points ?? []) : [])
const stateOf = (run: Run): readonly unknown[] => [run.session.recipe, run.hash(), run.session.step]
const parameters = (run: Run): ReadonlyMap<string, readonly number[]> => {
  const values = run.session.readParameters()
  return new Map(
    run.session.parameters.map(({ name, offset, size }) => [name, [...values.subarray(offset, offset + size)]]),
  )
}

describe('a painted run', () => {
  it('learns three classes', () => {
    const run = painted(blobs(3, 40))
    playOut(run)
    expect(run.metrics.trainAccuracy).toBeGreaterThanOrEqual(0.95)
    expect(run.metrics.testAccuracy).toBeGreaterThanOrEqual(0.95)
  })

  it('takes strokes back and makes them again, points and parameters exactly', () => {
    const run = painted(blobs(2, 20))
    trainSome(run, 30)
    const states = [stateOf(run)]
    const strokes: readonly (readonly [put: readonly PaintedPoint[], take: readonly PaintedPoint[]])[] = [
      [[[5, 5, 2]], []],
      [[], blobs(2, 20).slice(0, 7)],
      [[[1, 1, 4]], [[5, 5, 2]]],
    ]
    strokes.forEach(([put, take], stroke) => {
      run.paint(stroke, put, take)
      states.push(stateOf(run))
    })
    for (let n = 2; n >= 0; n--) {
      expect(run.undo()).toBe(true)
      expect(stateOf(run)).toEqual(states[n])
    }
    for (let n = 1; n <= 3; n++) {
      expect(run.redo()).toBe(true)
      expect(stateOf(run)).toEqual(states[n])
    }
    expect(run.edits.edits.map(({ from, to }) => [from, to]).slice(0, 3)).toEqual([
      [40, 41],
      [41, 34],
      [34, 34],
    ])
  })

  it('takes all of a stroke back at once, and another stroke apart however soon it follows', () => {
    const run = painted(blobs(2, 20))
    const before = stateOf(run)
    for (let n = 0; n < 5; n++) run.paint(1, [[n, n, 0]], [])
    run.paint(2, [[-1, 1, 1]], [])
    expect(run.edits.undoable).toHaveLength(2)
    run.undo()
    expect(pointsOf(run.session.recipe)).toHaveLength(45)
    run.undo()
    expect(stateOf(run)).toEqual(before)
  })

  it('keeps what is learned while a stroke goes on, and when it is taken back', () => {
    const run = painted(blobs(2, 20))
    trainSome(run, 20)
    run.paint(1, [[5, 5, 0]], [])
    trainSome(run, 20)
    run.paint(1, [[5, 4, 0]], [])
    const { step } = run.session
    const learned = run.hash()
    run.undo()
    expect([run.session.step, run.hash(), pointsOf(run.session.recipe).length]).toEqual([step, learned, 40])
    expect(step).toBe(40)
  })

  it('keeps the numbers of all classes that stay when one comes or goes', () => {
    const run = painted(blobs(2, 20))
    trainSome(run, 30)
    const before = parameters(run)
    run.paint(1, [[0, 5, 3]], [])
    const grown = parameters(run)
    expect(run.session.layers.at(-1)?.names).toEqual(['class0', 'class1', 'class3'])
    expect(grown.get('layers.0.weight')).toEqual(before.get('layers.0.weight'))
    expect(grown.get('layers.1.weight')?.slice(0, 12)).toEqual(before.get('layers.1.weight'))
    expect(run.session.step).toBe(30)
    run.paint(
      2,
      [],
      blobs(2, 20).filter(([, , label]) => label === 0),
    )
    const shrunk = parameters(run)
    expect(run.session.layers.at(-1)?.names).toEqual(['class1', 'class3'])
    expect(shrunk.get('layers.1.weight')).toEqual(grown.get('layers.1.weight')?.slice(6))
    expect(shrunk.get('layers.1.bias')).toEqual(grown.get('layers.1.bias')?.slice(1))
  })

  it('is refused training, with the reason, while it is empty or of one class, and stays whole', () => {
    const recipe = paintedRecipe([])
    const run = makeRun({ ...recipe, training: { ...recipe.training, stop: { epochs: 100_000 } } })
    expect(run.notices().map(({ code }) => code)).toEqual(['DATA-009'])
    expect(codeOf(() => run.play(0))).toBe('DATA-009')
    expect(codeOf(() => run.session.train(1))).toBe('DATA-009')
    expect([run.metrics.trainLoss, run.metrics.testLoss, run.info().stepsPerEpoch]).toEqual([Number.NaN, null, 0])
    expect([...run.session.predict(Float32Array.of(0, 0))]).toHaveLength(2)
    run.paint(1, [[1, 1, 1]], [])
    expect(codeOf(() => run.play(0))).toBe('DATA-010')
    run.paint(2, [[-1, 1, 0]], [])
    expect(run.notices()).toEqual([])
    run.play(performance.now())
    run.advance(5)
    expect(run.playing).toBe(true)
    run.paint(3, [], [[1, 1, 1]])
    expect([run.playing, run.status]).toEqual([false, 'paused'])
    run.undo()
    run.play(performance.now())
    expect(run.playing).toBe(true)
    run.dispose()
  })

  it('refuses points that no painting has, and painting where other data are, and is as it was', () => {
    const run = painted(blobs(2, 5))
    const before = stateOf(run)
    expect(codeOf(() => run.paint(1, [[7, 0, 0]], []))).toBe('RECIPE-024')
    expect(codeOf(() => run.paint(1, [[0, 0, 6]], []))).toBe('RECIPE-025')
    expect([stateOf(run), run.edits.undoable]).toEqual([before, []])
    expect(codeOf(() => makeRun(circleRecipe).paint(1, [[0, 0, 0]], []))).toBe('EDIT-007')
  })

  it('keeps a painting while another shape is chosen', () => {
    const run = painted(blobs(3, 5))
    run.edit('data.shape', 'spiral', 0)
    expect(run.session.layers.at(-1)?.units).toBe(2)
    run.edit('data.shape', 'drawn', 5000)
    expect(pointsOf(run.session.recipe)).toEqual(blobs(3, 5))
    expect(run.session.layers.at(-1)?.units).toBe(3)
  })

  it('goes on bit for bit from a saved model', () => {
    const whole = painted(blobs(3, 20))
    trainSome(whole, 25)
    const saved = readModel(writeModel(whole.session.snapshot()))
    expect(pointsOf(saved.recipe)).toEqual(blobs(3, 20))
    const resumed = new Run('s', Session.restore(saved, datasetOf(saved.recipe), kernels))
    for (const run of [whole, resumed]) playOut(run)
    expect(stateOf(resumed)).toEqual(stateOf(whole))
  })
})
