/** What of the map an operation lights: its layer, the lines into it, the parameters that the update moved most. */
import type { Phase } from '../../core/spec/index.ts'
import type { MapNetwork } from './network.ts'
import type { MapValues } from './scene.ts'
import {
  type RoutePlace,
  routePlace,
  type Selection,
  type StopPlace,
  selectBias,
  selectWeight,
  stopPlace,
} from './selection.ts'

/** An operation as the map shows it. */
export interface MapOperation {
  readonly kind: Phase['kind']
  /** The layer that is lit; null at the update. */
  readonly layer: number | null
  /** The gap whose lines are lit; null for none. */
  readonly gap: number | null
  /** Lines and biases that the update moved most. */
  readonly routes: readonly RoutePlace[]
  readonly biases: readonly StopPlace[]
}

/** Parameters that moved most, the farthest first: their places among all. */
export function movedMost(before: Float32Array, after: Float32Array, count: number): number[] {
  const most: number[] = []
  const by = (place: number): number => Math.abs((after[place] ?? 0) - (before[place] ?? 0))
  for (let place = 0; place < before.length; place++) {
    const last = most[count - 1]
    if (by(place) === 0 || (last !== undefined && by(place) <= by(last))) continue
    const at = most.findIndex((other) => by(other) < by(place))
    most.splice(at < 0 ? most.length : at, 0, place)
    most.length = Math.min(count, most.length)
  }
  return most
}

/** The weight or bias of a place among all parameters, as far as the map draws it. */
export function selectionAt(network: MapNetwork, place: number): Selection | null {
  for (const [gap, { weight, ins, inner }] of network.gaps.entries()) {
    const index = place - (weight?.offset ?? 0)
    if (weight === null || index < 0 || index >= weight.size) continue
    const line = Math.floor(index / inner)
    return selectWeight(network, { gap, from: line % ins, to: Math.floor(line / ins), part: index % inner })
  }
  for (const [layer, { bias }] of network.layers.entries()) {
    const index = place - (bias?.offset ?? 0)
    if (bias !== null && index >= 0 && index < bias.size) return selectBias(network, { layer, index })
  }
  return null
}

/** Moved lines and biases that are lit. */
const mostLit = 6

/** What an operation lights. */
export function mapOperation(
  network: MapNetwork,
  { kind, layer }: Phase,
  { before, parameters }: MapValues,
): MapOperation {
  if (kind !== 'update') {
    const lit = layer ?? network.layers.length - 1
    return { kind, layer: lit, gap: kind === 'loss' ? null : lit - 1, routes: [], biases: [] }
  }
  const moved = movedMost(before, parameters, mostLit).map((place) => selectionAt(network, place))
  const routes = moved.map((selection) => routePlace(network, selection)).filter((route) => route !== null)
  const biases = moved.map((selection) => stopPlace(network, selection)).filter((stop) => stop !== null)
  return { kind, layer: null, gap: null, routes, biases }
}

/** The values that an operation has come to: on the way forth none of the layers after its own. */
export function valuesSoFar(network: MapNetwork, values: MapValues, { kind, layer }: MapOperation): MapValues {
  const next = network.layers[(layer ?? 0) + 1]
  if (kind !== 'forward' || next === undefined) return values
  const { sums, activations } = values
  return { ...values, sums: sums.subarray(0, next.firstNode), activations: activations.subarray(0, next.firstNode) }
}
