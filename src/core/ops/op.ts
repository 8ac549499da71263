/** What every op declares: shape, gradient, reference, kernel. A missing part does not compile. */
import type { Attributes, Builder, Node, Shape } from '../graph/node.ts'

/** A dense row-major float64 value of the reference backend. */
export interface Tensor {
  readonly shape: Shape
  readonly data: Float64Array
}

/** What a gradient rule is given: the forward node and the gradient of the result with respect to its output. */
export interface GradientContext {
  readonly node: Node
  readonly upstream: Node
  readonly build: Builder
  /** Input number `index` of the forward node. */
  input(index: number): Node
}

/** Where a node's value lies in the wasm memory, in bytes. */
export type AddressOf = (node: Node) => number

/** How an op runs in wasm: the kernel's exported name and its arguments as 32-bit words. */
export interface Kernel {
  readonly name: string
  arguments(node: Node, at: AddressOf): readonly number[]
}

export interface Op {
  readonly name: string
  /** Shape of the output. Throws RangeError `op: rule, got shape` for inputs that do not fit. */
  shape(inputs: readonly Shape[], attributes: Attributes): Shape
  /** Gradients with respect to the inputs, null where an input has none; `backwardOnly` for ops that only gradients use. */
  readonly gradient: ((context: GradientContext) => readonly (Node | null)[]) | 'backwardOnly'
  /** The obvious float64 computation, the oracle for the kernel. */
  reference(inputs: readonly Tensor[], output: Tensor, attributes: Attributes): void
  /** `alias` for an op that only renames its input's memory. */
  readonly kernel: Kernel | 'alias'
  /** Floating-point operations of one evaluation; a fused multiply-add counts two. */
  flops(node: Node): number
  /** Operator of the ONNX standard set that exports it; null where only a backward pass uses it. */
  readonly onnx: string | null
}

const word = new DataView(new ArrayBuffer(4))

/** The bits of a float32 as a 32-bit word for a kernel's argument. */
export function floatWord(value: number): number {
  word.setFloat32(0, value, true)
  return word.getInt32(0, true)
}

/** A finite number among the attributes. */
export function numberAttribute(attributes: Attributes, name: string): number {
  const value = attributes[name]
  if (typeof value !== 'number') throw new Error(`internal: attribute ${name} is not a number`)
  return value
}
