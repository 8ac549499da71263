/** A route written out: each bus with what boards it, its weight and what it brings; then the whole route. */
import { small } from '../../i18n/format.ts'
import type { MapNetwork } from '../../map/network.ts'
import { placesOfPictures } from '../../map/pictures.ts'
import type { MapValues } from '../../map/scene.ts'
import type { RoutePlace } from '../../map/selection.ts'

/** One bus of a route. */
export interface BusRow {
  readonly place: RoutePlace
  /** Tensor and index of the weight. */
  readonly name: string
  readonly index: number
  readonly weight: number
  /** x · w = what it brings to its stop. */
  readonly product: string
}

function bracketed(value: number): string {
  const text = small(value, 3)
  return text.startsWith('−') ? `(${text})` : text
}

/** What leaves the stop where a bus starts: its number, or of a picture one pixel. */
function boarding(network: MapNetwork, { activations, pictures }: MapValues, { gap, from, part }: RoutePlace): number {
  const picture = part === undefined ? null : placesOfPictures(network)[gap]
  if (!picture || part === undefined) return activations[(network.layers[gap]?.firstNode ?? 0) + from] ?? 0
  return pictures[picture.offset + from * picture.height * picture.width + part] ?? 0
}

/** The buses of a route: x is what leaves the stop where the bus starts. */
export function busRows(network: MapNetwork, values: MapValues, route: readonly RoutePlace[]): readonly BusRow[] {
  return route.flatMap((place) => {
    const gap = network.gaps[place.gap]
    if (gap === undefined || gap.weight === null) return []
    const index = (place.to * gap.ins + place.from) * gap.inner + (place.part ?? 0)
    const weight = values.parameters[gap.weight.offset + index] ?? 0
    const x = boarding(network, values, place)
    const product = `${bracketed(x)} · ${bracketed(weight)} = ${small(x * weight, 3)}`
    return [{ place, name: gap.weight.name, index, weight, product }]
  })
}

/** So many weights are written out in the product of a whole route. */
const writtenWeights = 4

/**
 * The whole route: input times all weights times what the bends of the stops between let through, which is what is
 * `carried` over the rest. Null where the rest is 0 or there is no route.
 */
export function wholeProduct(
  network: MapNetwork,
  values: MapValues,
  route: readonly RoutePlace[],
  carried: number,
): string | null {
  const rows = busRows(network, values, route)
  const [start] = route
  const input = start === undefined ? 0 : boarding(network, values, start)
  const product = rows.reduce((sum, { weight }) => sum * weight, input)
  if (rows.length === 0 || product === 0) return null
  const shown = rows.slice(0, writtenWeights).map(({ weight }) => bracketed(weight))
  const more = rows.length > writtenWeights ? ['…'] : []
  return `${[bracketed(input), ...shown, ...more].join(' · ')} · ${small(carried / product, 3)} = ${small(carried, 4)}`
}
