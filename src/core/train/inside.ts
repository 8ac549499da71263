/** What a network computes for rows of inputs, stop by stop. */
import type { Network } from '../nn/network.ts'
import type { Machine, Values } from './machine.ts'

const nodeCount = ({ layers }: Network): number => layers.reduce((count, layer) => count + layer.units, 0)

/** Probabilities or values: [rows, inputWidth] -> [rows, outputWidth x positions]. */
export function predictRows(machine: Machine, inputs: Float32Array): Float32Array {
  const { dataset, network } = machine.workshop
  const width = dataset.outputWidth * network.positions
  const result = new Float32Array((inputs.length / dataset.inputWidth) * width)
  machine.probe(inputs, (first, _rows, _sums, activations) => {
    const last = activations.at(-1)
    if (last !== undefined) result.set(last, first * width)
  })
  return result
}

/** One row's sums and activations [nodes], the input's stops first (both hold the inputs there). */
export function inspectRow(machine: Machine, input: Float32Array): { sums: Float32Array; activations: Float32Array } {
  const { network } = machine.workshop
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
export function activationsOf(machine: Machine, inputs: Float32Array): Float32Array {
  const { dataset, network } = machine.workshop
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

/** The fast backend's values are float32 already; the oracle's are rounded. */
export const asFloat32 = (values: Values): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values)
