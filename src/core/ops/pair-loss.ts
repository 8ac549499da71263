/** Makes the losses that compare two values element by element and take the mean. */
import { type Attributes, inputsOf, type Node, sameShape, sizeOf } from '../graph/node.ts'
import { floatWord, type GradientContext, type Op } from './op.ts'

interface PairRule {
  readonly name: string
  readonly onnx: string
  /** Loss of one element; `delta` is the attribute, 1 without one. */
  f(x: number, y: number, delta: number): number
  /** Its derivative with respect to x. */
  slope(x: number, y: number, delta: number): number
  /** The gradient with respect to y, x's own gradient being given. */
  gradientOfY(context: GradientContext, ofX: Node): Node
  /** Operations an element, for counting only. */
  readonly cost: number
}

const deltaOf = (attributes: Attributes): number => Number(attributes.delta ?? 1)

/** `sum f(x, y) / n` over all n elements, x and y of one shape -> [], and its gradient op `NAME_gradient(x, y, upstream)`. */
export function pairLoss(rule: PairRule): readonly [Op, Op] {
  const gradientName = `${rule.name}_gradient`
  const forward: Op = {
    name: rule.name,
    onnx: rule.onnx,
    shape([x = [], y = []], attributes) {
      if (!sameShape(x, y)) throw new RangeError(`${rule.name}: shapes are equal, got [${x}] and [${y}]`)
      const delta = deltaOf(attributes)
      if (!(delta > 0)) throw new RangeError(`${rule.name}: delta is above 0, got ${delta}`)
      return []
    },
    gradient(context) {
      const { node, upstream, build, input } = context
      const ofX = build.apply(gradientName, [input(0), input(1), upstream], node.attributes)
      return [ofX, rule.gradientOfY(context, ofX)]
    },
    reference([x, y], output, attributes) {
      const count = x?.data.length ?? 0
      let total = 0
      for (let i = 0; i < count; i++) {
        total += rule.f(x?.data[i] ?? Number.NaN, y?.data[i] ?? Number.NaN, deltaOf(attributes))
      }
      output.data[0] = total / count
    },
    kernel: {
      name: rule.name,
      arguments: (node, at) => [
        ...inputsOf(node, 2).map(at),
        at(node),
        sizeOf(node.inputs[0]?.shape ?? []),
        floatWord(deltaOf(node.attributes)),
      ],
    },
    flops: (node) => rule.cost * sizeOf(node.inputs[0]?.shape ?? []),
  }
  const backward: Op = {
    name: gradientName,
    onnx: null,
    shape: ([x = []]) => x,
    gradient: 'backwardOnly',
    reference([x, y, upstream], output, attributes) {
      const share = (upstream?.data[0] ?? 1) / output.data.length
      for (let i = 0; i < output.data.length; i++) {
        output.data[i] = share * rule.slope(x?.data[i] ?? Number.NaN, y?.data[i] ?? Number.NaN, deltaOf(attributes))
      }
    },
    kernel: {
      name: gradientName,
      arguments: (node, at) => [
        ...inputsOf(node, 3).map(at),
        at(node),
        sizeOf(node.shape),
        floatWord(deltaOf(node.attributes)),
      ],
    },
    flops: (node) => rule.cost * sizeOf(node.shape),
  }
  return [forward, backward]
}

/** For losses of the difference x - y: the gradient of y is that of x turned round. */
export const turnedRound = ({ build }: GradientContext, ofX: Node): Node => build.apply('scale', [ofX], { factor: -1 })
