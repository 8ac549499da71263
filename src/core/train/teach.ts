/** Praise and scolding: an answer is drawn, rewarded, and one policy-gradient step follows. */
import type { Dataset } from '../data/dataset.ts'
import { rateAt } from '../optim/schedules/index.ts'
import { Fault, type MovedParameter, plainText, type Recipe, type Said, type TaughtStep } from '../spec/index.ts'
import type { Hand } from './hand.ts'
import { placesOf } from './places.ts'
import { teachProgram } from './teach-program.ts'
import { perWorkshop, type Workshop } from './workshop.ts'

/** Parameters that a step lists. */
const mostMoved = 10

/** What teaching needs of a session. */
export interface Pupil {
  readonly workshop: Workshop
  readonly hand: Hand
  /** The recipe as it is now. */
  readonly recipe: Recipe
  /** Rows of inputs to rows of probabilities. */
  predict(inputs: Float32Array): Float32Array
}

/** One thing said and what it was worth. */
interface Rewarded {
  readonly context: string
  readonly inputs: Float32Array
  readonly answer: number
  readonly reward: number
  /** Number of the step. */
  readonly step: number
  /** Whether to say what moved and how probabilities changed. */
  readonly isDetailed: boolean
  readonly automatic: boolean
}

const loaded = perWorkshop((workshop) => {
  const parts = teachProgram(workshop)
  return { ...parts, runnable: workshop.backend.load(parts.program) }
})

/** A context as inputs. Throws `TEACH-001` where the data is no sentences, `RECIPE-016` and `DATA-005` for the text. */
export function contextInputs(
  dataset: Dataset,
  recipe: Recipe,
  text: string,
): { context: string; inputs: Float32Array } {
  if (recipe.data.source !== 'sentences') throw new Fault('TEACH-001', { source: recipe.data.source })
  const context = plainText(text)
  if (context === '') throw new Fault('RECIPE-016', {}, 'context')
  return { context, inputs: dataset.inputsOf?.(context) ?? new Float32Array(dataset.inputWidth) }
}

/** Draws an answer to a context. Changes nothing but the count of draws. */
export function say(pupil: Pupil, text: string, temperature: number): Said {
  const { dataset } = pupil.workshop
  const { context, inputs } = contextInputs(dataset, pupil.recipe, text)
  const probabilities = Array.from(pupil.predict(inputs))
  const drawn = pupil.hand.lesson.draw(probabilities, temperature, pupil.recipe.seed)
  const words = dataset.outputNames[drawn.answer] ?? ''
  return { context, text: words, probabilities, temperature, ...drawn, draws: pupil.hand.lesson.draws }
}

/**
 * Rewards an answer by hand. Throws `TEACH-002` for an unknown answer, `TEACH-003` for a reward that is no number, and
 * `TEACH-004` where the step would have left numbers that are not finite; then nothing has changed.
 */
export function rewardAnswer(pupil: Pupil, text: string, answer: number, reward: number, step: number): TaughtStep {
  const { workshop, hand, recipe } = pupil
  const { context, inputs } = contextInputs(workshop.dataset, recipe, text)
  if (!Number.isInteger(answer) || answer < 0 || answer >= workshop.dataset.outputWidth) {
    throw new Fault('TEACH-002', { given: answer, count: workshop.dataset.outputWidth }, 'answer')
  }
  if (!Number.isFinite(Math.fround(reward))) throw new Fault('TEACH-003', { given: String(reward) }, 'reward')
  const { backend, at } = workshop
  const flats = [at.parameters, ...at.slots, at.updates]
  const kept = flats.map((storage) => backend.read(storage).slice())
  const baseline = hand.lesson.baseline(context)
  const made = { context, inputs, answer, reward, step, isDetailed: true, automatic: false }
  const taught = rewarded(pupil, made)
  const allFinite = flats.every((storage) => backend.read(storage).every((value) => Number.isFinite(value)))
  if (allFinite && taught.after.every((p) => Number.isFinite(p))) return taught
  flats.forEach((storage, index) => {
    backend.write(storage, kept[index] ?? [])
  })
  hand.lesson.expect(context, baseline, 1)
  throw new Fault('TEACH-004', { reward }, 'reward')
}

