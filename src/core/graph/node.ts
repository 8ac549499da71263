/** The graph's vocabulary: values with static shapes, made by ops from other values. */

export type Shape = readonly number[]

/** Named memory that outlives a step: a parameter, a batch, a result that someone reads. */
export interface Storage {
  readonly name: string
  readonly shape: Shape
  /** Set where this is a stretch of another storage: the element at which it begins. */
  readonly within?: { readonly storage: Storage; readonly first: number }
}

/** What an op needs to know beyond its inputs; plain data, so that a graph can be written down. */
export type Attributes = Readonly<Record<string, unknown>>

/** One value; `id` grows in the order of making, so inputs always come first. */
export interface Node {
  readonly id: number
  /** Name in the list of ops, or `storage` for a leaf. */
  readonly op: string
  readonly inputs: readonly Node[]
  readonly attributes: Attributes
  readonly shape: Shape
  /** Set for leaves only. */
  readonly storage?: Storage
}

/** Makes nodes; given to gradient rules so that a backward pass is a graph like any other. */
export interface Builder {
  apply(op: string, inputs: readonly Node[], attributes?: Attributes): Node
}

/** Number of elements; 1 for a scalar's empty shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((side, axis) => side === b[axis])
}

/** The first `count` inputs, all present. Throws where an op was given fewer: `op: needs n inputs, got m`. */
export function inputsOf(node: Node, count: number): readonly Node[] {
  if (node.inputs.length !== count)
    throw new Error(`internal: ${node.op}: needs ${count} inputs, got ${node.inputs.length}`)
  return node.inputs
}
