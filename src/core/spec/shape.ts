/** Changes of a network's shape that say which layer and which stop goes on as which. */
import { Fault } from './fault.ts'
import type { LayerSpec } from './layers.ts'

/** One change of the list of hidden layers; layers and stops count from 0. */
export type ShapeChange =
  /** New layers before the one that is at `at` now. */
  | { readonly kind: 'insert'; readonly at: number; readonly layers: readonly unknown[] }
  | { readonly kind: 'remove'; readonly at: number }
  /** The layer at `at` becomes the one at `to`. */
  | { readonly kind: 'move'; readonly at: number; readonly to: number }
  /** `count` new stops behind the others. */
  | { readonly kind: 'grow'; readonly at: number; readonly count: number }
  /** Just these stops go, the others keep their numbers. */
  | { readonly kind: 'prune'; readonly at: number; readonly stops: readonly number[] }

/** For each new one the old one that it goes on from; null for one that begins. */
export type Ancestors = readonly (number | null)[]

/** Which old layer and stops those of a changed network go on from. */
export interface Continuation {
  /** Of hidden layers. */
  readonly layers: Ancestors
  /** By new hidden layer, where its stops are others. */
  readonly stops: Readonly<Record<number, Ancestors>>
}

/** What a change makes of the layers. The new layers are not checked yet. */
export interface Reshaped {
  readonly network: readonly unknown[]
  readonly continuation: Continuation
}

/** What a change of shape would do, said beforehand. */
export interface ShapePlan {
  /** Parameters that stay as they are, that begin, that go. */
  readonly kept: number
  readonly fresh: number
  readonly gone: number
  /** All parameters, before and after. */
  readonly count: readonly [before: number, after: number]
  /** Loss of the training data, before and right after. */
  readonly loss: readonly [before: number, after: number]
}

/** How much the stops of a layer do. */
export interface Usefulness {
  /**
   * `loss`: by how much the loss of the training data would rise without the stop. `carried`: the mean of |output| over
   * rows of the data times the sum of |weights| that leave it, where the first would take long.
   */
  readonly measure: 'loss' | 'carried'
  /** Of each stop. */
  readonly values: readonly number[]
  /** Stops from the least useful on. */
  readonly order: readonly number[]
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** The number of stops of a layer that may be chosen, under the name that the recipe gives it; null where it follows. */
export function widthOf(layer: LayerSpec): { readonly key: 'units' | 'filters'; readonly units: number } | null {
  if (layer.layer === 'dense') return { key: 'units', units: layer.units }
  return layer.layer === 'conv2d' ? { key: 'filters', units: layer.filters } : null
}

function refuse(at: number, count: number): never {
  throw new Fault('RECIPE-020', { count }, `network.${at}`)
}

/** Layers of residual blocks that keep a width keep the new one. */
function rewidened(layer: LayerSpec, from: number, to: number): LayerSpec {
  if (layer.layer !== 'residual') return layer
  const layers = layer.layers.map((inner) => {
    const width = widthOf(inner)
    return width?.units === from ? { ...inner, [width.key]: to } : rewidened(inner, from, to)
  })
  return { ...layer, layers }
}

/** Kinds whose output has the width of their input. */
const passing: ReadonlySet<LayerSpec['layer']> = new Set([
  'dropout',
  'layer-norm',
  'rms-norm',
  'batch-norm',
  'group-norm',
  'residual',
  'max-pool',
  'avg-pool',
  'global-pool',
  'flatten',
])

/** True for a layer that has as many stops as the one before it. */
export const keepsWidth = ({ layer }: LayerSpec): boolean => passing.has(layer)

function resized(network: readonly LayerSpec[], at: number, stops: Ancestors): Reshaped {
  const layer = network[at]
  const width = layer === undefined ? null : widthOf(layer)
  if (layer === undefined || width === null) return refuse(at, network.length)
  const last = network.findIndex((spec, index) => index > at && !keepsWidth(spec))
  const end = last < 0 ? network.length : last
  const follow = numbers(end - at).map((i) => at + i)
  return {
    network: network.map((spec, index) => {
      if (index === at) return { ...spec, [width.key]: stops.length }
      return index > at && index < end ? rewidened(spec, width.units, stops.length) : spec
    }),
    continuation: {
      layers: numbers(network.length),
      stops: Object.fromEntries(follow.map((index) => [index, stops])),
    },
  }
}

/** What a change makes of a list of hidden layers. Throws `RECIPE-020` for a layer or stop that is not there. */
export function reshape(network: readonly LayerSpec[], change: ShapeChange): Reshaped {
  const { at } = change
  const count = network.length
  const same = numbers(count)
  const isThere = Number.isInteger(at) && at >= 0 && at < count + (change.kind === 'insert' ? 1 : 0)
  if (!isThere) refuse(at, count)
  switch (change.kind) {
    case 'insert':
      return {
        network: [...network.slice(0, at), ...change.layers, ...network.slice(at)],
        continuation: {
          layers: [...same.slice(0, at), ...change.layers.map(() => null), ...same.slice(at)],
          stops: {},
        },
      }
    case 'remove':
      return {
        network: network.filter((_, index) => index !== at),
        continuation: { layers: same.filter((index) => index !== at), stops: {} },
      }
    case 'move': {
      if (!(Number.isInteger(change.to) && change.to >= 0 && change.to < count)) refuse(change.to, count)
      const layers = same.filter((index) => index !== at)
      layers.splice(change.to, 0, at)
      return { network: layers.map((index) => network[index]), continuation: { layers, stops: {} } }
    }
    case 'grow': {
      const units = widthOf(network[at] ?? { layer: 'flatten' })?.units ?? 0
      return resized(network, at, [...numbers(units), ...numbers(change.count).map(() => null)])
    }
    case 'prune': {
      const units = widthOf(network[at] ?? { layer: 'flatten' })?.units ?? 0
      const gone = change.stops.find((stop) => !(Number.isInteger(stop) && stop >= 0 && stop < units))
      if (gone !== undefined) throw new Fault('RECIPE-020', { count: units }, `network.${at}.${gone}`)
      return resized(
        network,
        at,
        numbers(units).filter((stop) => !change.stops.includes(stop)),
      )
    }
  }
}

const inverted = (ancestors: Ancestors, count: number): Ancestors =>
  numbers(count).map((old) => {
    const found = ancestors.indexOf(old)
    return found < 0 ? null : found
  })

/** The way back: for each old layer and stop the new one that went on from it. `before` are the old layers. */
export function wayBack({ layers, stops }: Continuation, before: readonly LayerSpec[]): Continuation {
  const old = inverted(layers, before.length)
  const width = (index: number): number => {
    const own = before[index]
    const chosen = own === undefined ? null : widthOf(own)
    return chosen?.units ?? (index > 0 ? width(index - 1) : 0)
  }
  const entries = Object.entries(stops).flatMap(([key, list]) => {
    const index = layers[Number(key)]
    return index === null || index === undefined ? [] : [[index, inverted(list, width(index))] as const]
  })
  return { layers: old, stops: Object.fromEntries(entries) }
}

/** What goes on as what where nobody said: layers of one kind from the beginning, then from the end. */
export function likelyContinuation(before: readonly LayerSpec[], after: readonly LayerSpec[]): Continuation {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head]?.layer === after[head]?.layer) head++
  let tail = 0
  while (tail < most - head && before.at(-1 - tail)?.layer === after.at(-1 - tail)?.layer) tail++
  const layers = after.map((_, index) => {
    if (index < head) return index
    const fromEnd = after.length - index
    return fromEnd <= tail ? before.length - fromEnd : null
  })
  return { layers, stops: {} }
}
