/** The loss of one row of a batch and its slope at one output, as formulas with numbers. */
import { checkLoss } from '../nn/loss.ts'
import { smallestOtherShare } from '../ops/cross-entropy.ts'
import type { OperationLine, OperationRule } from '../spec/index.ts'
import { worthOf } from '../spec/index.ts'
import type { Session } from '../train/session.ts'
import type { StepApart } from './apart.ts'
import { lineOf, sumOf } from './line.ts'

/** What the formulas of a row's loss read. */
export interface Answer {
  readonly session: Session
  readonly apart: StepApart
  readonly row: number
}

const stretch = (values: ArrayLike<number>, first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => values[first + index] ?? Number.NaN)

/** Outputs of the row at one of its positions: [outputs]. */
function outputs({ session, apart, row }: Answer, position: number, kind: 'sums' | 'activations'): number[] {
  const { outputWidth, positions = 1 } = session.dataset
  return stretch(apart.layers.at(-1)?.[kind] ?? [], (row * positions + position) * outputWidth, outputWidth)
}

/** Class and reward that a row wants at a position; null where its class is none of the network's. */
function wantedOf(
  { session, apart, row }: Answer,
  position: number,
): { readonly right: number; readonly reward: number } | null {
  const { outputWidth, positions = 1 } = session.dataset
  const [right = -1, reward = 1] = stretch(apart.targets, 2 * (row * positions + position), 2)
  return right >= 0 && right < outputWidth ? { right, reward } : null
}

/** The values that a row wants: [outputs]. */
const valuesOf = ({ session: { dataset }, apart, row }: Answer): number[] =>
  stretch(apart.targets, row * dataset.outputWidth, dataset.outputWidth)

const chosenLoss = ({ recipe, dataset }: Session): ReturnType<typeof checkLoss> =>
  checkLoss(recipe, dataset.task, dataset.outputWidth)

/** For two classes: how far the sums lean to the second, where they should, and that as a share. */
function margin(answer: Answer): { readonly m: number; readonly s: number; readonly y: number } {
  const [first = 0, second = 0] = outputs(answer, 0, 'sums')
  const [right = 0, reward = 1] = stretch(answer.apart.targets, 2 * answer.row, 2)
  const s = (2 * right - 1) * reward
  return { m: second - first, s, y: (s + 1) / 2 }
}

const logs = (sums: readonly number[]): number[] => {
  const most = Math.max(...sums)
  const total = most + Math.log(sums.reduce((sum, z) => sum + Math.exp(z - most), 0))
  return sums.map((z) => z - total)
}

const otherShare = (shares: readonly number[], right: number): number =>
  Math.max(
    smallestOtherShare,
    shares.reduce((sum, p, index) => sum + (index === right ? 0 : p), 0),
  )

function entropyLine(answer: Answer, position: number): OperationLine | null {
  const wanted = wantedOf(answer, position)
  if (wanted === null) return null
  const { right, reward } = wanted
  const { labelSmoothing: smoothing } = answer.session.recipe.training
  if (reward < 0) {
    return made('scolded', { reward, others: otherShare(outputs(answer, position, 'activations'), right) })
  }
  const all = logs(outputs(answer, position, 'sums'))
  const own = -(all[right] ?? 0)
  if (reward === 1 && smoothing === 0)
    return lineOf('crossEntropy', own, { p: outputs(answer, position, 'activations')[right] ?? 0 })
  return made('smoothed', { reward, smoothing, own, mean: -all.reduce((sum, log) => sum + log, 0) / all.length })
}

const identity = (z: number): number => z

/** A formula whose result is what it makes of its numbers: the core has no number for a single row's loss. */
const made = (
  rule: OperationRule,
  numbers: Readonly<Record<string, number>>,
  sum: OperationLine['sum'] = null,
): OperationLine => lineOf(rule, worthOf({ rule, numbers, sum }, identity), numbers, sum)

/** The loss of one row at a position; null where the row is left out of the mean. */
function positionLine(answer: Answer, position: number): OperationLine | null {
  const { recipe, dataset } = answer.session
  const loss = chosenLoss(answer.session)
  if (loss === 'cross-entropy') return entropyLine(answer, position)
  const { m, s, y } = margin(answer)
  if (loss === 'binary-cross-entropy') return made('binary', { m, y })
  if (loss === 'hinge') return made('hinge', { m, s })
  if (dataset.task === 'classes') return made('squaredClasses', { m, s })
  const targets = valuesOf(answer)
  const delta = recipe.training.huberDelta
  const [rule, ofGap] = (
    {
      mse: ['squared', (gap: number) => gap * gap],
      mae: ['absolute', Math.abs],
      huber: ['huber', (gap: number) => (Math.abs(gap) <= delta ? gap ** 2 / 2 : delta * (Math.abs(gap) - delta / 2))],
    } as const
  )[loss]
  const terms = outputs(answer, 0, 'activations').map((a, from) => ({ a, b: targets[from] ?? 0, from }))
  const sum = sumOf(terms, ({ a, b }) => ofGap(a - b))
  return made(rule, { count: terms.length, ...(loss === 'huber' && { delta }) }, sum)
}

