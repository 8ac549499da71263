/** Values of parameters before anything is learned. */
import { Stream } from '../data/random.ts'
import type { Initializer, ParameterInfo, Recipe, TrainingSpec } from '../spec/index.ts'
import { orthogonal } from './orthogonal.ts'

/** What an initialiser needs to know of a weight. */
interface Weight {
  readonly stream: Stream
  /** The weight as a matrix [rows, columns]. */
  readonly rows: number
  readonly columns: number
  readonly fanIn: number
  readonly fanOut: number
  /** `training.initialScale` */
  readonly scale: number
}

/** Makes the function that draws one value after the other, row by row. */
type Initialise = (weight: Weight) => () => number

const between = (stream: Stream, bound: number) => (): number => (2 * stream.uniform() - 1) * bound
const around = (stream: Stream, deviation: number) => (): number => stream.normal() * deviation

const initialisers: Readonly<Record<Initializer, Initialise>> = {
  /** U(-b, b), b = sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010, equation 16) */
  'xavier-uniform': ({ stream, fanIn, fanOut }) => between(stream, Math.sqrt(6 / (fanIn + fanOut))),
  /** N(0, 2 / (fanIn + fanOut)) */
  'xavier-normal': ({ stream, fanIn, fanOut }) => around(stream, Math.sqrt(2 / (fanIn + fanOut))),
  /** U(-b, b), b = sqrt(6 / fanIn) (He et al. 2015, section 2.2) */
  'he-uniform': ({ stream, fanIn }) => between(stream, Math.sqrt(6 / fanIn)),
  /** N(0, 2 / fanIn) */
  'he-normal': ({ stream, fanIn }) => around(stream, Math.sqrt(2 / fanIn)),
  /** U(-scale, scale); 0.5 as TensorFlow Playground */
  uniform: ({ stream, scale }) => between(stream, scale),
  /** N(0, scale^2) */
  normal: ({ stream, scale }) => around(stream, scale),
  orthogonal({ stream, rows, columns }) {
    const values = orthogonal(stream, rows, columns)
    let next = 0
    return () => values[next++] ?? 0
  },
  constant:
    ({ scale }) =>
    () =>
      scale,
  zeros: () => () => 0,
}

/** Biases start at 0; with `uniform` at 0.1, as in TensorFlow Playground. */
const biasOf = (initializer: Initializer): number => (initializer === 'uniform' ? 0.1 : 0)

/**
 * The start values of one tensor. Each tensor has a stream of its own, so that a network that grows keeps the start of
 * the tensors that stay.
 */
function initialValues(info: ParameterInfo, training: TrainingSpec, seed: number, index: number): Float32Array {
  const { initializer, initialScale: scale } = training
  const { start, size } = info
  if (start !== undefined && 'value' in start) return new Float32Array(size).fill(start.value)
  if (info.kind === 'bias') return new Float32Array(size).fill(biasOf(initializer))
  const stream = new Stream(seed, 'init', index)
  if (start !== undefined && 'deviation' in start) {
    return Float32Array.from({ length: size }, around(stream, start.deviation))
  }
  const rows = info.shape[0] ?? 1
  const columns = size / rows
  const { fanIn, fanOut } = start ?? { fanIn: columns, fanOut: rows }
  const draw = initialisers[initializer]({ stream, rows, columns, fanIn, fanOut, scale })
  return Float32Array.from({ length: info.size }, () => draw())
}

/** The start values of all tensors, one after the other. */
export function startValues(tensors: readonly ParameterInfo[], { training, seed }: Recipe): Float32Array {
  const values = new Float32Array(tensors.reduce((count, info) => count + info.size, 0))
  tensors.forEach((info, index) => {
    values.set(initialValues(info, training, seed, index), info.offset)
  })
  return values
}
