import { inputsOf, type Node, sizeOf } from '../graph/node.ts'
import type { Op } from './op.ts'

/** N, C and pixels of pictures [N, C, H, W]. */
function sidesOf({ shape: [n = 0, c = 0, ...rest] }: Node): readonly number[] {
  return [n, c, sizeOf(rest)]
}

function pictureShape(attributes: Node['attributes']): readonly number[] {
  const shape = attributes.shape
  if (!Array.isArray(shape) || !shape.every((side) => typeof side === 'number')) {
    throw new Error('internal: picture_bias: shape is a list of numbers')
  }
  return shape
}

/**
 * From a convolution's product to pictures, with the bias: `y[n, c] = product[c, n] + bias[c]`.
 *
 * product [C, N H W], bias [C] -> the attribute `shape` [N, C, H, W].
 */
export const pictureBias: Op = {
  name: 'picture_bias',
  onnx: 'Add',
  shape([product = [], bias = []], attributes) {
    const shape = pictureShape(attributes)
    if (sizeOf(shape) !== sizeOf(product) || shape[1] !== product[0] || bias[0] !== shape[1]) {
      throw new RangeError(`picture_bias: product and bias make [${shape}], got [${product}] and [${bias}]`)
    }
    return shape
  },
  gradient: ({ upstream, build }) => [
    build.apply('picture_bias_gradient', [upstream]),
    build.apply('sum', [build.apply('sum', [upstream], { from: 2, to: 4 })], { from: 0, to: 1 }),
  ],
  reference([product, bias], output) {
    const [n = 0, c = 0, ...rest] = output.shape
    const pixels = sizeOf(rest)
    for (let i = 0; i < output.data.length; i++) {
      const plane = Math.floor(i / pixels)
      const channel = plane % c
      const picture = Math.floor(plane / c)
      const from = (channel * n + picture) * pixels + (i % pixels)
      output.data[i] = (product?.data[from] ?? Number.NaN) + (bias?.data[channel] ?? Number.NaN)
    }
  },
  kernel: {
    name: 'picture_bias',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...sidesOf(node)],
  },
  flops: (node) => sizeOf(node.shape),
}

/** Back to the product's order: [N, C, H, W] -> [C, N H W]. */
export const pictureBiasGradient: Op = {
  name: 'picture_bias_gradient',
  onnx: null,
  shape: ([[n = 0, c = 0, h = 0, w = 0] = []]) => [c, n * h * w],
  gradient: 'backwardOnly',
  reference([upstream], output) {
    const [n = 0, c = 0, h = 0, w = 0] = upstream?.shape ?? []
    for (let i = 0; i < output.data.length; i++) {
      const pixel = i % (h * w)
      const picture = Math.floor(i / (h * w)) % n
      const channel = Math.floor(i / (h * w * n))
      output.data[i] = upstream?.data[(picture * c + channel) * h * w + pixel] ?? Number.NaN
    }
  },
  kernel: {
    name: 'picture_bias_gradient',
    arguments: (node, at) => {
      const [upstream] = inputsOf(node, 1)
      return upstream === undefined ? [] : [at(upstream), at(node), ...sidesOf(upstream)]
    },
  },
  flops: () => 0,
}
