/** The label beside what is pointed at: where it stands and what it says. */
import { fixed, signed, whole } from '../i18n/format.ts'
import { biasBox } from './hit.ts'
import { heldWords, type MapHolds, marksOf } from './holds.ts'
import { joinedTotal } from './joined.ts'
import type { MapLayout } from './layout.ts'
import { type LineNumbers, lineNumbers } from './line-words.ts'
import type { MapLayer, MapNetwork } from './network.ts'
import { type Box, largestOfGaps, plateNumber } from './plates.ts'
import { emptyPath, pointOnRoute, routePath } from './routes.ts'
import type { MapValues } from './scene.ts'
import { parameterPosition, type RoutePlace, routePlace, type Selection, stopPlace } from './selection.ts'
import { type Captions, stopPath, type Translate, tokenAt } from './words.ts'

export interface TipRow {
  readonly name: string
  readonly value: string
}

export interface Tip {
  readonly title: string
  readonly rows: readonly TipRow[]
  /** That it is frozen or off; empty where it is neither. */
  readonly held: string
  /** Where the metaphor of buses ends, said at the place where it does; null elsewhere and in the maths caption. */
  readonly note: string | null
  /** Point of the map that is meant. */
  readonly x: number
  readonly y: number
}

/** Box around a selection on the map; null for what is not there. */
export function selectionBox(network: MapNetwork, layout: MapLayout, selection: Selection | null): Box | null {
  const route = routePlace(network, selection)
  if (route !== null) {
    const gap = layout.gaps[route.gap]
    if (gap === undefined) return null
    const { x, y } = pointOnRoute(routePath(layout, gap, route.to * gap.ins + route.from, emptyPath()), 0.5)
    return { x: x - 20, y: y - 20, width: 40, height: 40 }
  }
  const place = stopPlace(network, selection)
  const stop = place === null ? undefined : layout.stops[(network.layers[place.layer]?.firstNode ?? 0) + place.index]
  if (stop === undefined) return null
  const bias = selection?.kind === 'bias' ? biasBox(stop, layout.picture) : null
  return bias ?? { x: stop.x - stop.width / 2, y: stop.y - stop.height / 2, width: stop.width, height: stop.height }
}

/** What the number of a stop is: its value, or the mean of what it makes. */
const valueKey = (layer: MapLayer | undefined): 'map.value' | 'map.mean' | 'map.meanOfSteps' => {
  if (layer?.shape === undefined) return 'map.value'
  return layer.shape.length === 3 ? 'map.mean' : 'map.meanOfSteps'
}

/** A kernel or the weights of a picture: how many numbers, their sum, where they are used. */
function joinedRows(
  network: MapNetwork,
  values: MapValues,
  line: RoutePlace,
  { isKernel, size, count, places }: LineNumbers,
  t: Translate,
): TipRow[] {
  const sum = joinedTotal(network, values.parameters, line)
  const rows = [
    { name: t(isKernel ? 'map.kernel' : 'map.pixelWeights'), value: t('map.kernelNumbers', { size, count }) },
  ]
  if (values.parameters.length > 0) rows.push({ name: t('map.joinedSum'), value: signed(sum, 3) })
  if (isKernel) rows.push({ name: t('map.usedAt'), value: t('map.places', { count: whole(places) }) })
  return rows
}

function rowsOf(
  network: MapNetwork,
  values: MapValues,
  selection: Selection,
  numbers: Float32Array,
  captions: Captions,
  t: Translate,
): TipRow[] {
  const rows: TipRow[] = []
  const line = routePlace(network, selection)
  const numbersOfLine = line === null ? null : lineNumbers(network, line.gap)
  if (line !== null && numbersOfLine !== null) return joinedRows(network, values, line, numbersOfLine, t)
  const position = parameterPosition(network, selection)
  if (position !== null) {
    const value = values.parameters[position]
    if (value !== undefined)
      rows.push({ name: t(selection.kind === 'weight' ? 'map.weight' : 'map.bias'), value: signed(value, 4) })
    const gradient = values.gradients[position]
    if (gradient !== undefined) rows.push({ name: t('map.gradient'), value: signed(gradient, 5) })
    const route = routePlace(network, selection)
    const contribution = numbers[position]
    if (captions === 'map' && route !== null && contribution !== undefined) {
      const largest = largestOfGaps(network, numbers)[route.gap] ?? 0
      rows.push({ name: t('map.busNumber'), value: fixed(plateNumber(contribution, largest), 0) })
    }
    return rows
  }
  const place = stopPlace(network, selection)
  const layer = network.layers[place?.layer ?? -1]
  const activation = values.activations[selection.node ?? -1]
  if (layer?.tokens !== undefined) return [{ name: t('map.value'), value: tokenAt(layer, activation, t) }]
  if (activation !== undefined) rows.push({ name: t(valueKey(layer)), value: fixed(activation, 4) })
  const bias = layer?.bias ? values.parameters[layer.bias.offset + selection.index] : undefined
  if (bias !== undefined) rows.push({ name: t('map.bias'), value: signed(bias, 4) })
  return rows
}

/** Where buses are no longer a good picture: a weight below 0, a stop that bends, the end where all routes add up. */
function limitOf(network: MapNetwork, values: MapValues, selection: Selection, t: Translate): string | null {
  const position = parameterPosition(network, selection)
  const line = routePlace(network, selection)
  if (line !== null && lineNumbers(network, line.gap) !== null)
    return network.layers[line.gap + 1]?.kind === 'conv2d' ? t('limits.shared') : null
  if (selection.kind === 'weight') {
    return position !== null && (values.parameters[position] ?? 0) < 0 ? t('limits.negative') : null
  }
  const layer = network.layers[stopPlace(network, selection)?.layer ?? -1]
  if (layer === undefined || selection.kind === 'bias' || layer.role === 'input') return null
  if (layer.kind === 'conv2d') return t('limits.shared')
  if (layer.role === 'output') return t('limits.sum')
  return layer.activation === 'linear' || layer.activation === 'none' || layer.kind !== undefined
    ? null
    : t('limits.bend')
}

/** What the label says of a selection; `numbers` number the buses. Null where it has nothing to say. */
export function tipOf(
  network: MapNetwork,
  layout: MapLayout,
  values: MapValues,
  numbers: Float32Array,
  selection: Selection | null,
  captions: Captions,
  t: Translate,
  holds: MapHolds,
): Tip | null {
  const box = selectionBox(network, layout, selection)
  if (selection === null || box === null) return null
  const route = routePlace(network, selection)
  const place = stopPlace(network, selection)
  const name = (layer: number, index: number): string => stopPath(network, layer, index, captions, t)
  const title =
    route !== null
      ? `${name(route.gap, route.from)} → ${name(route.gap + 1, route.to)}`
      : name(place?.layer ?? 0, place?.index ?? 0)
  const rows = rowsOf(network, values, selection, numbers, captions, t)
  const stop = selection.kind === 'node' ? layout.stops[selection.node ?? -1] : undefined
  const labels = Math.max(0, (stop?.size.below ?? 0) - 6)
  return {
    title,
    rows,
    held: heldWords(marksOf(network, holds, selection), t).join(', '),
    note: captions === 'map' ? limitOf(network, values, selection, t) : null,
    x: box.x + box.width / 2,
    y: route === null ? box.y + box.height + labels : box.y + box.height / 2,
  }
}
