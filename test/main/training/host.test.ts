import { Worker, type WorkerOptions } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { TrainingHost } from '../../../src/main/training/host.ts'
import type { FromWorker, SavedRun } from '../../../src/main/training/messages.ts'
import type { RunState } from '../../../src/main/training/run.ts'
import type { Frame } from '../../../src/shared/frame.ts'
import { type HeldHost, holdHost } from '../support/host.ts'
import { bareLens, circle, story } from '../support/recipes.ts'

let host: TrainingHost | null = null
afterEach(async () => {
  await host?.dispose()
  host = null
})

/** A host that ends with the test. */
function start(...options: Parameters<typeof holdHost>): HeldHost {
  const held = holdHost(...options)
  host = held.host
  return held
}

const stepOf = (saved: SavedRun): number => (saved as RunState).session.step

describe('the training host', () => {
  it('praises, takes it back bit for bit, and tells both in frames', async () => {
    const { host, nextFrame } = start()
    const { run } = await host.call('run.create', { recipe: story })
    const hash = await host.call('run.hash', { run })
    const { answer } = await host.call('run.say', { run, context: '나는 너를', temperature: null })
    const taught = await host.call('run.reward', { run, context: '나는 너를', answer, reward: 1 })
    expect(taught.after[answer]).toBeGreaterThan(taught.before[answer] ?? 1)
    const praised = nextFrame()
    host.watch('c', run, bareLens)
    expect((await praised).head).toMatchObject({ taught, undoCount: 1, redoCount: 0, edits: [{ path: 'praise' }] })
    expect(await host.call('run.undo', { run })).toMatchObject({ run })
    expect(await host.call('run.hash', { run })).toBe(hash)
    const undone = nextFrame()
    host.watch('c', run, bareLens)
    expect((await undone).head).toMatchObject({ taught: null, undoCount: 0, redoCount: 1, step: 0 })
    expect(await host.call('run.undo', { run })).toBeNull()
  })

  it('trains the story until its answer is likely, and shows it frame by frame', async () => {
    const { host, nextFrame } = start()
    const info = await host.call('run.create', { recipe: story })
    await host.call('run.play', { run: info.run })
    const lens = { ...bareLens, parameters: true, passenger: 0, destination: 0 }
    let frame: Frame
    do {
      const next = nextFrame()
      host.watch('c', info.run, lens)
      frame = await next
    } while (frame.head.status === 'running')
    expect(frame.head).toMatchObject({ status: 'finished', epoch: 200 })
    expect(frame.sections.get('parameters')).toHaveLength(info.parameterCount)
    expect(Math.max(...(frame.sections.get('activations') ?? []).slice(-4))).toBeGreaterThan(0.9)
  })

  it('sends no frame without a credit, and none twice', async () => {
    const { host, nextFrame } = start()
    const { run } = await host.call('run.create', { recipe: circle })
    const first = nextFrame()
    host.watch('c', run, bareLens)
    await first
    let sent = false
    const second = nextFrame().then((frame) => {
      sent = true
      return frame
    })
    host.watch('c', run, bareLens)
    await host.call('run.hash', { run })
    await host.call('run.info', { run })
    expect(sent).toBe(false)
    await host.call('run.step', { run, unit: 'batch' })
    expect((await second).head.step).toBe(1)
  })

  it('confirms an edit in the next frame; edits at once collapse to the last', async () => {
    const { host, nextFrame } = start()
    const { run } = await host.call('run.create', { recipe: circle })
    const path = 'training.optimizer.learningRate'
    const first = await host.call('run.edit', { run, path, value: 0.04 })
    expect(first.recipe.training.optimizer.learningRate).toBe(0.04)
    const infos = await Promise.all([0.05, 0.06, 0.07].map((value) => host.call('run.edit', { run, path, value })))
    expect(infos.map(({ recipe }) => recipe.training.optimizer.learningRate)).toEqual([0.07, 0.07, 0.07])
    const frame = nextFrame()
    host.watch('c', run, bareLens)
    expect((await frame).head.edits.map(({ from, to }) => [from, to])).toEqual([
      [0.03, 0.04],
      [0.04, 0.07],
    ])
    await expect(host.call('run.edit', { run, path, value: -1 })).rejects.toMatchObject({ code: 'RECIPE-006' })
  })

  it('pauses a run that rests, and shows all of it anew', async () => {
    const { host, nextFrame } = start()
    const { run } = await host.call('run.create', { recipe: circle })
    const path = 'training.optimizer.learningRate'
    for (const value of [0.04, 0.05]) await host.call('run.edit', { run, path, value })
    await host.call('run.step', { run, unit: 'epoch' })
    await host.call('run.undo', { run })
    const first = nextFrame()
    host.watch('c', run, bareLens)
    const { head, sections } = await first
    expect([head.redoCount, head.curveReset]).toEqual([1, true])
    await host.call('run.play', { run })
    await host.call('run.rest', { run, settled: true })
    const again = nextFrame()
    host.watch('c', run, bareLens)
    const shown = await again
    expect(shown.head).toMatchObject({ status: 'paused', redoCount: 0, curveReset: true })
    expect(shown.head.edits.slice(0, head.edits.length)).toEqual(head.edits)
    expect(shown.sections.get('curve')?.slice(0, 6)).toEqual(sections.get('curve')?.slice(0, 6))
  })

  it('writes a model that opens as a new run with the same bits', async () => {
    const { host } = start()
    const { run } = await host.call('run.create', { recipe: circle })
    await host.call('run.step', { run, unit: 'epoch' })
    const bytes = await host.call('model.write', { run })
    const opened = await host.call('model.read', { bytes, file: 'id' })
    expect(opened).toMatchObject({ file: 'id' })
    expect(await host.call('model.count', { bytes })).toBe(opened.parameterCount)
    for (const id of [run, opened.run]) await host.call('run.step', { run: id, unit: 'epoch' })
    expect(await host.call('run.hash', { run: opened.run })).toBe(await host.call('run.hash', { run }))
    await expect(host.call('model.read', { bytes: bytes.slice(0, 100), file: null })).rejects.toHaveProperty('code')
  })

  it('rejects what waits when the worker dies, and goes on from the last snapshot', async () => {
    const { host, workers, eventOf, nextFrame } = start()
    const { run } = await host.call('run.create', { recipe: circle })
    const snapshot = new Promise<void>((resolve) => {
      workers[0]?.on('message', (message: FromWorker) => {
        if (message.kind === 'snapshot' && stepOf(message.saved) === 10) resolve()
      })
    })
    await host.call('run.step', { run, unit: 'epoch' })
    await host.call('run.speed', { run, stepsPerSecond: 5 })
    await snapshot
    const hash = await host.call('run.hash', { run })
    const waiting = host.call('run.step', { run, unit: 'epoch' })
    const restarted = eventOf('worker-restarted')
    await workers[0]?.terminate()
    await expect(waiting).rejects.toMatchObject({ code: 'WORKER-001' })
    expect(await restarted).toMatchObject({ fault: { code: 'WORKER-001' }, runs: [{ run }] })
    expect(await host.call('run.hash', { run })).toBe(hash)
    const frame = nextFrame()
    host.watch('c', run, bareLens)
    expect((await frame).head).toMatchObject({ step: 10, curveReset: true })
  })

  it('ends a worker that hangs', async () => {
    const hanging = (options: WorkerOptions) => new Worker('for (;;);', { ...options, eval: true })
    const { host, eventOf } = start(hanging, 500)
    const call = host.call('run.create', { recipe: circle })
    await expect(call).rejects.toMatchObject({ code: 'WORKER-002' })
    expect(await eventOf('worker-restarted')).toMatchObject({ fault: { code: 'WORKER-003' }, runs: [] })
    await expect(host.call('run.create', { recipe: circle })).rejects.toMatchObject({ code: 'WORKER-003' })
  })

  it('answers a call with all edits made before it', async () => {
    const { host } = start()
    const { run } = await host.call('run.create', { recipe: circle })
    const path = 'training.batchSize'
    void host.call('run.edit', { run, path, value: 5 })
    void host.call('run.edit', { run, path, value: 20 })
    expect((await host.call('run.info', { run })).stepsPerEpoch).toBe(5)
    expect((await host.call('run.undo', { run }))?.stepsPerEpoch).toBe(10)
  })

  it('knows no run that was closed', async () => {
    const { host } = start()
    const { run } = await host.call('run.create', { recipe: story })
    await host.call('run.close', { run })
    await expect(host.call('run.play', { run })).rejects.toMatchObject({ code: 'RUN-001' })
  })
})