/** The step itself. */
function rewarded(pupil: Pupil, made: Rewarded): TaughtStep {
  const { workshop, hand, recipe } = pupil
  const { backend, at, dataset } = workshop
  const { context, inputs, answer, reward, step, isDetailed, automatic } = made
  const baseline = hand.lesson.baseline(context)
  const advantage = reward - baseline
  const learningRate = rateAt(recipe.training, step)
  const before = isDetailed ? Array.from(pupil.predict(inputs)) : []
  const values = isDetailed ? Float32Array.from(backend.read(at.parameters)) : new Float32Array(0)
  const { runnable, inputs: row, target, advantage: factor } = loaded(workshop)
  backend.write(row, inputs)
  backend.write(target, [answer, 1])
  backend.write(factor, [advantage])
  workshop.useRate(learningRate)
  hand.around(workshop, 1, step, () => runnable.run(1))
  const logProbability = -(backend.read(at.loss)[0] ?? Number.NaN)
  const nextBaseline = hand.lesson.expect(context, reward, recipe.training.teaching.baselineRate)
  const moved = isDetailed ? movedParameters(workshop, values) : []
  return {
    context,
    answer,
    text: dataset.outputNames[answer] ?? '',
    reward,
    baseline,
    advantage,
    logProbability,
    loss: -advantage * logProbability,
    nextBaseline,
    learningRate,
    before,
    after: isDetailed ? Array.from(pupil.predict(inputs)) : [],
    moved: moved.slice(0, mostMoved),
    movedCount: moved.length,
    step,
    automatic,
  }
}

/** All that moved, the largest change first; equal changes in the order of the parameters. */
function movedParameters({ backend, at, network }: Workshop, before: Float32Array): MovedParameter[] {
  const now = Float32Array.from(backend.read(at.parameters))
  const size = (place: number): number => Math.abs((now[place] ?? 0) - (before[place] ?? 0))
  const places = Array.from(now.keys()).filter((place) => now[place] !== before[place])
  places.sort((a, b) => size(b) - size(a) || a - b)
  return placesOf(network.parameters, places).map(({ place, name, index }) => ({
    name,
    index,
    from: before[place] ?? 0,
    to: now[place] ?? 0,
  }))
}

/** What the examples of a recipe say of an answer to the context of a row. */
interface Judge {
  /** By row: its context, and the mean reward by answer. */
  readonly rows: readonly { readonly context: string; readonly rewards: ReadonlyMap<number, number> }[]
}

const judges = perWorkshop(({ recipe, dataset }): Judge => {
  const examples = recipe.data.source === 'sentences' ? recipe.data.examples : []
  const sums = new Map<string, Map<number, { sum: number; count: number }>>()
  for (const { context, answer, reward } of examples) {
    const key = plainText(context)
    const answers = sums.get(key) ?? new Map<number, { sum: number; count: number }>()
    sums.set(key, answers)
    const place = dataset.outputNames.indexOf(plainText(answer))
    const { sum, count } = answers.get(place) ?? { sum: 0, count: 0 }
    answers.set(place, { sum: sum + reward, count: count + 1 })
  }
  const rewards = new Map(
    [...sums].map(([context, answers]) => [
      context,
      new Map([...answers].map(([answer, { sum, count }]) => [answer, sum / count])),
    ]),
  )
  return {
    rows: examples.map(({ context }) => ({
      context: plainText(context),
      rewards: rewards.get(plainText(context)) ?? new Map(),
    })),
  }
})

/** An answer that no example names is scolded. */
const unnamedReward = -1
/** How much less (or more) an answer is praised that is said more (or less) often than its share. */
const fairness = 2

/**
 * What an answer of probability p is worth: the examples' reward r. Where k answers are right, `r (1 - 2 (p - 1 / k))`: who
 * is heard too often is praised less, so that each ends near its share. With r alone any mixture of them would be as good
 * as another, and chance would let one win.
 */
function judged(rewards: ReadonlyMap<number, number>, answer: number, p: number): number {
  const reward = rewards.get(answer) ?? unnamedReward
  const right = [...rewards.values()].filter((each) => each > 0).length
  return reward > 0 && right > 1 ? reward * (1 - fairness * (p - 1 / right)) : reward
}

/**
 * Praises and scolds by the examples: one answer for each row of the epoch's order from the row `cursor` on.
 * Returns the steps done and the last of them; `first` is the number of the first.
 */
export function praiseRows(
  pupil: Pupil,
  place: { readonly steps: number; readonly cursor: number; readonly first: number; readonly isDetailed: boolean },
): { readonly ran: number; readonly taught: TaughtStep | null } {
  const { workshop, hand, recipe } = pupil
  const { backend, at, dataset } = workshop
  const { rows } = judges(workshop)
  const width = dataset.inputWidth
  let taught: TaughtStep | null = null
  let ran = 0
  while (ran < place.steps) {
    const row = backend.read(at.order)[place.cursor + ran] ?? 0
    const judge = rows[row]
    if (judge === undefined) throw new Error(`internal: no example ${row}`)
    const inputs = dataset.train.inputs.subarray(row * width, (row + 1) * width)
    const probabilities = Array.from(pupil.predict(inputs))
    const { answer } = hand.lesson.draw(probabilities, recipe.training.teaching.temperature, recipe.seed)
    const reward = judged(judge.rewards, answer, probabilities[answer] ?? 0)
    const { isDetailed } = place
    const step = place.first + ran
    taught = rewarded(pupil, { context: judge.context, inputs, answer, reward, step, isDetailed, automatic: true })
    ran++
    if (!Number.isFinite(taught.logProbability)) break
  }
  return { ran, taught }
}
