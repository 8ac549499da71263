/** `paramap train`: trains a recipe, tells each epoch, saves the model. */
import { constants } from 'node:os'
import type { Dataset } from '../core/data/dataset.ts'
import { weightsHash } from '../core/io/hash.ts'
import { type ModelFile, writeModel } from '../core/io/model.ts'
import { Fault, type Metrics, type Recipe, type StopReason } from '../core/spec/index.ts'
import { Session } from '../core/train/session.ts'
import { createCrew } from '../main/training/crew.ts'
import { exclude, type Given, type Option } from './arguments.ts'
import { checkTarget, readDataset, readKernels, readModelFile, readRecipe, save, warnOfRounding } from './files.ts'
import { exitCodes, type Output, within } from './output.ts'
import { createBar, type ProgressBar } from './progress.ts'

const largestSeed = 2 ** 32 - 1
const mostEpochs = 1e9
const mostSteps = 1e12
const mostThreads = 1024

/** Options of `train`. */
export const trainOptions: readonly Option[] = [
  { kind: 'text', name: '--output', short: '-o' },
  { kind: 'whole', name: '--epochs', min: 1, max: mostEpochs },
  { kind: 'whole', name: '--steps', min: 1, max: mostSteps },
  { kind: 'text', name: '--resume' },
  { kind: 'whole', name: '--threads', min: 1, max: mostThreads },
  { kind: 'whole', name: '--seed', min: 0, max: largestSeed },
]

/** Where to stop, counted from step 0 of the whole training. */
interface Goal {
  readonly epochs: number
  readonly steps: number
}

/** Trains; ends with 128 + the signal's number when interrupted, after saving what is trained so far. */
export async function train(given: Given, out: Output): Promise<number> {
  exclude(given, '--epochs', '--steps')
  exclude(given, '--seed', '--resume')
  const [recipePath = ''] = given.positionals
  const target = given.text('--output')
  if (target !== undefined) await checkTarget(target)
  const written = await readRecipe(recipePath)
  const resumed = given.text('--resume')
  const start = resumed === undefined ? null : await readModelFile(resumed)
  // A resumed run goes on with the random numbers that it began with.
  const recipe = { ...written, seed: start?.recipe.seed ?? given.number('--seed') ?? written.seed }
  const dataset = await readDataset(recipe, recipePath, out)
  await within(recipePath, () => {
    if (dataset.unfinished !== undefined) throw dataset.unfinished
    if (start !== null) checkSame(recipe, dataset, start)
  })
  const goal = goalOf(given, recipe, start)
  const driven = withEpochs(recipe, goal.epochs)
  const crew = createCrew(given.number('--threads') ?? 1)
  const kernels = { ...readKernels('fastest'), crew }
  warnOfRounding(kernels, out)
  const session = await within(start === null ? recipePath : (resumed ?? ''), () =>
    start === null
      ? Session.create(driven, dataset, kernels)
      : Session.restore({ ...start, recipe: driven }, dataset, kernels),
  )
  try {
    return await runSession(session, recipe, goal, target, out)
  } finally {
    session.dispose()
    crew.dispose()
  }
}

/** The stop rule belongs to this command, not to the model: a later one may go on. */
function withEpochs(recipe: Recipe, epochs: number): Recipe {
  return { ...recipe, training: { ...recipe.training, stop: { ...recipe.training.stop, epochs } } }
}

function goalOf(given: Given, recipe: Recipe, start: ModelFile | null): Goal {
  const begunEpochs = start?.counters.epoch ?? 0
  const steps = given.number('--steps')
  if (steps !== undefined) return { epochs: Number.MAX_SAFE_INTEGER, steps: (start?.step ?? 0) + steps }
  const more = given.number('--epochs')
  if (more !== undefined) return { epochs: begunEpochs + more, steps: Number.POSITIVE_INFINITY }
  const planned = recipe.training.stop.epochs
  // Who resumes a run that is through wants more of it: as many epochs again.
  return { epochs: begunEpochs < planned ? planned : begunEpochs + planned, steps: Number.POSITIVE_INFINITY }
}

/** Another network, optimizer or other data would give other numbers a meaning that they do not have. */
function checkSame(recipe: Recipe, dataset: Dataset, start: ModelFile): void {
  const dataOf = ({ data }: Recipe): unknown => ('path' in data ? { ...data, path: '' } : data)
  const parts: readonly (readonly [path: string, mine: unknown, theirs: unknown])[] = [
    ['data', dataOf(recipe), dataOf(start.recipe)],
    ['data.path', dataset.coding, start.coding],
    // Files from before the vocabulary was kept say nothing about it.
    ['data.path', start.textCoding && dataset.textCoding, start.textCoding],
    ['network', recipe.network, start.recipe.network],
    ['training.optimizer.name', recipe.training.optimizer.name, start.recipe.training.optimizer.name],
  ]
  for (const [path, mine, theirs] of parts) {
    if (JSON.stringify(mine) !== JSON.stringify(theirs)) throw new Fault('MODEL-012', {}, path)
  }
}

/** Why training ended and the code that the process ends with. */
interface Ending {
  readonly reason: StopReason | 'steps' | 'diverged' | 'interrupted'
  readonly exitCode: number
}

/** What shells add to the number of the signal that ended a program. */
const signalBase = 128

