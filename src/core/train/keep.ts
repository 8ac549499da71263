/** What of a network's numbers stays when its shape changes. */
import { startValues } from '../nn/initialize.ts'
import { type Network, startBuffers } from '../nn/network.ts'
import type { Continuation } from '../spec/index.ts'
import { emptyState } from './machine.ts'
import type { Housed } from './make.ts'
import { begins, type Folded, passes, type Sources, sourcesOf } from './sources.ts'

/** The new parameters: old values, start values, 0 and 1. */
function keptValues({ places }: Sources, old: Float32Array, fresh: Float32Array): Float32Array {
  return fresh.map((start, i) => {
    const source = places[i] ?? begins
    if (source >= 0) return old[source] ?? 0
    if (source === begins) return start
    return source === passes ? 1 : 0
  })
}

/** One of the optimizer's memories: of what begins, nothing is remembered. */
const keptMemory = ({ places }: Sources, old: Float32Array): Float32Array =>
  Float32Array.from(places, (source) => (source >= 0 ? (old[source] ?? 0) : 0))

interface Affine {
  /** [out, in] */
  readonly weight: readonly number[][]
  readonly bias: readonly number[]
}

/** A dense layer's numbers; null where the layer has none (dropout). */
function affineOf({ parameters }: Network, values: Float32Array, layer: number): Affine | null {
  const weight = parameters.find((info) => info.layer === layer && info.kind === 'weight')
  const bias = parameters.find((info) => info.layer === layer && info.kind === 'bias')
  if (weight === undefined || bias === undefined) return null
  const [rows = 0, columns = 0] = weight.shape
  const row = (i: number): number[] => [
    ...values.subarray(weight.offset + i * columns, weight.offset + (i + 1) * columns),
  ]
  return {
    weight: Array.from({ length: rows }, (_, i) => row(i)),
    bias: [...values.subarray(bias.offset, bias.offset + bias.size)],
  }
}

/** `outer(inner(x))`: W = W_o W_i, b = W_o b_i + b_o. */
function composed(outer: Affine, inner: Affine): Affine {
  const dot = (row: readonly number[], column: (i: number) => number): number =>
    row.reduce((sum, value, i) => sum + value * column(i), 0)
  const width = inner.weight[0]?.length ?? 0
  return {
    weight: outer.weight.map((row) =>
      Array.from({ length: width }, (_, j) => dot(row, (i) => inner.weight[i]?.[j] ?? 0)),
    ),
    bias: outer.weight.map((row, o) => dot(row, (i) => inner.bias[i] ?? 0) + (outer.bias[o] ?? 0)),
  }
}

/**
 * A layer before which dense layers were taken out takes on what they did, as if they had not bent: exact where they were
 * linear, of first order around 0 else.
 */
function fold(
  { layer, old, from }: Folded,
  before: Network,
  values: Float32Array,
  after: Network,
  into: Float32Array,
): void {
  let whole = affineOf(before, values, old)
  for (let inner = old - 1; inner > from.layer; inner--) {
    const next = affineOf(before, values, inner)
    if (whole !== null && next !== null) whole = composed(whole, next)
  }
  const weight = after.parameters.find((info) => info.layer === layer && info.kind === 'weight')
  const bias = after.parameters.find((info) => info.layer === layer && info.kind === 'bias')
  if (whole === null || weight?.shape[0] !== whole.weight.length || weight.shape[1] !== from.stops.length) return
  const rows = whole.weight.map((row) => from.stops.map((stop) => (stop === null ? 0 : (row[stop] ?? 0))))
  into.set(rows.flat(), weight.offset)
  if (bias !== undefined) into.set(whole.bias, bias.offset)
}

const prefixOf = (name: string): string => name.slice(0, name.lastIndexOf('.') + 1)

/** The new network's buffers: old values where the layer and the channel go on, else their start. */
function keepBuffers(before: Network, old: Float32Array, after: Network, { places }: Sources): Float32Array {
  const values = startBuffers(after)
  for (const { name, offset, size } of after.buffers) {
    // Running statistics go with the norm's own scale, one for each channel.
    const scale = after.parameters.find((info) => info.name === `${prefixOf(name)}weight` && info.size === size)
    for (let i = 0; scale !== undefined && i < size; i++) {
      const source = places[scale.offset + i] ?? begins
      const info = before.parameters.find((one) => source >= one.offset && source < one.offset + one.size)
      if (info === undefined) continue
      const oldName = prefixOf(info.name) + name.slice(prefixOf(name).length)
      const kept = before.buffers.find((buffer) => buffer.name === oldName)
      if (kept !== undefined) values[offset + i] = old[kept.offset + source - info.offset] ?? 0
    }
  }
  return values
}

/**
 * Fills a new machine: parameters, buffers and, for the same optimizer, its state, as far as the old network has them.
 * Returns where each parameter comes from.
 */
export function keepState(old: Housed, made: Housed, continuation: Continuation): Int32Array {
  const fresh = startValues(made.network.parameters, made.recipe)
  const sameOptimizer = made.recipe.training.optimizer.name === old.recipe.training.optimizer.name
  const state = emptyState()
  old.machine.copyState(state)
  const [values = new Float32Array(), ...slots] = state.tensors
  const sources = sourcesOf(old.network, made.network, continuation)
  const kept = keptValues(sources, values, fresh)
  for (const folded of sources.folded) fold(folded, old.network, values, made.network, kept)
  made.machine.writeParametersAndSlots([kept, ...(sameOptimizer ? slots.map((slot) => keptMemory(sources, slot)) : [])])
  made.machine.write('buffers', keepBuffers(old.network, state.buffers, made.network, sources))
  made.machine.setUpdates(sameOptimizer ? state.updates : 0)
  return sources.places
}
