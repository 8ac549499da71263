/** The parameters that one step moved most, with their bus numbers before and after. */
import type { TaughtStep } from '../../../../core/spec/index.ts'
import type { Frame } from '../../../../shared/frame.ts'
import type { RunInfo } from '../../../../shared/protocol.ts'
import { mapNetwork } from '../../../map/network.ts'
import { largestOfGaps, plateNumber, type Sign, signOf } from '../../../map/plates.ts'
import { mapValues } from '../../../map/scene.ts'
import { type RoutePlace, routePlace, type Selection } from '../../../map/selection.ts'
import { type ParameterPlace, parameterPlace } from '../../parameter-place.ts'

/** One of them. */
export interface MovedRow {
  readonly selection: Selection
  readonly place: ParameterPlace
  readonly from: number
  readonly to: number
  /** Bus numbers; null for a bias, which no line stands for, and where no frames are known. */
  readonly plates: { readonly before: number; readonly after: number } | null
  readonly sign: Sign
}

/** The frames around the step. */
export interface StepFrames {
  readonly before: Frame
  readonly after: Frame
}

/** A row for each parameter that `step` names and the run still has. */
export function movedRows(info: RunInfo, step: TaughtStep, frames: StepFrames | null): readonly MovedRow[] {
  const network = mapNetwork(info)
  const sides = [frames?.before ?? null, frames?.after ?? null].map((frame) => {
    const { contributions } = mapValues(network, frame)
    return { contributions, largest: contributions.length === 0 ? [] : largestOfGaps(network, contributions) }
  })
  return step.moved.flatMap(({ name, index, from, to }) => {
    const kind = name.endsWith('bias') ? 'bias' : 'weight'
    const selection: Selection = { kind, parameter: name, index }
    const place = parameterPlace(info, selection, 'map')
    if (place === null) return []
    const gap = routePlace(network, selection)?.gap
    const [before, after] = sides.map(({ contributions, largest }) => {
      const contribution = contributions[place.position]
      return gap === undefined || contribution === undefined ? null : plateNumber(contribution, largest[gap] ?? 0)
    })
    const plates = before == null || after == null ? null : { before, after }
    return [{ selection, place, from, to, plates, sign: signOf(to) }]
  })
}

/** The lines of the map that the step moved most. */
export function movedRoutes(info: RunInfo, step: TaughtStep): readonly RoutePlace[] {
  const network = mapNetwork(info)
  return step.moved.flatMap(({ name, index }) => {
    const place = routePlace(network, { kind: 'weight', parameter: name, index })
    return place === null ? [] : [place]
  })
}
