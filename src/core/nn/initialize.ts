/** Values of parameters before anything is learned. */
import { Stream } from '../data/random.ts'
import type { Initializer, ParameterInfo, Recipe } from '../spec/index.ts'

/** Draws one value; `fanIn` and `fanOut` are the numbers of inputs and outputs of the layer. */
type Draw = (stream: Stream, fanIn: number, fanOut: number) => number

const between = (stream: Stream, bound: number): number => (2 * stream.uniform() - 1) * bound

const draws: Readonly<Record<Initializer, Draw>> = {
  /** U(-b, b), b = sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010, equation 16) */
  'xavier-uniform': (stream, fanIn, fanOut) => between(stream, Math.sqrt(6 / (fanIn + fanOut))),
  /** N(0, 2 / (fanIn + fanOut)) */
  'xavier-normal': (stream, fanIn, fanOut) => stream.normal() * Math.sqrt(2 / (fanIn + fanOut)),
  /** U(-b, b), b = sqrt(6 / fanIn) (He et al. 2015, section 2.2) */
  'he-uniform': (stream, fanIn) => between(stream, Math.sqrt(6 / fanIn)),
  /** N(0, 2 / fanIn) */
  'he-normal': (stream, fanIn) => stream.normal() * Math.sqrt(2 / fanIn),
  /** U(-0.5, 0.5), as TensorFlow Playground */
  uniform: (stream) => between(stream, 0.5),
}

/** Biases start at 0; with `uniform` at 0.1, as in TensorFlow Playground. */
const biasOf = (initializer: Initializer): number => (initializer === 'uniform' ? 0.1 : 0)

/**
 * The start values of one tensor. Each tensor has a stream of its own, so that a network that grows keeps the start of
 * the tensors that stay.
 */
function initialValues(info: ParameterInfo, initializer: Initializer, seed: number, index: number): Float32Array {
  if (info.kind === 'bias') return new Float32Array(info.size).fill(biasOf(initializer))
  const [fanOut = 1, fanIn = 1] = info.shape
  const stream = new Stream(seed, 'init', index)
  const draw = draws[initializer]
  return Float32Array.from({ length: info.size }, () => draw(stream, fanIn, fanOut))
}

/** The start values of all tensors, one after the other. */
export function startValues(tensors: readonly ParameterInfo[], { training, seed }: Recipe): Float32Array {
  const values = new Float32Array(tensors.reduce((count, info) => count + info.size, 0))
  tensors.forEach((info, index) => {
    values.set(initialValues(info, training.initializer, seed, index), info.offset)
  })
  return values
}