async function runSession(
  session: Session,
  recipe: Recipe,
  goal: Goal,
  target: string | undefined,
  out: Output,
): Promise<number> {
  const bar = createBar(out.json, out.language)
  const begin = performance.now()
  const { reason, exitCode } = await drive(session, goal, bar, out)
  const { best } = session.stopping
  const seconds = (performance.now() - begin) / 1000
  bar.clear()
  const state = { ...session.snapshot(), recipe }
  if (target !== undefined) await save(target, writeModel(state))
  if (reason === 'diverged' && session.fault !== null) {
    if (target !== undefined) out.note('CLI-saved', { file: target })
    throw session.fault
  }
  const metrics = session.evaluate()
  const trigramLoss = session.dataset.trigramLoss?.()
  const tensors = [...state.tensors].filter(([name]) => !name.startsWith('state.'))
  const hash = weightsHash(tensors.map(([name, tensor]) => ({ name, ...tensor })))
  out.event({
    event: 'done',
    reason,
    epoch: session.epoch,
    step: session.step,
    parameters: session.parameterCount,
    trainLoss: metrics.trainLoss,
    testLoss: metrics.testLoss,
    testAccuracy: metrics.testAccuracy,
    ...(trigramLoss !== undefined && { trigramLoss }),
    seconds,
    weightsHash: hash,
    model: target ?? null,
  })
  summarize(session, metrics, seconds, hash, out)
  if (reason === 'seconds' || reason === 'loss') out.print(out.say(`CLI-by-${reason}`))
  if (reason === 'patience') out.print(out.say('CLI-by-patience', { epoch: best?.epoch ?? session.epoch }))
  if (trigramLoss !== undefined) out.print(out.say('CLI-trigram', { loss: Number(trigramLoss.toPrecision(4)) }))
  if (reason === 'interrupted')
    out.note(target === undefined ? 'CLI-stopped' : 'CLI-stopped-saved', { file: target ?? '' })
  else if (target !== undefined) out.print(out.say('CLI-saved', { file: target }))
  return exitCode
}

function summarize(session: Session, metrics: Metrics, seconds: number, hash: string, out: Output): void {
  const { epoch, step, parameterCount } = session
  out.print(out.say('CLI-trained', { epoch, step, seconds: Number(seconds.toPrecision(3)) }))
  const figures = (code: string, loss: number | null, accuracy: number | null): void => {
    if (loss === null) return
    const rounded = Number(loss.toPrecision(4))
    if (accuracy === null) out.print(out.say(`${code}-loss`, { loss: rounded }))
    else out.print(out.say(`${code}-accuracy`, { loss: rounded, percent: Math.round(accuracy * 1000) / 10 }))
  }
  figures('CLI-train', metrics.trainLoss, metrics.trainAccuracy)
  figures('CLI-test', metrics.testLoss, metrics.testAccuracy)
  out.print(out.say('CLI-parameters', { count: parameterCount, hash }))
}

/** How long training goes on before signals are let in, and between two evaluations for the bar alone. */
const sliceMs = 20
const evaluateMs = 500

/** Trains to the goal, in slices between which signals arrive. */
async function drive(session: Session, goal: Goal, bar: ProgressBar, out: Output): Promise<Ending> {
  const stop: { signal: NodeJS.Signals | null } = { signal: null }
  // A terminal may send a signal that the launcher passes on as well, so it stays caught until the model is saved.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => (stop.signal ??= name))
  const begin = performance.now()
  const startStep = session.step
  const epochSteps = (goal.epochs - session.epoch) * session.stepsPerEpoch
  const totalSteps = Math.min(goal.steps - startStep, epochSteps)
  let loss: number | null = null
  let evaluatedAt = begin
  let slice = 1
  while (session.status === 'ready' && session.step < goal.steps) {
    const sliceBegin = performance.now()
    let trained = 0
    while (session.status === 'ready' && session.step < goal.steps && performance.now() - sliceBegin < sliceMs) {
      trained += session.train(Math.min(slice, goal.steps - session.step))
      const { seconds } = session.recipe.training.stop
      if (seconds > 0 && performance.now() - begin >= seconds * 1000) session.finish('seconds')
      const stepsPerSecond = ((session.step - startStep) * 1000) / (performance.now() - begin)
      if (!session.atEpochEnd) continue
      if (out.json) {
        const metrics = session.evaluate()
        loss = metrics.trainLoss
        out.event({ event: 'epoch', epoch: session.epoch, step: session.step, ...metrics, stepsPerSecond })
      } else if (bar.isDue() && (loss === null || performance.now() - evaluatedAt > evaluateMs)) {
        loss = session.evaluate().trainLoss
        evaluatedAt = performance.now()
      }
    }
    slice = Math.max(1, Math.ceil((trained * sliceMs) / (2 * (performance.now() - sliceBegin))))
    const doneSteps = session.step - startStep
    const stepsPerSecond = (doneSteps * 1000) / (performance.now() - begin)
    if (bar.isDue()) bar.draw({ doneSteps, totalSteps, epoch: session.epoch, loss, stepsPerSecond })
    await new Promise((resolve) => setImmediate(resolve))
    if (stop.signal !== null) return { reason: 'interrupted', exitCode: signalBase + constants.signals[stop.signal] }
  }
  if (session.status === 'diverged') return { reason: 'diverged', exitCode: exitCodes.failed }
  const { reason, best } = session.stopping
  if (reason === 'patience' && best !== null) session.takeBest()
  return { reason: session.step >= goal.steps ? 'steps' : (reason ?? 'epochs'), exitCode: exitCodes.done }
}
