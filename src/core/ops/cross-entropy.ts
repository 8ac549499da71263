import { type Attributes, inputsOf, type Node, type Shape } from '../graph/node.ts'
import { floatWord, type Op, type Tensor } from './op.ts'
import { softmaxRow } from './softmax.ts'

/** Smallest p(other answers) that scolding divides by: keeps its gradient finite when only one answer is left. */
export const smallestOtherShare = 1e-12

/** Share of a praised row that is spread over all classes, from 0 (none) up to, not with, 1. */
const smoothingOf = (attributes: Attributes): number => Number(attributes.smoothing ?? 0)
/** The class whose rows are left out; without one -1, which no class is. */
const ignoredOf = (attributes: Attributes): number => Number(attributes.ignored ?? -1)

function sides(logits: Shape, targets: Shape): readonly [number, number] {
  const [rows = 0, width = 0] = logits
  if (logits.length !== 2 || targets.length !== 2 || targets[0] !== rows || targets[1] !== 2) {
    throw new RangeError(
      `cross_entropy: logits [rows, classes] and targets [rows, 2], got [${logits}] and [${targets}]`,
    )
  }
  return [rows, width]
}

/** Rows, classes, smoothing and ignored class as a kernel's words. */
export function crossEntropyWords(node: Node): readonly number[] {
  const [logits, targets] = node.inputs
  const { attributes } = node
  return [
    ...sides(logits?.shape ?? [], targets?.shape ?? []),
    floatWord(smoothingOf(attributes)),
    floatWord(ignoredOf(attributes)),
  ]
}

/** One row of targets that counts: its class, its reward. */
interface Wanted {
  readonly row: number
  readonly right: number
  readonly reward: number
}

function wantedRows(targets: Tensor, width: number, attributes: Attributes): readonly Wanted[] {
  return Array.from({ length: targets.data.length / 2 }, (_, row) => ({
    row,
    right: targets.data[row * 2] ?? 0,
    reward: targets.data[row * 2 + 1] ?? 0,
  })).filter(({ right }) => right >= 0 && right < width && right !== ignoredOf(attributes))
}

function otherShare(p: Float64Array, row: number, width: number, right: number): number {
  let total = 0
  for (let i = 0; i < width; i++) if (i !== right) total += p[row * width + i] ?? Number.NaN
  return Math.max(total, smallestOtherShare)
}

/**
 * Mean over the rows of the praise or scold loss of a softmax.
 *
 * A row of `targets` is the class c and the reward r in [-1, 1]; with p = softmax(logits):
 * praise (r >= 0) `-r log p_c`, scold (r < 0) `-|r| log(1 - p_c)`. With every r = 1 this is the cross-entropy.
 * `1 - p_c` is summed from the other classes, at least 1e-12, so that it stays exact near 0.
 * `smoothing` s turns praise into `-r ((1 - s) log p_c + s / K sum_k log p_k)` for K classes (Szegedy et al. 2016,
 * section 7); scolding stays. Rows whose class is `ignored` or none of the K are left out of the sum and of the mean;
 * where no row is left the loss is 0.
 * logits [rows, classes], targets [rows, 2] -> [].
 */
export const crossEntropy: Op = {
  name: 'cross_entropy',
  onnx: 'SoftmaxCrossEntropyLoss',
  shape([logits = [], targets = []], attributes) {
    sides(logits, targets)
    const smoothing = smoothingOf(attributes)
    if (!(smoothing >= 0 && smoothing < 1)) throw new RangeError(`cross_entropy: 0 <= smoothing < 1, got ${smoothing}`)
    return []
  },
  gradient: ({ node, upstream, build, input }) => [
    build.apply('cross_entropy_gradient', [input(0), input(1), upstream], node.attributes),
    null,
  ],
  reference([logits, targets], output, attributes) {
    if (logits === undefined || targets === undefined) throw new Error('internal: cross_entropy: two inputs')
    const [, width] = sides(logits.shape, targets.shape)
    const p = new Float64Array(logits.data.length)
    const smoothing = smoothingOf(attributes)
    const wanted = wantedRows(targets, width, attributes)
    let total = 0
    for (const { row, right, reward } of wanted) {
      softmaxRow(logits, row, width, p)
      if (reward < 0) total += reward * Math.log(otherShare(p, row, width, right))
      else {
        const logs = logSoftmax(logits, row, width)
        const mean = logs.reduce((sum, value) => sum + value, 0) / width
        total -= reward * ((1 - smoothing) * (logs[right] ?? Number.NaN) + (smoothing > 0 ? smoothing * mean : 0))
      }
    }
    output.data[0] = total / Math.max(1, wanted.length)
  },
  kernel: {
    name: 'cross_entropy',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...crossEntropyWords(node)],
  },
  flops: (node) => (node.inputs[0]?.shape ?? []).reduce((size, side) => size * side, 16),
}

function logSoftmax(logits: Tensor, row: number, width: number): readonly number[] {
  const values = Array.from({ length: width }, (_, i) => logits.data[row * width + i] ?? Number.NaN)
  const max = Math.max(...values)
  const rest = Math.log(values.reduce((total, value) => total + Math.exp(value - max), 0))
  return values.map((value) => value - max - rest)
}

/**
 * Gradient of `cross_entropy` with respect to the logits.
 *
 * praise `r (p - (1 - s) onehot_c - s / K)`, scold `|r| p_c / (1 - p_c) (onehot_c - p)`, each over the number of rows
 * that count, times upstream []; 0 for the others.
 */
export const crossEntropyGradient: Op = {
  name: 'cross_entropy_gradient',
  onnx: null,
  shape: ([logits = []]) => logits,
  gradient: 'backwardOnly',
  reference([logits, targets, upstream], output, attributes) {
    if (logits === undefined || targets === undefined) throw new Error('internal: cross_entropy: three inputs')
    const [, width] = sides(logits.shape, targets.shape)
    const p = new Float64Array(logits.data.length)
    const wanted = wantedRows(targets, width, attributes)
    for (const { row, right, reward } of wanted) {
      softmaxRow(logits, row, width, p)
      const smoothing = reward >= 0 ? smoothingOf(attributes) : 0
      const pull = reward >= 0 ? reward : (reward * (p[row * width + right] ?? 0)) / otherShare(p, row, width, right)
      const share = (pull / wanted.length) * (upstream?.data[0] ?? 1)
      for (let i = 0; i < width; i++) {
        const at = row * width + i
        output.data[at] = share * ((p[at] ?? 0) - (i === right ? 1 - smoothing : 0) - smoothing / width)
      }
    }
  },
  kernel: {
    name: 'cross_entropy_gradient',
    arguments: (node, at) => [...inputsOf(node, 3).map(at), at(node), ...crossEntropyWords(node)],
  },
  flops: (node) => (node.inputs[0]?.shape ?? []).reduce((size, side) => size * side, 20),
}
