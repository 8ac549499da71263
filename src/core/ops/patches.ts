import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import { numberAttribute, type Op } from './op.ts'

/** A convolution's or a pool's walk over pictures [n, c, h, w]. */
export interface Walk {
  readonly n: number
  readonly c: number
  readonly h: number
  readonly w: number
  readonly kernelH: number
  readonly kernelW: number
  readonly rows: number
  readonly columns: number
  readonly stride: number
  readonly padding: number
  readonly dilation: number
}

/** Places that a kernel takes along one side. */
export function placesOf(side: number, kernel: number, stride: number, padding: number, dilation: number): number {
  return Math.floor((side + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1
}

/** The walk over pictures of this shape. Throws RangeError where the kernel is larger than the padded picture. */
export function walkOf(x: Shape, attributes: Attributes): Walk {
  const [n = 0, c = 0, h = 0, w = 0] = x
  const number = (name: string): number => numberAttribute(attributes, name)
  const [kernelH, kernelW, stride] = [number('kernelH'), number('kernelW'), number('stride')]
  const [padding, dilation] = [number('padding'), number('dilation')]
  const rows = placesOf(h, kernelH, stride, padding, dilation)
  const columns = placesOf(w, kernelW, stride, padding, dilation)
  if (x.length !== 4 || rows < 1 || columns < 1) {
    throw new RangeError(`im2col: a kernel of ${kernelH} x ${kernelW} fits into [N, C, H, W], got [${x}]`)
  }
  return { n, c, h, w, kernelH, kernelW, rows, columns, stride, padding, dilation }
}

function words(x: Shape, attributes: Attributes): readonly number[] {
  const { n, c, h, w, kernelH, kernelW, rows, columns, stride, padding, dilation } = walkOf(x, attributes)
  return [n, c, h, w, kernelH, kernelW, rows, columns, stride, padding, dilation]
}

/** Calls `visit` with each cell of the patches and the pixel that it holds; -1 for the padding. */
function eachCell(walk: Walk, visit: (cell: number, pixel: number) => void): void {
  const { n, c, h, w, kernelH, kernelW, rows, columns, stride, padding, dilation } = walk
  let cell = 0
  for (let k = 0; k < c * kernelH * kernelW; k++) {
    const channel = Math.floor(k / (kernelH * kernelW))
    const shiftY = (Math.floor(k / kernelW) % kernelH) * dilation - padding
    const shiftX = (k % kernelW) * dilation - padding
    for (let picture = 0; picture < n; picture++) {
      for (let place = 0; place < rows * columns; place++) {
        const y = Math.floor(place / columns) * stride + shiftY
        const x = (place % columns) * stride + shiftX
        const inside = y >= 0 && y < h && x >= 0 && x < w
        visit(cell++, inside ? ((picture * c + channel) * h + y) * w + x : -1)
      }
    }
  }
}

function shapeAttribute(attributes: Attributes): Shape {
  const shape = attributes.shape
  if (!Array.isArray(shape) || !shape.every((side) => typeof side === 'number')) {
    throw new Error('internal: col2im: shape is a list of numbers')
  }
  return shape
}

/**
 * The patches that a kernel sees, one column a place, 0 in the padding: [N, C, H, W] -> [C kh kw, N oh ow].
 *
 * Attributes `kernelH`, `kernelW`, `stride`, `padding`, `dilation`, in pixels. A convolution is a product with it.
 */
export const im2col: Op = {
  name: 'im2col',
  onnx: 'Conv',
  shape([x = []], attributes) {
    const { n, c, kernelH, kernelW, rows, columns } = walkOf(x, attributes)
    return [c * kernelH * kernelW, n * rows * columns]
  },
  gradient: ({ node, upstream, build, input }) => [
    build.apply('col2im', [upstream], { ...node.attributes, shape: input(0).shape }),
  ],
  reference([x], output, attributes) {
    if (x === undefined) throw new Error('internal: im2col: one input')
    eachCell(walkOf(x.shape, attributes), (cell, pixel) => {
      output.data[cell] = pixel < 0 ? 0 : (x.data[pixel] ?? Number.NaN)
    })
  },
  kernel: {
    name: 'im2col',
    arguments: (node, at) => [
      ...inputsOf(node, 1).map(at),
      at(node),
      ...words(node.inputs[0]?.shape ?? [], node.attributes),
    ],
  },
  flops: () => 0,
}

/** Sums patches back into pictures of the attribute `shape`, in the order of the kernel's positions. */
export const col2im: Op = {
  name: 'col2im',
  onnx: 'Col2Im',
  shape: (_inputs, attributes) => shapeAttribute(attributes),
  gradient: ({ node, upstream, build }) => [build.apply('im2col', [upstream], node.attributes)],
  reference([patches], output, attributes) {
    eachCell(walkOf(output.shape, attributes), (cell, pixel) => {
      if (pixel >= 0) output.data[pixel] = (output.data[pixel] ?? 0) + (patches?.data[cell] ?? Number.NaN)
    })
  },
  kernel: {
    name: 'col2im',
    arguments: (node: Node, at) => [...inputsOf(node, 1).map(at), at(node), ...words(node.shape, node.attributes)],
  },
  flops: (node) => sizeOf(node.inputs[0]?.shape ?? []),
}
