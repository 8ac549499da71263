import type { Builder, Node } from '../graph/node.ts'
import { placesOf } from '../ops/patches.ts'
import { type Conv2dLayer, Fault } from '../spec/index.ts'
import { activate } from './dense.ts'
import { type LayerKind, reshaped, rowOf, sidesOf } from './layer.ts'

/** Steps of a convolution, in pixels, and its groups. */
export interface ConvolutionSteps {
  readonly stride: number
  readonly padding: number
  readonly dilation: number
  readonly groups: number
}

/**
 * Convolution of pictures as a product with their patches: `y[n, o] = sum over c, i, j of w[o, c, i, j] x[n, c, ..] + b[o]`.
 *
 * x [N, C, H, W], weight [O, C / groups, kh, kw], bias [O] -> [N, O, H', W'].
 */
export function convolution(build: Builder, x: Node, weight: Node, bias: Node, steps: ConvolutionSteps): Node {
  const { stride, padding, dilation, groups } = steps
  const [n = 0, , h = 0, w = 0] = x.shape
  const [filters = 0, inputs = 0, kernelH = 0, kernelW = 0] = weight.shape
  const patches = build.apply('im2col', [x], { kernelH, kernelW, stride, padding, dilation })
  const columns = patches.shape[1] ?? 0
  const depth = inputs * kernelH * kernelW
  const [each, lead] = [filters / groups, groups === 1 ? [] : [groups]]
  const product = build.apply('matmul', [
    reshaped(build, weight, [...lead, each, depth]),
    reshaped(build, patches, [...lead, depth, columns]),
  ])
  const height = placesOf(h, kernelH, stride, padding, dilation)
  const width = placesOf(w, kernelW, stride, padding, dilation)
  const flat = reshaped(build, product, [filters, columns])
  return build.apply('picture_bias', [flat, bias], { shape: [n, filters, height, width] })
}

/** Convolution [c, h, w] -> [filters, h', w'] and an activation; weight [filters, c / groups, kernel, kernel], bias. */
export const conv2d: LayerKind<Conv2dLayer> = {
  outputRow(spec, input, at) {
    const [channels = 0, height = 0, width = 0] = sidesOf(spec.layer, 'picture', input, at)
    for (const whole of [channels, spec.filters]) {
      if (whole % spec.groups === 0) continue
      throw new Fault('NETWORK-003', { layer: spec.layer, given: spec.groups, whole }, `${at}.groups`)
    }
    const places = [height, width].map((side) => placesOf(side, spec.kernel, spec.stride, spec.padding, spec.dilation))
    if (places.some((count) => count < 1)) throw tooLarge(spec.layer, spec.kernel, input.sides, at)
    return rowOf(input, [spec.filters, ...places])
  },
  parameters({ filters, kernel, groups }, { sides: [channels = 0] }) {
    const area = kernel * kernel
    const fans = { fanIn: (channels / groups) * area, fanOut: (filters / groups) * area }
    return [
      { name: 'weight', kind: 'weight', shape: [filters, channels / groups, kernel, kernel], start: fans },
      { name: 'bias', kind: 'bias', shape: [filters] },
    ]
  },
  forward({ build, parameter }, spec, x) {
    const sums = convolution(build, x, parameter('weight'), parameter('bias'), spec)
    return { sums, activations: activate(build, sums, spec.activation) }
  },
}

/** The fault of a window that is larger than the picture. */
export function tooLarge(layer: string, kernel: number, sides: readonly number[], at: string): Fault {
  return new Fault('NETWORK-004', { layer, kernel, given: `[${sides.join(', ')}]` }, `${at}.kernel`)
}
