import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op, type Tensor } from './op.ts'

/** x as [rows, channels, pixels]. Throws RangeError for fewer than two axes. */
function sidesOf(x: Shape): readonly [number, number, number] {
  const [rows = 0, channels = 0, ...rest] = x
  if (x.length < 2) throw new RangeError(`batch_norm: x is [rows, channels, ..], got [${x}]`)
  return [rows, channels, sizeOf(rest)]
}

const words = (node: Node): readonly number[] => sidesOf(node.inputs[0]?.shape ?? [])
const epsilonOf = (attributes: Attributes): number => numberAttribute(attributes, 'epsilon')

/** Calls `visit` with every element's index and channel. */
function eachElement(x: Shape, visit: (index: number, channel: number) => void): void {
  const [rows, channels, pixels] = sidesOf(x)
  for (let i = 0; i < rows * channels * pixels; i++) visit(i, Math.floor(i / pixels) % channels)
}

function scaleOf(statistics: Tensor | undefined, channel: number, attributes: Attributes): number {
  const variance = statistics?.data[(statistics.shape[1] ?? 0) + channel] ?? Number.NaN
  return 1 / Math.sqrt(variance + epsilonOf(attributes))
}

/** Mean and variance (over n) of each channel: x [rows, channels, ..] -> [2, channels]. */
export const batchStatistics: Op = {
  name: 'batch_statistics',
  onnx: 'ReduceMean',
  shape: ([x = []]) => [2, sidesOf(x)[1]],
  // what depends on the statistics is in the gradient of batch_norm
  gradient: () => [null],
  reference([x], output) {
    if (x === undefined) throw new Error('internal: batch_statistics: one input')
    const [rows, channels, pixels] = sidesOf(x.shape)
    const count = rows * pixels
    eachElement(x.shape, (i, channel) => {
      output.data[channel] = (output.data[channel] ?? 0) + (x.data[i] ?? 0) / count
    })
    eachElement(x.shape, (i, channel) => {
      const gap = (x.data[i] ?? 0) - (output.data[channel] ?? 0)
      output.data[channels + channel] = (output.data[channels + channel] ?? 0) + gap ** 2 / count
    })
  },
  kernel: {
    name: 'batch_statistics',
    arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(node)],
  },
  flops: (node) => 4 * sizeOf(node.inputs[0]?.shape ?? []),
}

/**
 * Batch normalisation: `y = (x - mean) / sqrt(variance + epsilon) w + b` for each channel (Ioffe and Szegedy 2015).
 *
 * x [rows, channels, ..], statistics [2, channels], w, b [channels] -> x's shape. With `ofBatch` the statistics are those
 * of x itself and the gradient goes through them; else they are fixed.
 */
export const batchNorm: Op = {
  name: 'batch_norm',
  onnx: 'BatchNormalization',
  shape([x = [], statistics = [], weight = [], bias = []]) {
    const channels = sidesOf(x)[1]
    if (statistics[1] !== channels || weight[0] !== channels || bias[0] !== channels) {
      throw new RangeError(`batch_norm: parameters are [${channels}], got [${weight}] and [${bias}]`)
    }
    return x
  },
  gradient({ node, upstream, build, input }) {
    const rank = upstream.shape.length
    const planes = rank > 2 ? build.apply('sum', [upstream], { from: 2, to: rank }) : upstream
    const slope = build.apply('batch_norm_weight_gradient', [input(0), input(1), upstream], node.attributes)
    const offset = build.apply('sum', [planes], { from: 0, to: 1 })
    const inputs = [input(0), input(1), input(2), upstream, slope, offset]
    return [build.apply('batch_norm_gradient', inputs, node.attributes), null, slope, offset]
  },
  reference([x, statistics, weight, bias], output, attributes) {
    eachElement(output.shape, (i, channel) => {
      const h = ((x?.data[i] ?? 0) - (statistics?.data[channel] ?? 0)) * scaleOf(statistics, channel, attributes)
      output.data[i] = h * (weight?.data[channel] ?? Number.NaN) + (bias?.data[channel] ?? Number.NaN)
    })
  },
  kernel: {
    name: 'batch_norm',
    arguments: (node, at) => [
      ...inputsOf(node, 4).map(at),
      at(node),
      ...words(node),
      floatWord(epsilonOf(node.attributes)),
    ],
  },
  flops: (node) => 4 * sizeOf(node.shape),
}

/** Sum of dy times the normalised x for each channel: x, statistics, dy -> [channels]. */
export const batchNormWeightGradient: Op = {
  name: 'batch_norm_weight_gradient',
  onnx: null,
  shape: ([, statistics = []]) => statistics.slice(1),
  gradient: 'backwardOnly',
  reference([x, statistics, upstream], output, attributes) {
    eachElement(x?.shape ?? [], (i, channel) => {
      const h = ((x?.data[i] ?? 0) - (statistics?.data[channel] ?? 0)) * scaleOf(statistics, channel, attributes)
      output.data[channel] = (output.data[channel] ?? 0) + h * (upstream?.data[i] ?? 0)
    })
  },
  kernel: {
    name: 'batch_norm_weight_gradient',
    arguments: (node, at) => [
      ...inputsOf(node, 3).map(at),
      at(node),
      ...words(node),
      floatWord(epsilonOf(node.attributes)),
    ],
  },
  flops: (node) => 3 * sizeOf(node.inputs[0]?.shape ?? []),
}

/** 1 / n where the statistics are the batch's, 0 where they are fixed. */
function shareOf(x: Shape, attributes: Attributes): number {
  const [rows, , pixels] = sidesOf(x)
  return attributes.ofBatch === true ? 1 / (rows * pixels) : 0
}

/** `dx = w s (dy - dbias / n - h dweight / n)`, h the normalised x: x, statistics, weight, dy, dweight, dbias -> x's shape. */
export const batchNormGradient: Op = {
  name: 'batch_norm_gradient',
  onnx: null,
  shape: ([x = []]) => x,
  gradient: 'backwardOnly',
  reference([x, statistics, weight, upstream, slope, offset], output, attributes) {
    const share = shareOf(output.shape, attributes)
    eachElement(output.shape, (i, channel) => {
      const scale = scaleOf(statistics, channel, attributes)
      const h = ((x?.data[i] ?? 0) - (statistics?.data[channel] ?? 0)) * scale
      const pull = (upstream?.data[i] ?? 0) - share * ((offset?.data[channel] ?? 0) + h * (slope?.data[channel] ?? 0))
      output.data[i] = (weight?.data[channel] ?? Number.NaN) * scale * pull
    })
  },
  kernel: {
    name: 'batch_norm_gradient',
    arguments: (node, at) => [
      ...inputsOf(node, 6).map(at),
      at(node),
      ...words(node),
      floatWord(epsilonOf(node.attributes)),
      floatWord(shareOf(node.shape, node.attributes)),
    ],
  },
  flops: (node) => 8 * sizeOf(node.shape),
}
