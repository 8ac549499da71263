import { describe, expect, it } from 'vitest'
import type { FromWorker } from '../../../src/main/training/messages.ts'
import type { Run } from '../../../src/main/training/run.ts'
import { Trainer } from '../../../src/main/training/trainer.ts'
import { kernels } from '../support/kernels.ts'
import { circle } from '../support/recipes.ts'

const rate = 'training.optimizer.learningRate'
const long = { ...circle, training: { ...circle.training, stop: { epochs: 100_000 } } }

function trainerWithRun(): { trainer: Trainer; run: Run; messages: FromWorker[] } {
  const messages: FromWorker[] = []
  const trainer = new Trainer(kernels, (message) => messages.push(message))
  return { trainer, run: trainer.create(long), messages }
}

function epochs(run: Run, count: number): void {
  for (let n = 0; n < count; n++) {
    void run.step('epoch', performance.now())
    while (run.playing) run.advance(5)
  }
}

/** Waits until the loop of a trainer has brought about what is looked for. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('a fork', () => {
  it('of nothing changed trains to the same bits, and leaves the run as it was', () => {
    const { trainer, run } = trainerWithRun()
    epochs(run, 3)
    const before = run.hash()
    const fork = trainer.fork(run.id, null, null, null)
    expect([fork.hash(), fork.session.step, run.hash()]).toEqual([before, run.session.step, before])
    expect(fork.id).not.toBe(run.id)
    epochs(run, 4)
    epochs(fork, 4)
    expect(fork.hash()).toBe(run.hash())
    expect(fork.course.curve.since(-1)).toEqual(run.course.curve.since(-1))
    trainer.close(run.id)
    epochs(fork, 1)
    expect(fork.session.epoch).toBe(8)
    trainer.close(fork.id)
  })

  it('begins at the moment that is shown or named, with its change, and the run shows its present again', () => {
    const { trainer, run } = trainerWithRun()
    const start = run.hash()
    epochs(run, 5)
    const now = { hash: run.hash(), step: run.session.step }
    run.lookAt(0)
    const shown = trainer.fork(run.id, null, rate, 0.1)
    expect([shown.hash(), shown.session.step, shown.course.curve.lastStep]).toEqual([start, 0, 0])
    expect(shown.session.recipe.training.optimizer.learningRate).toBe(0.1)
    expect([run.hash(), run.session.step, run.presentStep]).toEqual([now.hash, now.step, null])
    expect(run.session.recipe.training.optimizer.learningRate).toBe(circle.training.optimizer.learningRate)
    const named = trainer.fork(run.id, 0, rate, 0.2)
    expect([named.hash(), named.session.step]).toEqual([start, 0])
    expect(shown.edits.edits.map(({ path, to }) => ({ path, to }))).toEqual([{ path: rate, to: 0.1 }])
    expect(run.edits.edits).toEqual([])
    for (const { id } of [run, shown, named]) trainer.close(id)
  })

  it('refuses what an edit refuses and makes no run', () => {
    const { trainer, run, messages } = trainerWithRun()
    const refused = expect.objectContaining({ at: rate })
    expect(() => trainer.fork(run.id, null, rate, -1)).toThrow(refused)
    expect(messages.filter(({ kind }) => kind === 'closed')).toEqual([])
    trainer.close(run.id)
  })

  it('catches up with its run and then neither leaves the other behind', async () => {
    const { trainer, run } = trainerWithRun()
    epochs(run, 20)
    const fork = trainer.fork(run.id, 0, rate, 0.1)
    run.play(performance.now())
    fork.play(performance.now())
    trainer.wake()
    const ahead = run.session.step
    await until(() => fork.session.step > ahead + 500)
    const lead = Math.min(100, run.session.stepsPerEpoch)
    expect(Math.abs(run.session.step - fork.session.step)).toBeLessThanOrEqual(lead)
    trainer.pause(fork.id)
    expect([run.playing, fork.playing]).toEqual([false, false])
    fork.play(performance.now())
    trainer.wake()
    const there = fork.session.step
    await until(() => fork.session.step > there + 3 * lead)
    trainer.close(run.id)
    trainer.close(fork.id)
  })
})
