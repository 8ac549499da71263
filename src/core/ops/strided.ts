/** Walks through a value along strides: the reference and the words of the kernels `arrange` and `pad`. */
import type { Attributes, Shape } from '../graph/node.ts'
import { joinAxes } from './broadcast.ts'

/** Axes that the movement kernels loop over, after joining. */
const movementAxes = 5

/** Element strides of a dense row-major value. */
export function denseStrides(shape: Shape): readonly number[] {
  const strides = new Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1)
  return strides
}

/** Calls `visit(i, at)` for the elements i of a dense `shape` in order, `at` the place that the strides lead to. */
export function walk(shape: Shape, strides: readonly number[], visit: (i: number, at: number) => void): void {
  const size = shape.reduce((product, side) => product * side, 1)
  for (let i = 0; i < size; i++) {
    let rest = i
    let at = 0
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const side = shape[axis] ?? 1
      at += (rest % side) * (strides[axis] ?? 0)
      rest = Math.floor(rest / side)
    }
    visit(i, at)
  }
}

/** Five sides and five strides. Throws RangeError where more axes are left after joining. */
export function stridedWords(op: string, shape: Shape, strides: readonly number[]): readonly number[] {
  const folded = joinAxes(op, shape, [strides], movementAxes)
  return [...folded.sides, ...folded.strides.flat()]
}

/** A list of whole numbers among the attributes. */
export function listAttribute(attributes: Attributes, name: string): readonly number[] {
  const list = attributes[name]
  if (!Array.isArray(list) || !list.every((item) => Number.isInteger(item))) {
    throw new Error(`internal: attribute ${name} is a list of whole numbers`)
  }
  return list
}
