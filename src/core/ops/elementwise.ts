/** Makes the two families of elementwise ops: of two values with broadcasting, and of one value. */

import type { Node } from '../graph/node.ts'
import { inputsOf, sizeOf } from '../graph/node.ts'
import { broadcastShape, broadcastStrides, foldStrides } from './broadcast.ts'
import type { GradientContext, Op } from './op.ts'

interface BinaryRule {
  readonly name: string
  readonly onnx: string
  f(a: number, b: number): number
  gradient(context: GradientContext): readonly (Node | null)[]
}

/** `output[i] = f(a[i], b[i])`, shapes broadcast; kernel `NAME(a, b, out, sides[4], strides a[4], strides b[4])`. */
export function binaryOp(rule: BinaryRule): Op {
  return {
    name: rule.name,
    onnx: rule.onnx,
    shape: ([a = [], b = []]) => broadcastShape(rule.name, a, b),
    gradient: rule.gradient,
    reference([a, b], output) {
      if (a === undefined || b === undefined) throw new Error(`internal: ${rule.name}: two inputs`)
      const stridesA = broadcastStrides(a.shape, output.shape)
      const stridesB = broadcastStrides(b.shape, output.shape)
      for (let i = 0; i < output.data.length; i++) {
        let rest = i
        let atA = 0
        let atB = 0
        for (let axis = output.shape.length - 1; axis >= 0; axis--) {
          const side = output.shape[axis] ?? 1
          const index = rest % side
          rest = (rest - index) / side
          atA += index * (stridesA[axis] ?? 0)
          atB += index * (stridesB[axis] ?? 0)
        }
        output.data[i] = rule.f(a.data[atA] ?? Number.NaN, b.data[atB] ?? Number.NaN)
      }
    },
    kernel: {
      name: rule.name,
      arguments(node, at) {
        const [a, b] = inputsOf(node, 2)
        if (a === undefined || b === undefined) throw new Error(`internal: ${rule.name}: two inputs`)
        const folded = foldStrides(a.shape, b.shape, node.shape)
        return [at(a), at(b), at(node), ...folded.sides, ...folded.a, ...folded.b]
      },
    },
    flops: (node) => sizeOf(node.shape),
  }
}

interface UnaryRule {
  readonly name: string
  readonly onnx: string
  f(x: number): number
  /** Derivative from the input x and the output y. */
  derivative(x: number, y: number): number
  /** Which of the two the derivative is computed from; `output` lets the input's memory be reused. */
  readonly derivativeFrom: 'input' | 'output'
  /** Operations an element, for counting only. */
  readonly cost: number
}

/** `output[i] = f(x[i])` without a gradient rule of its own kind. */
export function unaryForward(rule: Pick<UnaryRule, 'name' | 'onnx' | 'f' | 'cost'>, gradient: Op['gradient']): Op {
  return {
    name: rule.name,
    onnx: rule.onnx,
    shape: ([x = []]) => x,
    gradient,
    reference([x], output) {
      for (let i = 0; i < output.data.length; i++) output.data[i] = rule.f(x?.data[i] ?? Number.NaN)
    },
    kernel: { name: rule.name, arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), sizeOf(node.shape)] },
    flops: (node) => sizeOf(node.shape) * rule.cost,
  }
}

/** `output[i] = f(x[i])` and its gradient op `NAME_gradient(saved, upstream) = upstream * f'`. */
export function unaryOp(rule: UnaryRule): readonly [Op, Op] {
  const gradientName = `${rule.name}_gradient`
  const forward = unaryForward(rule, ({ node, upstream, build, input }) => [
    build.apply(gradientName, [rule.derivativeFrom === 'output' ? node : input(0), upstream]),
  ])
  const backward: Op = {
    name: gradientName,
    onnx: null,
    shape: ([, upstream = []]) => upstream,
    gradient: 'backwardOnly',
    reference([saved, upstream], output) {
      for (let i = 0; i < output.data.length; i++) {
        const value = saved?.data[i] ?? Number.NaN
        const slope =
          rule.derivativeFrom === 'output' ? rule.derivative(Number.NaN, value) : rule.derivative(value, rule.f(value))
        output.data[i] = slope * (upstream?.data[i] ?? Number.NaN)
      }
    },
    kernel: {
      name: gradientName,
      arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), sizeOf(node.shape)],
    },
    flops: (node) => sizeOf(node.shape) * 2,
  }
  return [forward, backward]
}
