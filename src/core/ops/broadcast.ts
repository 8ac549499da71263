/** Shapes under broadcasting (NumPy's rule): sides are aligned at the end and are equal or 1. */
import { type Builder, type Node, sameShape, type Shape, sizeOf } from '../graph/node.ts'

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

/** Folds an elementwise pair into at most four axes with strides for each side, joining axes that lie together. */
export function foldStrides(a: Shape, b: Shape, target: Shape): { sides: number[]; a: number[]; b: number[] } {
  const stridesA = broadcastStrides(a, target)
  const stridesB = broadcastStrides(b, target)
  const sides: number[] = []
  const foldedA: number[] = []
  const foldedB: number[] = []
  target.forEach((side, axis) => {
    if (side === 1) return
    const last = sides.length - 1
    const strideA = stridesA[axis] ?? 0
    const strideB = stridesB[axis] ?? 0
    if (last >= 0 && foldedA[last] === strideA * side && foldedB[last] === strideB * side) {
      sides[last] = (sides[last] ?? 1) * side
      foldedA[last] = strideA
      foldedB[last] = strideB
    } else {
      sides.push(side)
      foldedA.push(strideA)
      foldedB.push(strideB)
    }
  })
  while (sides.length < 4) {
    sides.unshift(1)
    foldedA.unshift(0)
    foldedB.unshift(0)
  }
  if (sides.length > 4) throw new RangeError(`broadcast: at most 4 axes after joining, got [${target}] of ${sizeOf(target)}`)
  return { sides, a: foldedA, b: foldedB }
}
