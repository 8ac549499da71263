import { type Attributes, inputsOf, type Node, type Shape, sizeOf } from '../graph/node.ts'
import type { GradientContext, Op } from './op.ts'

interface Product {
  readonly batch: number
  readonly rows: number
  readonly columns: number
  readonly depth: number
}

const transposed = (attributes: Attributes, side: 'transposeA' | 'transposeB'): boolean => attributes[side] === true

/** Sides of the product. Throws RangeError `matmul: inner sides are equal, got …`. */
function productOf(a: Shape, b: Shape, attributes: Attributes): Product {
  if (a.length < 2 || a.length !== b.length)
    throw new RangeError(`matmul: same rank of at least 2, got [${a}] and [${b}]`)
  const [lastA = 0, lastB = 0] = [a.at(-1), b.at(-1)]
  const [beforeA = 0, beforeB = 0] = [a.at(-2), b.at(-2)]
  const [rows, depth] = transposed(attributes, 'transposeA') ? [lastA, beforeA] : [beforeA, lastA]
  const [depthB, columns] = transposed(attributes, 'transposeB') ? [lastB, beforeB] : [beforeB, lastB]
  const batches = a.slice(0, -2)
  if (depth !== depthB || batches.some((side, axis) => side !== b[axis])) {
    throw new RangeError(`matmul: inner sides and batches are equal, got [${a}] and [${b}]`)
  }
  return { batch: sizeOf(batches), rows, columns, depth }
}

function inputShapes(node: Node): readonly [Shape, Shape] {
  const [a, b] = inputsOf(node, 2)
  if (a === undefined || b === undefined) throw new Error('internal: matmul: two inputs')
  return [a.shape, b.shape]
}

function gradient({ node, upstream, build, input }: GradientContext): readonly Node[] {
  const ta = transposed(node.attributes, 'transposeA')
  const tb = transposed(node.attributes, 'transposeB')
  const product = (x: Node, y: Node, transposeA: boolean, transposeB: boolean): Node =>
    build.apply('matmul', [x, y], { transposeA, transposeB })
  return [
    ta ? product(input(1), upstream, tb, true) : product(upstream, input(1), false, !tb),
    tb ? product(upstream, input(0), true, ta) : product(input(0), upstream, !ta, false),
  ]
}

/** How the matrices of a batch lie where they are no block of their own: heads of sequences, side by side in its rows. */
export interface HeadPlaces {
  /** Matrices of one sequence. */
  readonly heads: number
  /** Elements from the sequence's start to the first head. */
  readonly first: number
  /** Elements from one sequence, one head, one row to the next. */
  readonly sequence: number
  readonly head: number
  readonly row: number
}

/** Where the sides of a batched product lie; a side that is not named is a block of its own. */
export interface ProductPlaces {
  readonly a?: HeadPlaces
  readonly b?: HeadPlaces
  readonly out?: HeadPlaces
}

/** The kernel's words between the addresses and the bias: sides, strides and places, in elements. */
export function matmulWords(node: Node, { a, b, out }: ProductPlaces = {}): readonly number[] {
  const { batch, rows, columns, depth } = productOf(...inputShapes(node), node.attributes)
  const heads = (a ?? b ?? out)?.heads ?? 1
  const place = (size: number, at?: HeadPlaces): readonly number[] => [at?.sequence ?? heads * size, at?.head ?? size]
  const [wideA, wideB] = [a?.row ?? 0, b?.row ?? 0]
  const [rowA, depthA] = transposed(node.attributes, 'transposeA') ? [1, wideA || rows] : [wideA || depth, 1]
  const [depthB, columnB] = transposed(node.attributes, 'transposeB') ? [1, wideB || depth] : [wideB || columns, 1]
  return [
    ...[batch, rows, columns, depth, rowA, depthA, depthB, columnB, heads],
    ...[...place(rows * depth, a), ...place(depth * columns, b), ...place(rows * columns, out), out?.row ?? columns],
  ]
}

/**
 * Matrix product `C[m, n] = sum over k of A[m, k] B[k, n]`, either side transposed on request, leading sides a batch.
 *
 * Every element is the sum, in order, of blocks of 256 terms; a block is one chain of fused multiply-adds from 0. This
 * order depends on K alone, not on the register block or on the number of threads.
 */
export const matmul: Op = {
  name: 'matmul',
  onnx: 'MatMul',
  shape([a = [], b = []], attributes) {
    const { rows, columns } = productOf(a, b, attributes)
    return [...a.slice(0, -2), rows, columns]
  },
  gradient,
  reference([a, b], output, attributes) {
    if (a === undefined || b === undefined) throw new Error('internal: matmul: two inputs')
    const { batch, rows, columns, depth } = productOf(a.shape, b.shape, attributes)
    const ta = transposed(attributes, 'transposeA')
    const tb = transposed(attributes, 'transposeB')
    for (let n = 0; n < batch; n++) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let total = 0
          for (let k = 0; k < depth; k++) {
            const x = a.data[n * rows * depth + (ta ? k * rows + i : i * depth + k)] ?? Number.NaN
            const y = b.data[n * depth * columns + (tb ? j * depth + k : k * columns + j)] ?? Number.NaN
            total += x * y
          }
          output.data[(n * rows + i) * columns + j] = total
        }
      }
    }
  },
  kernel: {
    name: 'matmul',
    // the last two words are the bias and the activation of the fused form (exec/fuse.ts)
    arguments: (node, at) => [...inputsOf(node, 2).map(at), at(node), ...matmulWords(node), 0, 0],
  },
  flops(node) {
    const [a, b] = inputShapes(node)
    const { batch, rows, columns, depth } = productOf(a, b, node.attributes)
    return 2 * batch * rows * columns * depth
  },
}