interface RowLoss {
  readonly lines: readonly OperationLine[]
  /** Sum over the row's predictions that count, and how many those are. */
  readonly total: number
  readonly count: number
}

/** The loss of one row of the batch: of a text that of all its positions. */
function lossOfRow(answer: Answer): RowLoss {
  const { positions = 1 } = answer.session.dataset
  const all = Array.from({ length: positions }, (_, position) => positionLine(answer, position))
  const lines = all.filter((line) => line !== null)
  const total = lines.reduce((sum, { result }) => sum + result, 0)
  if (positions === 1) return { lines, total, count: lines.length }
  const sum = sumOf(lines.map(({ result }, from) => ({ a: result, b: 1, from })))
  return {
    lines: lines.length === 0 ? [] : [made('mean', { count: lines.length, penalty: 0 }, sum)],
    total,
    count: lines.length,
  }
}

/** The loss of the row, and the mean of the batch with what layers add to it. */
export function lossLines(answer: Answer): readonly OperationLine[] {
  const { session, apart } = answer
  const rows = apart.samples.map((_, row) => lossOfRow({ session, apart, row }))
  const { loss } = apart.rehearsal
  const numbers = { count: rows.reduce((sum, { count }) => sum + count, 0), penalty: loss - apart.own }
  const terms = rows.map(({ total }, from) => ({ a: total, b: 1, from }))
  return [...(rows[answer.row]?.lines ?? []), lineOf('mean', loss, numbers, sumOf(terms))]
}

/** The slope of the batch's loss at the sum of one output. */
export function missLine(answer: Answer, stop: number, result: number): OperationLine {
  const { session, apart } = answer
  const { dataset, recipe } = session
  const loss = chosenLoss(session)
  const rows = apart.samples.length
  if (loss === 'cross-entropy') return entropyMiss(answer, stop, result)
  if (dataset.task === 'classes') {
    const { m, s, y } = margin(answer)
    const side = 2 * stop - 1
    if (loss === 'binary-cross-entropy') return lineOf('binaryMiss', result, { side, m, y, count: rows })
    return lineOf(loss === 'hinge' ? 'hingeMiss' : 'squaredClassesMiss', result, { side, m, s, count: rows })
  }
  const pair = { y: outputs(answer, 0, 'activations')[stop] ?? 0, t: valuesOf(answer)[stop] ?? 0 }
  const count = rows * dataset.outputWidth
  if (loss === 'huber') return lineOf('huberMiss', result, { ...pair, delta: recipe.training.huberDelta, count })
  return lineOf(loss === 'mae' ? 'absoluteMiss' : 'squaredMiss', result, { ...pair, count })
}

function entropyMiss(answer: Answer, stop: number, result: number): OperationLine {
  const { session, apart } = answer
  const wanted = wantedOf(answer, 0)
  const count = apart.samples.filter((_, row) => wantedOf({ session, apart, row }, 0) !== null).length
  if (wanted === null) return lineOf('given', result, { value: result })
  const { right, reward } = wanted
  const shares = outputs(answer, 0, 'activations')
  const p = shares[stop] ?? 0
  if (reward >= 0) {
    const { labelSmoothing: smoothing } = session.recipe.training
    const share = (stop === right ? 1 - smoothing : 0) + smoothing / shares.length
    return lineOf('miss', result, { p, wanted: share, reward, count })
  }
  const share = stop === right ? 1 : -(shares[right] ?? 0) / otherShare(shares, right)
  return lineOf('scoldedMiss', result, { reward: -reward, p, share, count })
}

/** What a row wants of the output's stops: the reward of its class there and 0 elsewhere, or the values. */
export function wantedRow(answer: Answer): Float32Array {
  const { dataset } = answer.session
  if (dataset.task !== 'classes') return Float32Array.from(valuesOf(answer))
  const { outputWidth, positions = 1 } = dataset
  const wanted = new Float32Array(positions * outputWidth)
  for (let position = 0; position < positions; position++) {
    const { right, reward } = wantedOf(answer, position) ?? { right: 0, reward: 0 }
    wanted[position * outputWidth + right] = reward
  }
  return wanted
}
