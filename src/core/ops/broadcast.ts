/** Shapes under broadcasting (NumPy's rule): sides are aligned at the end and are equal or 1. */
import { type Builder, type Node, type Shape, sameShape } from '../graph/node.ts'

/** Axes that the elementwise kernels loop over, after joining. */
const elementwiseAxes = 4

/** The shape that both broadcast to. Throws RangeError `op: sides are equal or 1, got a and b`. */
export function broadcastShape(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const sideA = a[axis - rank + a.length] ?? 1
    const sideB = b[axis - rank + b.length] ?? 1
    if (sideA !== sideB && sideA !== 1 && sideB !== 1) {
      throw new RangeError(`${op}: sides are equal or 1, got [${a}] and [${b}]`)
    }
    return sideA === 1 ? sideB : sideA
  })
}

/** Element strides of `shape` seen as `target`: 0 along the axes that are repeated. */
export function broadcastStrides(shape: Shape, target: Shape): readonly number[] {
  const strides = new Array<number>(target.length).fill(0)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis] ?? 1
    strides[axis + target.length - shape.length] = side === 1 ? 0 : stride
    stride *= side
  }
  return strides
}

/** Sums a gradient over the axes along which its value was repeated. */
export function sumTo(build: Builder, node: Node, shape: Shape): Node {
  if (sameShape(node.shape, shape)) return node
  const lead = node.shape.length - shape.length
  let value = node
  if (lead > 0) value = build.apply('sum', [value], { from: 0, to: lead })
  shape.forEach((side, axis) => {
    if (side === 1 && value.shape[axis] !== 1) {
      const kept = value.shape.map((old, other) => (other === axis ? 1 : old))
      value = build.apply('reshape', [build.apply('sum', [value], { from: axis, to: axis + 1 })], { shape: kept })
    }
  })
  return value
}

/** What a strided kernel loops over: the sides of the output and, for each input, how far a step along a side goes. */
export interface Folded {
  readonly sides: readonly number[]
  readonly strides: readonly (readonly number[])[]
}

/** Joins axes that every input walks through in one stride, then fills up with sides of 1 to `rank` axes. */
export function joinAxes(op: string, shape: Shape, strides: readonly (readonly number[])[], rank: number): Folded {
  const sides: number[] = []
  const folded: number[][] = strides.map(() => [])
  shape.forEach((side, axis) => {
    if (side === 1) return
    const last = sides.length - 1
    const steps = strides.map((of) => of[axis] ?? 0)
    if (last >= 0 && folded.every((of, input) => of[last] === (steps[input] ?? 0) * side)) {
      sides[last] = (sides[last] ?? 1) * side
      folded.forEach((of, input) => {
        of[last] = steps[input] ?? 0
      })
    } else {
      sides.push(side)
      folded.forEach((of, input) => {
        of.push(steps[input] ?? 0)
      })
    }
  })
  if (sides.length > rank) throw new RangeError(`${op}: at most ${rank} axes after joining, got [${shape}]`)
  const missing = new Array<number>(rank - sides.length)
  return { sides: [...missing.fill(1), ...sides], strides: folded.map((of) => [...missing.fill(0), ...of]) }
}

/** Folds an elementwise pair into four axes with strides for each side. */
export function foldStrides(
  a: Shape,
  b: Shape,
  target: Shape,
): { sides: readonly number[]; a: readonly number[]; b: readonly number[] } {
  const strides = [broadcastStrides(a, target), broadcastStrides(b, target)]
  const {
    sides,
    strides: [stridesA = [], stridesB = []],
  } = joinAxes('broadcast', target, strides, elementwiseAxes)
  return { sides, a: stridesA, b: stridesB }
}

/** The words of an elementwise kernel: four sides of the output, then four strides for each input. */
export function broadcastWords(op: string, inputs: readonly Shape[], output: Shape): readonly number[] {
  const strides = inputs.map((shape) => broadcastStrides(shape, output))
  const folded = joinAxes(op, output, strides, elementwiseAxes)
  return [...folded.sides, ...folded.strides.flat()]
}
