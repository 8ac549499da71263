import { describe, expect, it } from 'vitest'
import { acceptRecipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { createWatcher, packFor } from '../../../src/main/training/packing.ts'
import { datasetOf, Run } from '../../../src/main/training/run.ts'
import { readFrame } from '../../../src/shared/frame.ts'
import type { Lens } from '../../../src/shared/protocol.ts'
import { kernels } from '../support/kernels.ts'
import { bareLens, circle, story } from '../support/recipes.ts'

function makeRun(recipe: unknown): Run {
  const accepted = acceptRecipe(recipe)
  return new Run('r', Session.create(accepted, datasetOf(accepted), kernels))
}

const look = (run: Run, lens: Partial<Lens>, watcher = createWatcher('c', { ...bareLens, ...lens })) =>
  readFrame(packFor(run, watcher, performance.now()))

describe('a frame', () => {
  it('holds just what the lens asks for', () => {
    const run = makeRun(circle)
    expect([...look(run, {}).sections.keys()]).toEqual([])
    const full = look(run, {
      parameters: true,
      gradients: true,
      nodeMap: 10,
      surface: 20,
      passenger: 3,
      destination: 0,
    })
    const { parameterCount, layers, dataset } = run.session
    const nodes = layers.reduce((sum, layer) => sum + layer.units, 0)
    const lengths = Object.fromEntries([...full.sections].map(([name, data]) => [name, data.length]))
    expect(lengths).toEqual({
      parameters: parameterCount,
      gradients: parameterCount,
      nodeMap: nodes * 100,
      surface: dataset.outputWidth * 400,
      sums: nodes,
      activations: nodes,
      contributions: parameterCount,
    })
    run.dispose()
  })

  it('lays the surface one output after the other, the top row first', () => {
    const run = makeRun(circle)
    const cells = 4
    const surface = look(run, { surface: cells }).sections.get('surface') ?? new Float32Array()
    const inputs = run.session.dataset.featuresOf?.(Float32Array.of(-4.5, 4.5)) ?? new Float32Array()
    const corner = run.session.predict(inputs)
    const { outputWidth } = run.session.dataset
    for (let output = 0; output < outputWidth; output++) expect(surface[output * cells * cells]).toBe(corner[output])
    const map = look(run, { nodeMap: cells }).sections.get('nodeMap') ?? new Float32Array()
    expect([map[0], map[cells * cells]]).toEqual([-4.5, 4.5])
    run.dispose()
  })

  it('brings the numbers of a large network in pieces while it trains, whole where it stands', () => {
    const wide = { ...circle, network: [256, 256].map((units) => ({ layer: 'dense', units, activation: 'tanh' })) }
    const run = makeRun(wide)
    const watcher = createWatcher('c', { ...bareLens, parameters: true, gradients: true, passenger: 0, destination: 0 })
    const every = ['sums', 'activations']
    const numbers = ['parameters', 'gradients', 'contributions']
    const frameAt = (now: number) => readFrame(packFor(run, watcher, now))
    const namesAt = (now: number): readonly string[] => [...frameAt(now).sections.keys()]
    const begin = performance.now()
    expect(namesAt(begin)).toEqual([...every, ...numbers])
    run.play(begin)
    let now = begin + 10
    let first = frameAt(now)
    expect([first.parts, [...first.sections.keys()]]).toEqual([[], every])
    const { parameterCount } = run.session
    const copied = run.session.readParameters().slice()
    while (first.parts.length === 0) {
      now += 50
      first = frameAt(now)
    }
    expect([...first.sections.keys()]).toEqual(every)
    expect(first.parts.map(({ name, from, whole }) => [name, from, whole])).toEqual([['parameters', 0, parameterCount]])
    run.session.train(1)
    // What follows is of the same moment, though the run has gone on.
    const second = frameAt(now + 1)
    const [part] = second.parts
    expect(part?.from).toBe(first.parts[0]?.data.length)
    expect(part?.data).toEqual(copied.subarray(part?.from, (part?.from ?? 0) + (part?.data.length ?? 0)))
    // As much as the time since: the rest comes with the frame that is due at its end, 67 ms after the copy.
    const last = frameAt(now + 68)
    expect(last.parts.map(({ name, from, data }) => [name, from + data.length])).toEqual(
      numbers.map((name) => [name, parameterCount]),
    )
    // Where frames come seldom there is nothing to spare.
    expect(namesAt(now + 500)).toEqual([...every, ...numbers])
    expect(frameAt(now + 501).parts).toEqual([])
    run.pause()
    expect(namesAt(now + 502)).toEqual([...every, ...numbers])
    run.dispose()
  })

  it('leaves a slow surface out of some frames while it trains, never where it stands', () => {
    const run = makeRun(circle)
    const watcher = createWatcher('c', { ...bareLens, surface: 4 })
    const hasSurface = (now: number): boolean => readFrame(packFor(run, watcher, now)).sections.has('surface')
    const begin = performance.now()
    expect(hasSurface(begin)).toBe(true)
    run.play(begin)
    // As if the last one had taken 10 ms of the training's time.
    watcher.surfaceMs = 10
    expect(hasSurface(watcher.surfaceAt + 10)).toBe(false)
    expect(hasSurface(watcher.surfaceAt + 250)).toBe(true)
    watcher.surfaceMs = 10
    run.pause()
    expect(hasSurface(watcher.surfaceAt + 10)).toBe(true)
    run.dispose()
  })

  it('sends a point that is tried through the network in the place of the passenger', () => {
    const run = makeRun(circle)
    const { dataset, layers } = run.session
    const sections = look(run, { passenger: 3, destination: 0, probe: [1.5, -2] }).sections
    const inputs = dataset.featuresOf?.(Float32Array.of(1.5, -2)) ?? new Float32Array()
    const activations = sections.get('activations') ?? new Float32Array()
    expect(Array.from(activations.subarray(0, inputs.length))).toEqual(Array.from(inputs))
    expect(Array.from(activations.subarray(layers.at(-1)?.firstNode))).toEqual(Array.from(run.session.predict(inputs)))
    expect(sections.get('contributions')).toEqual(run.session.contributions(inputs, 0))
    run.dispose()
  })

  it('shows a passenger of the sentences, and no heat map where there is no plane', () => {
    const run = makeRun(story)
    const { sections } = look(run, { passenger: 0, destination: 1, nodeMap: 8, surface: 8 })
    expect([...sections.keys()]).toEqual(['sums', 'activations', 'contributions'])
    expect([...look(run, { passenger: 99, destination: 1 }).sections.keys()]).toEqual([])
    expect([...look(run, { passenger: 0, destination: 99 }).sections.keys()]).toEqual(['sums', 'activations'])
    run.dispose()
  })

  it('brings each point of the curve and each edit once', async () => {
    const run = makeRun(circle)
    const watcher = createWatcher('c', bareLens)
    const train = async () => {
      const done = run.step('epoch', performance.now())
      while (run.playing) run.advance(5)
      await done
    }
    await train()
    const first = look(run, {}, watcher)
    expect(first.head).toMatchObject({ curveReset: true, epoch: 1, step: 10, status: 'paused' })
    expect(first.sections.get('curve')?.length).toBe(12)
    run.edit('training.optimizer.learningRate', 0.1, performance.now())
    await train()
    const second = look(run, {}, watcher)
    expect(second.head.curveReset).toBe(false)
    expect(second.sections.get('curve')?.[1]).toBe(20)
    expect(second.head.edits).toMatchObject([
      { id: 1, step: 10, path: 'training.optimizer.learningRate', from: 0.03, to: 0.1 },
    ])
    const third = look(run, {}, watcher)
    expect(third.head.edits).toEqual([])
    expect(third.sections.has('curve')).toBe(false)
    run.rewind(performance.now())
    expect(look(run, {}, watcher).head).toMatchObject({ curveReset: true, step: 0, status: 'ready' })
    run.dispose()
  })
})
