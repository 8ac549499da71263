import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'
import { placesOf } from './patches.ts'

interface Pool {
  readonly planes: number
  readonly h: number
  readonly w: number
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly rows: number
  readonly columns: number
}

function poolOf(x: Shape, attributes: Attributes): Pool {
  const [n = 0, c = 0, h = 0, w = 0] = x
  const kernel = numberAttribute(attributes, 'kernel')
  const stride = numberAttribute(attributes, 'stride')
  const padding = numberAttribute(attributes, 'padding')
  const rows = placesOf(h, kernel, stride, padding, 1)
  const columns = placesOf(w, kernel, stride, padding, 1)
  if (x.length !== 4 || rows < 1 || columns < 1 || 2 * padding > kernel) {
    throw new RangeError(`pool: a window of ${kernel} with at most half of it padding fits [N, C, H, W], got [${x}]`)
  }
  return { planes: n * c, h, w, kernel, stride, padding, rows, columns }
}

function words(x: Shape, attributes: Attributes): readonly number[] {
  const { planes, h, w, kernel, stride, padding, rows, columns } = poolOf(x, attributes)
  return [planes, h, w, kernel, stride, padding, rows, columns]
}

function outputShape(x: Shape, attributes: Attributes): Shape {
  const { rows, columns } = poolOf(x, attributes)
  return [...x.slice(0, 2), rows, columns]
}

/** Calls `visit` with each result and the pixels of its window that lie in the picture. */
function eachWindow(pool: Pool, visit: (place: number, pixels: readonly number[]) => void): void {
  const { planes, h, w, kernel, stride, padding, rows, columns } = pool
  for (let place = 0; place < planes * rows * columns; place++) {
    const plane = Math.floor(place / (rows * columns))
    const top = (Math.floor(place / columns) % rows) * stride - padding
    const left = (place % columns) * stride - padding
    const pixels: number[] = []
    for (let y = Math.max(0, top); y < Math.min(h, top + kernel); y++) {
      for (let x = Math.max(0, left); x < Math.min(w, left + kernel); x++) pixels.push((plane * h + y) * w + x)
    }
    visit(place, pixels)
  }
}

/** The first of the largest; NaN counts as the largest. */
function largestOf(data: Float64Array, pixels: readonly number[]): number {
  return pixels.reduce((best, pixel) => {
    const [old = 0, value = 0] = [data[best], data[pixel]]
    return value > old || Number.isNaN(value) ? pixel : best
  }, pixels[0] ?? 0)
}

const pictureOf = (node: Node): Shape => node.inputs[0]?.shape ?? []

/** Largest of each window: [N, C, H, W] -> [N, C, oh, ow]; attributes `kernel`, `stride`, `padding` in pixels. */
export const maxPool: Op = {
  name: 'max_pool',
  onnx: 'MaxPool',
  shape: ([x = []], attributes) => outputShape(x, attributes),
  gradient: ({ node, upstream, build, input }) => [
    build.apply('max_pool_gradient', [input(0), upstream], node.attributes),
  ],
  reference([x], output, attributes) {
    if (x === undefined) throw new Error('internal: max_pool: one input')
    eachWindow(poolOf(x.shape, attributes), (place, pixels) => {
      output.data[place] = x.data[largestOf(x.data, pixels)] ?? Number.NaN
    })
  },
  kernel: {
    name: 'max_pool',
    arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(pictureOf(node), node.attributes)],
  },
  flops: (node) => sizeOf(node.shape) * numberAttribute(node.attributes, 'kernel') ** 2,
}

/** Hands each dy to the first largest of its window: x, dy -> [N, C, H, W]. */
export const maxPoolGradient: Op = {
  name: 'max_pool_gradient',
  onnx: null,
  shape: ([x = []]) => x,
  gradient: 'backwardOnly',
  reference([x, upstream], output, attributes) {
    if (x === undefined) throw new Error('internal: max_pool_gradient: two inputs')
    eachWindow(poolOf(x.shape, attributes), (place, pixels) => {
      const pixel = largestOf(x.data, pixels)
      output.data[pixel] = (output.data[pixel] ?? 0) + (upstream?.data[place] ?? 0)
    })
  },
  kernel: {
    name: 'max_pool_gradient',
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...words(pictureOf(node), node.attributes)],
  },
  flops: (node) => sizeOf(node.shape),
}

/** Mean of each window, padding counted as 0 as in PyTorch: [N, C, H, W] -> [N, C, oh, ow]. */
export const avgPool: Op = {
  name: 'avg_pool',
  onnx: 'AveragePool',
  shape: ([x = []], attributes) => outputShape(x, attributes),
  gradient: ({ node, upstream, build, input }) => [
    build.apply('avg_pool_gradient', [upstream], { ...node.attributes, shape: input(0).shape }),
  ],
  reference([x], output, attributes) {
    if (x === undefined) throw new Error('internal: avg_pool: one input')
    const pool = poolOf(x.shape, attributes)
    eachWindow(pool, (place, pixels) => {
      output.data[place] = pixels.reduce((total, pixel) => total + (x.data[pixel] ?? 0), 0) / pool.kernel ** 2
    })
  },
  kernel: {
    name: 'avg_pool',
    arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(pictureOf(node), node.attributes)],
  },
  flops: (node) => sizeOf(node.shape) * numberAttribute(node.attributes, 'kernel') ** 2,
}

/** Hands each dy in equal parts to its window: dy -> the attribute `shape` [N, C, H, W]. */
export const avgPoolGradient: Op = {
  name: 'avg_pool_gradient',
  onnx: null,
  shape(_inputs, { shape }) {
    if (!Array.isArray(shape)) throw new Error('internal: avg_pool_gradient: shape is a list of numbers')
    return shape.map(Number)
  },
  gradient: 'backwardOnly',
  reference([upstream], output, attributes) {
    const pool = poolOf(output.shape, attributes)
    eachWindow(pool, (place, pixels) => {
      for (const pixel of pixels) {
        output.data[pixel] = (output.data[pixel] ?? 0) + (upstream?.data[place] ?? 0) / pool.kernel ** 2
      }
    })
  },
  kernel: {
    name: 'avg_pool_gradient',
    arguments: (node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(node.shape, node.attributes)],
  },
  flops: (node) => sizeOf(node.shape),
}
