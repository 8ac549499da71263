import { inputsOf, type Node, type Shape } from '../graph/node.ts'
import type { Op, Tensor } from './op.ts'
import { softmaxRow } from './softmax.ts'

/** Smallest p(other answers) that scolding divides by: keeps its gradient finite when only one answer is left. */
export const smallestOtherShare = 1e-12

function sides(logits: Shape, targets: Shape): readonly [number, number] {
  const [rows = 0, width = 0] = logits
  if (logits.length !== 2 || targets.length !== 2 || targets[0] !== rows || targets[1] !== 2) {
    throw new RangeError(`cross_entropy: logits [rows, classes] and targets [rows, 2], got [${logits}] and [${targets}]`)
  }
  return [rows, width]
}

function words(node: Node): readonly number[] {
  const [logits, targets] = node.inputs
  return sides(logits?.shape ?? [], targets?.shape ?? [])
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
 * logits [rows, classes], targets [rows, 2] -> [].
 */
export const crossEntropy: Op = {
  name: 'cross_entropy',
  onnx: 'SoftmaxCrossEntropyLoss',
  shape([logits = [], targets = []]) {
    sides(logits, targets)
    return []
  },
  gradient: ({ upstream, build, input }) => [build.apply('cross_entropy_gradient', [input(0), input(1), upstream]), null],
  reference([logits, targets], output) {
    if (logits === undefined || targets === undefined) throw new Error('internal: cross_entropy: two inputs')
    const [rows, width] = sides(logits.shape, targets.shape)
    const p = new Float64Array(logits.data.length)
    let total = 0
    for (let row = 0; row < rows; row++) {
      softmaxRow(logits, row, width, p)
      const right = targets.data[row * 2] ?? 0
      const reward = targets.data[row * 2 + 1] ?? 0
      total -=
        reward >= 0
          ? reward * logSoftmax(logits, row, width, right)
          : -reward * Math.log(otherShare(p, row, width, right))
    }
    output.data[0] = total / rows
  },
  kernel: { name: 'cross_entropy', arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...words(node)] },
  flops: (node) => (words(node)[0] ?? 0) * (words(node)[1] ?? 0) * 16,
}

function logSoftmax(logits: Tensor, row: number, width: number, right: number): number {
  const values = Array.from({ length: width }, (_, i) => logits.data[row * width + i] ?? Number.NaN)
  const max = Math.max(...values)
  return (values[right] ?? Number.NaN) - max - Math.log(values.reduce((total, value) => total + Math.exp(value - max), 0))
}

/**
 * Gradient of `cross_entropy` with respect to the logits.
 *
 * praise `r (p - onehot_c)`, scold `|r| p_c / (1 - p_c) (onehot_c - p)`, each over the number of rows, times upstream [].
 */
export const crossEntropyGradient: Op = {
  name: 'cross_entropy_gradient',
  onnx: null,
  shape: ([logits = []]) => logits,
  gradient: 'backwardOnly',
  reference([logits, targets, upstream], output) {
    if (logits === undefined || targets === undefined) throw new Error('internal: cross_entropy: three inputs')
    const [rows, width] = sides(logits.shape, targets.shape)
    const p = new Float64Array(logits.data.length)
    for (let row = 0; row < rows; row++) {
      softmaxRow(logits, row, width, p)
      const right = targets.data[row * 2] ?? 0
      const reward = targets.data[row * 2 + 1] ?? 0
      const pull = reward >= 0 ? reward : (reward * (p[row * width + right] ?? 0)) / otherShare(p, row, width, right)
      for (let i = 0; i < width; i++) {
        const at = row * width + i
        output.data[at] = ((pull * ((p[at] ?? 0) - (i === right ? 1 : 0))) / rows) * (upstream?.data[0] ?? 1)
      }
    }
  },
  kernel: {
    name: 'cross_entropy_gradient',
    arguments: (node, at) => [...inputsOf(node, 3).map(at), at(node), ...words(node)],
  },
  flops: (node) => (words(node)[0] ?? 0) * (words(node)[1] ?? 0) * 20,
}
