/** Looks into a network as it is: what its stops compute for rows of inputs. Nothing is changed. */
import { type LayerInfo, valueCount, valueStrides } from '../spec/index.ts'
import type { Housed } from './make.ts'

/** Probabilities or values: [rows, inputWidth] -> [rows, outputWidth], for texts [rows, positions x outputWidth]. */
export function predictRows({ machine, network, dataset }: Housed, inputs: Float32Array): Float32Array {
  const width = dataset.outputWidth * network.positions
  const result = new Float32Array((inputs.length / dataset.inputWidth) * width)
  machine.probe(inputs, (first, _rows, _sums, activations) => {
    const last = activations.at(-1)
    if (last !== undefined) result.set(last, first * width)
  })
  return result
}

/**
 * One row's sums and activations, a number a stop (both hold the inputs at the input's stops); of a stop that computes a
 * picture or a sequence the mean.
 */
export interface Inspection {
  readonly sums: Float32Array
  readonly activations: Float32Array
  /** By layer all that its stops compute, [channels, height, width] or [steps, width], where that is more than a number. */
  readonly whole: readonly (Float32Array | null)[]
}

/** Writes a number a stop: the value, or the mean of its values. They begin at `from` of all `values`. */
export function putStops(values: ArrayLike<number>, from: number, layer: LayerInfo, into: Float32Array): void {
  const each = valueCount(layer) / layer.units
  const stride = valueStrides(layer)
  for (let stop = 0; stop < layer.units; stop++) {
    let sum = 0
    for (let n = 0; n < each; n++) sum += values[from + stop * stride.stop + n * stride.value] ?? 0
    into[layer.firstNode + stop] = sum / each
  }
}

/** Runs one row through the network and keeps what every stop computes. */
export function inspectRow({ machine, network }: Housed, input: Float32Array): Inspection {
  const count = network.layers.reduce((sum, { units }) => sum + units, 0)
  const result = { sums: new Float32Array(count), activations: new Float32Array(count) }
  const whole: (Float32Array | null)[] = []
  machine.probe(input, (_first, _rows, sums, activations) => {
    network.layers.forEach((layer, index) => {
      const [before, after] = index === 0 ? [input, input] : [sums[index - 1] ?? [], activations[index - 1] ?? []]
      putStops(before, 0, layer, result.sums)
      putStops(after, 0, layer, result.activations)
      whole.push(layer.shape === undefined ? null : Float32Array.from(after))
    })
  })
  return { ...result, whole }
}

/** All that each layer computes for many rows, layer after layer: [rows, inputWidth] -> [values, rows]. */
export function activationsOf({ machine, network, dataset }: Housed, inputs: Float32Array): Float32Array {
  const width = dataset.inputWidth
  const count = inputs.length / width
  const sizes = network.layers.map(valueCount)
  const result = new Float32Array(sizes.reduce((sum, size) => sum + size, 0) * count)
  const put = (values: ArrayLike<number>, size: number, at: number, first: number, rows: number): void => {
    for (let row = 0; row < rows; row++) {
      for (let n = 0; n < size; n++) result[(at + n) * count + first + row] = values[row * size + n] ?? 0
    }
  }
  put(inputs, width, 0, 0, count)
  machine.probe(inputs, (first, rows, _sums, activations) => {
    let at = width
    sizes.slice(1).forEach((size, index) => {
      put(activations[index] ?? [], size, at, first, rows)
      at += size
    })
  })
  return result
}
