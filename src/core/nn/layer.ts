/** What every kind of layer declares, and what a layer is given when its part of the graph is made. */
import type { Builder, Node } from '../graph/node.ts'
import { Fault, type LayerSpec, type ParameterInfo } from '../spec/index.ts'

/** One row of a layer's input or output: vector [n], sequence [t, c] or picture [c, h, w]. */
export interface Row {
  readonly sides: readonly number[]
  /** Set where the row is a list of tokens [t]: how many there are. */
  readonly vocabulary?: number
  /** Set behind a rotary position layer: attention turns queries and keys. */
  readonly isRotary?: boolean
  /** Set where a picture was laid flat: its [c, h, w], by which a vector still has a stop a channel. */
  readonly flat?: readonly number[]
}

/** What a layer computes on the way: the sums before the activation and the activations. */
export interface LayerValues {
  readonly sums: Node
  readonly activations: Node
  /** More that is worth seeing: attention's probabilities, the load of the experts. */
  readonly watched?: Readonly<Record<string, Node>>
}

export type TensorSpec = Pick<ParameterInfo, 'name' | 'kind' | 'shape' | 'start'>

/** Numbers that a layer keeps without learning them. */
export interface BufferSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly value: number
}

/** What only training does. */
export interface Training {
  /** Number of the step, a scalar. */
  readonly step: Node
  readonly seed: number
  /** Number of the next dropout of the network, from 0. */
  nextDropout(): number
  /** Lets running statistics follow those of the batch after the step. */
  follow(statistics: Node, running: Node, count: number): void
  /** Adds a scalar to the loss. */
  penalise(loss: Node): void
}

export interface LayerContext {
  readonly build: Builder
  /** A parameter of this layer by its own name. */
  parameter(name: string): Node
  /** Buffers of this layer that lie side by side, the first by name, under one shape. */
  buffer(name: string, shape: readonly number[]): Node
  readonly training: Training | null
}

/** One kind of layer. `at` is the layer's path in the recipe, for faults. */
export interface LayerKind<Spec extends LayerSpec> {
  /** Shape of one row of the output. Throws `NETWORK-00…` where the input does not suit. */
  outputRow(spec: Spec, input: Row, at: string): Row
  parameters(spec: Spec, input: Row): readonly TensorSpec[]
  buffers?(spec: Spec, input: Row): readonly BufferSpec[]
  /** x [rows, ...input] -> [rows, ...output] */
  forward(context: LayerContext, spec: Spec, x: Node, input: Row): LayerValues
}

/** A layer with its numbers. */
export interface BoundLayer {
  outputRow(input: Row, at: string): Row
  parameters(input: Row): readonly TensorSpec[]
  buffers(input: Row): readonly BufferSpec[]
  forward(context: LayerContext, x: Node, input: Row): LayerValues
}

/** Puts a kind and its numbers together. */
export function boundLayer<Spec extends LayerSpec>(kind: LayerKind<Spec>, spec: Spec): BoundLayer {
  return {
    outputRow: (input, at) => kind.outputRow(spec, input, at),
    parameters: (input) => kind.parameters(spec, input),
    buffers: (input) => kind.buffers?.(spec, input) ?? [],
    forward: (context, x, input) => kind.forward(context, spec, x, input),
  }
}

/** The same context for a part whose tensors have `prefix` before their names. */
export function withinLayer(context: LayerContext, prefix: string): LayerContext {
  return {
    ...context,
    parameter: (name) => context.parameter(prefix + name),
    buffer: (name, shape) => context.buffer(prefix + name, shape),
  }
}

/** The same value as sums and activations. */
export const sameValues = (value: Node): LayerValues => ({ sums: value, activations: value })

/** A node under another shape. */
export function reshaped(build: Builder, x: Node, shape: readonly number[]): Node {
  return build.apply('reshape', [x], { shape })
}

/** A row of the same kind under other sides; tokens end here. */
export function rowOf(input: Row, sides: readonly number[]): Row {
  return input.isRotary === true ? { sides, isRotary: true } : { sides }
}

type Form = 'sequence' | 'picture' | 'tokens'

const forms: Readonly<Record<Form, { readonly rank: number; readonly en: string; readonly ko: string }>> = {
  sequence: { rank: 2, en: 'a sequence [steps, width]', ko: '순서가 있는 입력 [단계, 너비]' },
  picture: { rank: 3, en: 'a picture [channels, height, width]', ko: '그림 [채널, 높이, 너비]' },
  tokens: { rank: 1, en: 'tokens of a text', ko: '글의 토큰' },
}

/** The sides of a row of that form. Throws `NETWORK-002` for another. */
export function sidesOf(layer: string, form: Form, input: Row, at: string): readonly number[] {
  const { rank, en, ko } = forms[form]
  const isTokens = input.vocabulary !== undefined
  if (input.sides.length !== rank || isTokens !== (form === 'tokens')) {
    throw new Fault(
      'NETWORK-002',
      { layer, 'wanted.en': en, 'wanted.ko': ko, given: `[${input.sides.join(', ')}]` },
      at,
    )
  }
  return input.sides
}

/** Refuses tokens, which are numbers of words and no quantities. */
export function refuseTokens(layer: string, input: Row, at: string): void {
  if (input.vocabulary === undefined) return
  const given = `[${input.sides.join(', ')}]`
  throw new Fault('NETWORK-002', { layer, 'wanted.en': 'numbers', 'wanted.ko': '숫자', given }, at)
}
