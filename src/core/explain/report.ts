/** How a network answers over all data: right and wrong class by class, residuals of numbers. Nothing is changed. */
import { numbersOfTable } from '../data/coding.ts'
import type { Rows } from '../data/dataset.ts'
import type { ClassFigures, ClassReport, NumberFigures, NumberReport, PartReport, Report } from '../spec/index.ts'
import type { Session } from '../train/session.ts'
import { binsOf } from './histogram.ts'

/** Outputs that one report computes at most; of larger data fewer rows are counted, evenly taken. */
const mostOutputs = 4_000_000
/** Classes up to which every pair is counted: 200 x 200 numbers still fit a message. */
const mostClasses = 200
/** Rows of the scatter, and bins of the residuals. */
const mostPairs = 300
const residualBins = 24

/** `top / bottom`, or null for 0 / 0. */
const share = (top: number, bottom: number): number | null => (bottom === 0 ? null : top / bottom)

/** Figures of every class from its counts [class, answered]. */
export function classFigures(counts: readonly number[], classes: number): readonly ClassFigures[] {
  return Array.from({ length: classes }, (_, n) => {
    let support = 0
    let answered = 0
    for (let other = 0; other < classes; other++) {
      support += counts[n * classes + other] ?? 0
      answered += counts[other * classes + n] ?? 0
    }
    const right = counts[n * classes + n] ?? 0
    // F1 = 2 P R / (P + R) = 2 right / (support + answered): 0 where nothing is right but something is there.
    return {
      precision: share(right, answered),
      recall: share(right, support),
      f1: share(2 * right, support + answered),
      support,
    }
  })
}

/** Classes that were right and that were answered, one pair after the other, as a report. */
export function classReport(pairs: readonly number[], classes: number, of: number): ClassReport {
  const counts = new Array<number>(classes * classes).fill(0)
  let right = 0
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [actual = 0, answered = 0] = [pairs[i], pairs[i + 1]]
    counts[actual * classes + answered] = (counts[actual * classes + answered] ?? 0) + 1
    if (actual === answered) right++
  }
  const figures = classFigures(counts, classes)
  const known = figures.flatMap(({ f1 }) => (f1 === null ? [] : [f1]))
  return {
    kind: 'classes',
    counted: pairs.length / 2,
    of,
    counts: classes > mostClasses ? [] : counts,
    classes: figures,
    accuracy: share(right, pairs.length / 2) ?? 0,
    macroF1: known.length === 0 ? null : known.reduce((sum, f1) => sum + f1, 0) / known.length,
  }
}

/** Figures of one output: `actual` and `answers` row by row. */
export function numberFigures(actual: readonly number[], answers: readonly number[]): NumberFigures {
  const count = actual.length
  const mean = actual.reduce((sum, value) => sum + value, 0) / Math.max(1, count)
  const residuals = actual.map((value, row) => (answers[row] ?? Number.NaN) - value)
  const squares = residuals.reduce((sum, value) => sum + value * value, 0)
  const total = actual.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const shown = Math.min(count, mostPairs)
  const pairs = Array.from({ length: shown }, (_, n) => Math.floor((n * count) / shown))
  return {
    r2: total === 0 ? null : 1 - squares / total,
    meanAbsolute: residuals.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, count),
    rootMeanSquare: Math.sqrt(squares / Math.max(1, count)),
    bias: residuals.reduce((sum, value) => sum + value, 0) / Math.max(1, count),
    pairs: pairs.flatMap((row) => [actual[row] ?? 0, answers[row] ?? 0]),
    residuals: binsOf(residuals, residualBins),
  }
}

/** Place of the greatest of `width` outputs, the first of equals, as the scores count it. */
function greatest(outputs: Float32Array, first: number, width: number): number {
  let best = 0
  for (let i = 1; i < width; i++) if ((outputs[first + i] ?? 0) > (outputs[first + best] ?? 0)) best = i
  return best
}

/** Rows evenly taken, so that their outputs fit. */
function chosenRows(rows: Rows, outputs: number): readonly number[] {
  const count = Math.min(rows.count, Math.max(1, Math.floor(mostOutputs / outputs)))
  return Array.from({ length: count }, (_, n) => Math.floor((n * rows.count) / count))
}

/** The answers of a network that stands as it is, to one part of the data. */
function partOf(session: Session, rows: Rows): PartReport {
  const { dataset } = session
  const { inputWidth, outputWidth, positions = 1 } = dataset
  const chosen = chosenRows(rows, outputWidth * positions)
  const inputs = new Float32Array(chosen.length * inputWidth)
  chosen.forEach((row, n) => {
    inputs.set(rows.inputs.subarray(row * inputWidth, (row + 1) * inputWidth), n * inputWidth)
  })
  const outputs = session.predict(inputs)
  if (dataset.task === 'number') return numbersOf(session, rows, chosen, outputs)
  const pairs: number[] = []
  chosen.forEach((row, n) => {
    for (let position = 0; position < positions; position++) {
      const at = 2 * (row * positions + position)
      const [actual = -1, reward = 1] = [rows.targets[at], rows.targets[at + 1]]
      // A scolded answer says what is wrong, not what is right; a padded position has no class.
      if (actual < 0 || actual >= outputWidth || reward < 0) continue
      pairs.push(actual, greatest(outputs, (n * positions + position) * outputWidth, outputWidth))
    }
  })
  return classReport(pairs, outputWidth, rows.count * positions)
}

function numbersOf({ dataset }: Session, rows: Rows, chosen: readonly number[], outputs: Float32Array): NumberReport {
  const { outputWidth, coding } = dataset
  const inUnits = (values: Float32Array, first: number): readonly number[] =>
    numbersOfTable(Array.from(values.subarray(first, first + outputWidth)), coding)
  const actual = chosen.map((row) => inUnits(rows.targets, row * outputWidth))
  const answers = chosen.map((_, n) => inUnits(outputs, n * outputWidth))
  const column = (values: readonly (readonly number[])[], output: number): number[] =>
    values.map((row) => row[output] ?? 0)
  return {
    kind: 'number',
    counted: chosen.length,
    of: rows.count,
    outputs: Array.from({ length: outputWidth }, (_, output) =>
      numberFigures(column(actual, output), column(answers, output)),
    ),
  }
}

/** The report of training and test data as the network is now. */
export function reportOf(session: Session): Report {
  const { train, test } = session.dataset
  return {
    step: session.step,
    epoch: session.epoch,
    train: partOf(session, train),
    test: test.count === 0 ? null : partOf(session, test),
  }
}
