import { describe, expect, it } from 'vitest'
import { acceptRecipe, hyperparameters, recipeValue } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { datasetOf, Run } from '../../../src/main/training/run.ts'
import { type Post, Trainer } from '../../../src/main/training/trainer.ts'
import type { AppEvent } from '../../../src/shared/protocol.ts'
import { trainSteps } from '../../support/sessions.ts'
import { kernels } from '../support/kernels.ts'
import { circle, story } from '../support/recipes.ts'

/** Steps a second, so that a run is still at work when an edit comes. */
const speed = 2000
const stepsBefore = 20
const stepsAfter = 40

const withTraining = (change: object, base: typeof circle | typeof story = circle): unknown => ({
  ...base,
  training: { ...base.training, stop: { epochs: 100_000 }, ...change },
})
const withOptimizer = (name: string): unknown => withTraining({ optimizer: { name, learningRate: 0.03 } })
const withLayer = (layer: object): unknown => ({ ...circle, network: [circle.network[0], layer, circle.network[1]] })
const praised = withTraining({ teaching: { method: 'praise' } }, story)

const ofNumbers = {
  ...circle,
  data: { ...circle.data, shape: 'plane' },
  training: { ...circle.training, loss: 'huber' },
}

interface Case {
  readonly recipe: unknown
  /** Where it stands in that recipe, if not at the table's own path. */
  readonly path?: string
  readonly value: unknown
}

/** For each hyperparameter that may change while it trains: a recipe where it counts, and another value. */
const cases: Readonly<Record<string, Case>> = {
  'training.optimizer.learningRate': { recipe: circle, value: 0.1 },
  'training.optimizer.name': { recipe: circle, value: 'adam' },
  'training.optimizer.momentum': { recipe: withOptimizer('momentum'), value: 0.5 },
  'training.optimizer.alpha': { recipe: withOptimizer('rmsprop'), value: 0.5 },
  'training.optimizer.rho': { recipe: withOptimizer('adadelta'), value: 0.5 },
  'training.optimizer.beta1': { recipe: withOptimizer('adam'), value: 0.5 },
  'training.optimizer.beta2': { recipe: withOptimizer('adam'), value: 0.9 },
  'training.optimizer.epsilon': { recipe: withOptimizer('adam'), value: 0.1 },
  'training.optimizer.weightDecay': { recipe: withOptimizer('adamw'), value: 0.5 },
  'training.optimizer.momentumDecay': { recipe: withOptimizer('nadam'), value: 0.5 },
  'training.loss': { recipe: circle, value: 'mse' },
  'training.labelSmoothing': { recipe: circle, value: 0.3 },
  'training.huberDelta': { recipe: ofNumbers, value: 0.1 },
  'training.schedule.name': { recipe: circle, value: 'cosine' },
  'training.schedule.warmupSteps': { recipe: circle, value: 1_000_000 },
  'training.schedule.steps': { recipe: withTraining({ schedule: { name: 'cosine' } }), value: 1_000_000 },
  'training.schedule.every': { recipe: withTraining({ schedule: { name: 'step', every: 50 } }), value: 5 },
  'training.schedule.factor': { recipe: withTraining({ schedule: { name: 'step', every: 5 } }), value: 0.9 },
  'training.schedule.endShare': { recipe: withTraining({ schedule: { name: 'cosine', steps: 10 } }), value: 0.5 },
  'training.clip.norm': { recipe: circle, value: 0.001 },
  'training.clip.value': { recipe: circle, value: 0.0001 },
  'training.batchSize': { recipe: circle, value: 3 },
  'training.l1': { recipe: circle, value: 0.1 },
  'training.l2': { recipe: circle, value: 0.1 },
  'training.teaching.method': { recipe: withTraining({}, story), value: 'praise' },
  'training.teaching.temperature': { recipe: praised, value: 5 },
  'training.teaching.baselineRate': { recipe: praised, value: 0.9 },
  'network.*.activation': { recipe: circle, path: 'network.1.activation', value: 'relu' },
  'network.*.rate': { recipe: withLayer({ layer: 'dropout', rate: 0.1 }), path: 'network.1.rate', value: 0.7 },
  'network.*.epsilon': { recipe: withLayer({ layer: 'layer-norm' }), path: 'network.1.epsilon', value: 0.5 },
}
/** Rules that end training, each with a value that does so soon. */
const stops: Readonly<Record<string, { readonly value: unknown; readonly reason: string }>> = {
  'training.stop.epochs': { value: 4, reason: 'epochs' },
  'training.stop.seconds': { value: 0.001, reason: 'seconds' },
  'training.stop.loss': { value: 100, reason: 'loss' },
  'training.stop.patience': { value: 1, reason: 'patience' },
}
/** Of layers that the app does not draw. */
const elsewhere = ['network.*.causal', 'network.*.balance']

const newTrainer = (post: Post = () => {}): Trainer => new Trainer(kernels, post)
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}
/** A run at work that has done some steps. */
async function running(trainer: Trainer, recipe: unknown): Promise<Run> {
  const run = trainer.create(recipe)
  run.pace.setLimit(speed, performance.now())
  trainer.run(run.id).play(performance.now())
  await until(() => run.session.step > stepsBefore)
  return run
}
/** The bits after `before` steps, an edit (where there is one) and `after` more, all by themselves. */
function bitsOf(recipe: unknown, before: number, edit: readonly [string, unknown] | null, after: number): string {
  const accepted = acceptRecipe(recipe)
  const run = new Run('twin', Session.create(accepted, datasetOf(accepted), kernels))
  trainSteps(run.session, before)
  if (edit !== null) run.session.change(...edit)
  trainSteps(run.session, after)
  const hash = run.hash()
  run.dispose()
  return hash
}

describe('a hyperparameter that is live', () => {
  it('is each of those that the table calls so', () => {
    const live = hyperparameters.filter(({ effect }) => effect === 'live').map(({ path }) => path)
    expect([...Object.keys(cases), ...Object.keys(stops), ...elsewhere].sort()).toEqual([...live].sort())
  })

  it.each(Object.entries(cases))(
    '%s holds from the next step of a run at work, and rewinds nothing',
    async (of, one) => {
      const path = one.path ?? of
      const trainer = newTrainer()
      const run = await running(trainer, one.recipe)
      const before = run.session.step
      const info = await trainer.edit(run.id, path, one.value)
      expect(recipeValue(info.recipe, path)).toEqual(one.value)
      const edit = run.edits.edits.at(-1)
      expect(edit).toMatchObject({ run: run.id, path, to: one.value })
      const step = edit?.step ?? -1
      expect(step).toBeGreaterThanOrEqual(before)
      expect(run.playing).toBe(true)
      await until(() => run.session.step > step + stepsAfter)
      run.pause()
      const after = run.session.step - step
      expect(run.hash()).toBe(bitsOf(one.recipe, step, [path, one.value], after))
      expect(run.hash()).not.toBe(bitsOf(one.recipe, step, null, after))
      trainer.close(run.id)
    },
  )

  it.each(Object.entries(stops))('%s ends a run at work', async (path, { value, reason }) => {
    const told: AppEvent[] = []
    const trainer = newTrainer((message) => {
      if (message.kind === 'event' && message.event.kind === 'run-ended') told.push(message.event)
    })
    const run = await running(trainer, circle)
    await trainer.edit(run.id, path, value)
    await until(() => !run.playing && told.length > 0)
    expect(told).toEqual([{ kind: 'run-ended', run: run.id, status: 'finished' }])
    expect([run.status, run.session.stopping.reason]).toEqual(['finished', reason])
    trainer.close(run.id)
  })
})
