/** Looks into a network as it is: what its stops compute for rows of inputs. Nothing is changed. */
import type { Dataset } from '../data/dataset.ts'
import type { Network } from '../nn/network.ts'
import type { Machine } from './machine.ts'

/** A network in a machine's memory and the data that it was made for. */
export interface Looked {
  readonly machine: Machine
  readonly network: Network
  readonly dataset: Dataset
}

const nodeCount = (network: Network): number => network.layers.reduce((count, layer) => count + layer.units, 0)

/** Probabilities or values: [rows, inputWidth] -> [rows, outputWidth], for texts [rows, positions x outputWidth]. */
export function predictRows({ machine, network, dataset }: Looked, inputs: Float32Array): Float32Array {
  const width = dataset.outputWidth * network.positions
  const result = new Float32Array((inputs.length / dataset.inputWidth) * width)
  machine.probe(inputs, (first, _rows, _sums, activations) => {
    const last = activations.at(-1)
    if (last !== undefined) result.set(last, first * width)
  })
  return result
}

/** One row's sums and activations at every stop, the input's stops first (both hold the inputs there). */
export interface Inspection {
  readonly sums: Float32Array
  readonly activations: Float32Array
}

/** Runs one row through the network and keeps what every stop computes. */
export function inspectRow({ machine, network }: Looked, input: Float32Array): Inspection {
  const count = nodeCount(network)
  const result = { sums: new Float32Array(count), activations: new Float32Array(count) }
  result.sums.set(input)
  result.activations.set(input)
  machine.probe(input, (_first, _rows, sums, activations) => {
    network.layers.slice(1).forEach(({ firstNode }, index) => {
      result.sums.set(sums[index] ?? [], firstNode)
      result.activations.set(activations[index] ?? [], firstNode)
    })
  })
  return result
}

/** Activations of every stop for many rows: [rows, inputWidth] -> [nodes, rows]. */
export function activationsOf({ machine, network, dataset }: Looked, inputs: Float32Array): Float32Array {
  const width = dataset.inputWidth
  const count = inputs.length / width
  const result = new Float32Array(nodeCount(network) * count)
  const put = (values: ArrayLike<number>, units: number, firstNode: number, first: number, rows: number): void => {
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < units; unit++) {
        result[(firstNode + unit) * count + first + row] = values[row * units + unit] ?? 0
      }
    }
  }
  put(inputs, width, 0, 0, count)
  machine.probe(inputs, (first, rows, _sums, activations) => {
    network.layers.slice(1).forEach(({ firstNode, units }, index) => {
      put(activations[index] ?? [], units, firstNode, first, rows)
    })
  })
  return result
}
