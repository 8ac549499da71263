import { type Builder, type Node, sizeOf } from '../graph/node.ts'

/** Mean over the neighbouring axes `from` up to, not with, `to`: a sum and a factor. */
export function mean(build: Builder, x: Node, from: number, to: number): Node {
  const count = sizeOf(x.shape.slice(from, to))
  return build.apply('scale', [build.apply('sum', [x], { from, to })], { factor: 1 / count })
}
