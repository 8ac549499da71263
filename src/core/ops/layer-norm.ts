import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { floatWord, numberAttribute, type Op, type Tensor } from './op.ts'

/** Row count and width, and whether the mean is taken away; throws RangeError where the parameters do not fit. */
function checked(name: string, x: Shape, ...parameters: readonly Shape[]): Shape {
  const width = x.at(-1) ?? 0
  if (x.length === 0 || parameters.some((shape) => shape.length !== 1 || shape[0] !== width)) {
    throw new RangeError(`${name}: parameters are [${width}], got [${parameters.join('] and [')}]`)
  }
  return x
}

const sides = (x: Shape): readonly [number, number] => {
  const width = x.at(-1) ?? 1
  return [width === 0 ? 0 : sizeOf(x) / width, width]
}

/** Mean (0 where it stays) and 1 / sqrt(mean square + epsilon) of one row. */
export function rowScale(x: Float64Array, centered: boolean, epsilon: number): readonly [number, number] {
  const width = x.length
  const mean = centered ? x.reduce((total, value) => total + value, 0) / width : 0
  const square = x.reduce((total, value) => total + (value - mean) ** 2, 0) / width
  return [mean, 1 / Math.sqrt(square + epsilon)]
}

function normalOp(name: string, centered: boolean): readonly [Op, Op, Op] {
  const epsilonWord = (attributes: Attributes): number => floatWord(numberAttribute(attributes, 'epsilon'))
  const flag = centered ? 1 : 0
  const shapeOf = (node: Node): Shape => node.inputs[0]?.shape ?? []
  const forward: Op = {
    name,
    onnx: centered ? 'LayerNormalization' : 'RMSNormalization',
    shape: ([x = [], ...parameters]) => checked(name, x, ...parameters),
    gradient({ node, upstream, build, input }) {
      const { attributes } = node
      const lead = upstream.shape.length - 1
      const parts = [
        build.apply(`${name}_gradient`, [input(0), input(1), upstream], attributes),
        build.apply(`${name}_weight_gradient`, [input(0), upstream], attributes),
      ]
      return centered ? [...parts, build.apply('sum', [upstream], { from: 0, to: lead })] : parts
    },
    reference([x, weight, bias], output, attributes) {
      const width = output.shape.at(-1) ?? 1
      for (let start = 0; start < output.data.length; start += width) {
        const row = rowOf(x, start, width)
        const [mean, scale] = rowScale(row, centered, numberAttribute(attributes, 'epsilon'))
        row.forEach((value, i) => {
          output.data[start + i] = (value - mean) * scale * (weight?.data[i] ?? Number.NaN) + (bias?.data[i] ?? 0)
        })
      }
    },
    kernel: {
      name: 'layer_norm',
      arguments(node, at) {
        const [x, weight, bias] = inputsOf(node, centered ? 3 : 2)
        if (x === undefined || weight === undefined) throw new Error(`internal: ${name}: inputs`)
        const places = [at(x), at(weight), bias === undefined ? 0 : at(bias), at(node)]
        return [...places, ...sides(shapeOf(node)), epsilonWord(node.attributes), flag]
      },
    },
    flops: (node) => 8 * sizeOf(node.shape),
  }
  const backward: Op = {
    name: `${name}_gradient`,
    onnx: null,
    shape: ([x = []]) => x,
    gradient: 'backwardOnly',
    reference([x, weight, upstream], output, attributes) {
      const width = output.shape.at(-1) ?? 1
      for (let start = 0; start < output.data.length; start += width) {
        const row = rowOf(x, start, width)
        const [mean, scale] = rowScale(row, centered, numberAttribute(attributes, 'epsilon'))
        const pull = rowOf(upstream, start, width).map((value, i) => value * (weight?.data[i] ?? Number.NaN))
        const level = centered ? pull.reduce((total, value) => total + value, 0) / width : 0
        const along = pull.reduce((total, value, i) => total + value * ((row[i] ?? 0) - mean), 0) / width
        row.forEach((value, i) => {
          output.data[start + i] = scale * ((pull[i] ?? 0) - level) - scale ** 3 * (value - mean) * along
        })
      }
    },
    kernel: {
      name: 'layer_norm_gradient',
      arguments: (node, at) => [
        ...inputsOf(node, 3).map(at),
        at(node),
        ...sides(node.shape),
        epsilonWord(node.attributes),
        flag,
      ],
    },
    flops: (node) => 14 * sizeOf(node.shape),
  }
  const weightBackward: Op = {
    name: `${name}_weight_gradient`,
    onnx: null,
    shape: ([x = []]) => x.slice(-1),
    gradient: 'backwardOnly',
    reference([x, upstream], output, attributes) {
      const width = output.data.length
      for (let start = 0; start < (x?.data.length ?? 0); start += width) {
        const row = rowOf(x, start, width)
        const [mean, scale] = rowScale(row, centered, numberAttribute(attributes, 'epsilon'))
        row.forEach((value, i) => {
          output.data[i] = (output.data[i] ?? 0) + (value - mean) * scale * (upstream?.data[start + i] ?? Number.NaN)
        })
      }
    },
    kernel: {
      name: 'layer_norm_weight_gradient',
      arguments: (node, at) => [
        ...inputsOf(node, 2).map(at),
        at(node),
        ...sides(shapeOf(node)),
        epsilonWord(node.attributes),
        flag,
      ],
    },
    flops: (node) => 8 * sizeOf(shapeOf(node)),
  }
  return [forward, backward, weightBackward]
}

const rowOf = (tensor: Tensor | undefined, start: number, width: number): Float64Array =>
  (tensor?.data ?? new Float64Array()).subarray(start, start + width)

/**
 * Layer normalisation over the last axis: `y = (x - mean) / sqrt(variance + epsilon) w + b` (Ba, Kiros, Hinton 2016).
 *
 * x [.., n], w [n], b [n] -> [.., n]; the variance is over n. Attribute `epsilon`.
 */
export const [layerNorm, layerNormGradient, layerNormWeightGradient] = normalOp('layer_norm', true)

/** RMS normalisation over the last axis: `y = x / sqrt(mean(x^2) + epsilon) w` (Zhang and Sennrich 2019); w [n]. */
export const [rmsNorm, rmsNormGradient, rmsNormWeightGradient] = normalOp('rms_norm', false)
