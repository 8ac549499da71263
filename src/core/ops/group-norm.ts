import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { rowScale } from './layer-norm.ts'
import { floatWord, numberAttribute, type Op } from './op.ts'

interface Sides {
  readonly rows: number
  readonly groups: number
  readonly channels: number
  readonly pixels: number
}

function sidesOf(x: Shape, attributes: Attributes): Sides {
  const groups = numberAttribute(attributes, 'groups')
  const [n = 0, all = 0, ...rest] = x
  if (x.length < 2 || all % groups !== 0)
    throw new RangeError(`group_norm: ${groups} groups share the channels, got [${x}]`)
  return { rows: n * groups, groups, channels: all / groups, pixels: sizeOf(rest) }
}

function words(node: Node): readonly number[] {
  const { rows, groups, channels, pixels } = sidesOf(node.inputs[0]?.shape ?? [], node.attributes)
  return [rows, groups, channels, pixels, floatWord(numberAttribute(node.attributes, 'epsilon'))]
}

/** Calls `visit` for each group with its mean, scale, first element and first channel. */
function eachGroup(
  x: Float64Array,
  sides: Sides,
  epsilon: number,
  visit: (mean: number, scale: number, start: number, channel: number) => void,
): void {
  const width = sides.channels * sides.pixels
  for (let row = 0; row < sides.rows; row++) {
    const [mean, scale] = rowScale(x.subarray(row * width, (row + 1) * width), true, epsilon)
    visit(mean, scale, row * width, (row % sides.groups) * sides.channels)
  }
}

/**
 * Group normalisation (Wu and He 2018): mean and variance over each group of channels of one picture.
 *
 * x [N, C, ..], weight [C], bias [C] -> [N, C, ..]. Attributes `groups` (divides C), `epsilon`.
 */
export const groupNorm: Op = {
  name: 'group_norm',
  onnx: 'GroupNormalization',
  shape([x = [], weight = [], bias = []], attributes) {
    sidesOf(x, attributes)
    if (weight.length !== 1 || bias.length !== 1 || weight[0] !== x[1] || bias[0] !== x[1]) {
      throw new RangeError(`group_norm: parameters are [${x[1]}], got [${weight}] and [${bias}]`)
    }
    return x
  },
  gradient({ node, upstream, build, input }) {
    const rank = upstream.shape.length
    const planes = rank > 2 ? build.apply('sum', [upstream], { from: 2, to: rank }) : upstream
    return [
      build.apply('group_norm_gradient', [input(0), input(1), upstream], node.attributes),
      build.apply('group_norm_weight_gradient', [input(0), upstream], node.attributes),
      build.apply('sum', [planes], { from: 0, to: 1 }),
    ]
  },
  reference([x, weight, bias], output, attributes) {
    if (x === undefined) throw new Error('internal: group_norm: three inputs')
    const sides = sidesOf(x.shape, attributes)
    eachGroup(x.data, sides, numberAttribute(attributes, 'epsilon'), (mean, scale, start, first) => {
      for (let i = 0; i < sides.channels * sides.pixels; i++) {
        const channel = first + Math.floor(i / sides.pixels)
        const h = ((x.data[start + i] ?? 0) - mean) * scale
        output.data[start + i] = h * (weight?.data[channel] ?? Number.NaN) + (bias?.data[channel] ?? Number.NaN)
      }
    })
  },
  kernel: {
    name: 'group_norm',
    arguments: (node, at) => [...inputsOf(node, 3).map(at), at(node), ...words(node)],
  },
  flops: (node) => 8 * sizeOf(node.shape),
}

/** Gradient of `group_norm` with respect to x: x, weight, dy -> [N, C, ..]. */
export const groupNormGradient: Op = {
  name: 'group_norm_gradient',
  onnx: null,
  shape: ([x = []]) => x,
  gradient: 'backwardOnly',
  reference([x, weight, upstream], output, attributes) {
    if (x === undefined) throw new Error('internal: group_norm_gradient: three inputs')
    const sides = sidesOf(x.shape, attributes)
    const width = sides.channels * sides.pixels
    eachGroup(x.data, sides, numberAttribute(attributes, 'epsilon'), (mean, scale, start, first) => {
      const pull = (i: number): number =>
        (upstream?.data[start + i] ?? 0) * (weight?.data[first + Math.floor(i / sides.pixels)] ?? Number.NaN)
      const gap = (i: number): number => (x.data[start + i] ?? 0) - mean
      let level = 0
      let along = 0
      for (let i = 0; i < width; i++) {
        level += pull(i) / width
        along += (pull(i) * gap(i)) / width
      }
      for (let i = 0; i < width; i++) output.data[start + i] = scale * (pull(i) - level) - scale ** 3 * gap(i) * along
    })
  },
  kernel: {
    name: 'group_norm_gradient',
    arguments: (node, at) => [...inputsOf(node, 3).map(at), at(node), ...words(node)],
  },
  flops: (node) => 14 * sizeOf(node.shape),
}

/** Gradient of `group_norm` with respect to the weight: x, dy -> [C]. */
export const groupNormWeightGradient: Op = {
  name: 'group_norm_weight_gradient',
  onnx: null,
  shape: ([x = []]) => x.slice(1, 2),
  gradient: 'backwardOnly',
  reference([x, upstream], output, attributes) {
    if (x === undefined) throw new Error('internal: group_norm_weight_gradient: two inputs')
    const sides = sidesOf(x.shape, attributes)
    eachGroup(x.data, sides, numberAttribute(attributes, 'epsilon'), (mean, scale, start, first) => {
      for (let i = 0; i < sides.channels * sides.pixels; i++) {
        const channel = first + Math.floor(i / sides.pixels)
        const h = ((x.data[start + i] ?? 0) - mean) * scale
        output.data[channel] = (output.data[channel] ?? 0) + h * (upstream?.data[start + i] ?? 0)
      }
    })
  },
  kernel: {
    name: 'group_norm_weight_gradient',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...words(node)],
  },
  flops: (node) => 8 * sizeOf(node.inputs[0]?.shape ?? []),
}
