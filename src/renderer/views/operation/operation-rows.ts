/** The numbers of an operation as a table: the stops of its layer, or the parameters that its update moved most. */
import type { Phase } from '../../../core/spec/index.ts'
import type { RunInfo } from '../../../shared/protocol.ts'
import { percent, signed, significant } from '../../i18n/format.ts'
import { type MessageKey, t } from '../../i18n/index.ts'
import type { MapNetwork } from '../../map/network.ts'
import { movedMost, selectionAt } from '../../map/operation.ts'
import type { MapValues } from '../../map/scene.ts'
import { type Selection, selectNode } from '../../map/selection.ts'
import { type Captions, stopName } from '../../map/words.ts'
import { parameterPlace } from '../parameter-place.ts'

/** Rows that are told; of wider layers the map and its keys lead to the others. */
const mostRows = 64
const mostMoved = 10
const digits = 4

/** A row: what it is of, its numbers, and what choosing it selects. */
export interface OperationRow {
  readonly name: string
  readonly numbers: readonly string[]
  readonly selection: Selection | null
}

/** Heads of the columns, rows, and how many more there are. */
export interface OperationTable {
  readonly title: MessageKey
  readonly heads: readonly MessageKey[]
  readonly rows: readonly OperationRow[]
  readonly more: number
}

const number = (value: number | undefined): string => (value === undefined ? '—' : significant(value, digits))

function movedTable(
  info: RunInfo,
  network: MapNetwork,
  { before, parameters }: MapValues,
  captions: Captions,
): OperationTable {
  const rows = movedMost(before, parameters, mostMoved).flatMap((place): OperationRow[] => {
    const tensor = info.parameters.find(({ offset, size }) => place >= offset && place < offset + size)
    if (tensor === undefined) return []
    const own: Selection = { kind: tensor.kind, parameter: tensor.name, index: place - tensor.offset }
    const [from = 0, to = 0] = [before[place], parameters[place]]
    const name = parameterPlace(info, own, captions)?.words ?? tensor.name
    const numbers = [signed(from, digits), signed(to, digits), (to > from ? '+' : '') + significant(to - from, 3)]
    return [
      { name: tensor.kind === 'bias' ? `b · ${name}` : name, numbers, selection: selectionAt(network, place) ?? own },
    ]
  })
  return { title: 'operation.moved', heads: ['operation.before', 'operation.after', 'operation.change'], rows, more: 0 }
}

const headsOf: Readonly<Record<Exclude<Phase['kind'], 'update'>, readonly MessageKey[]>> = {
  forward: ['operation.sum', 'operation.value'],
  loss: ['operation.answer', 'operation.wanted'],
  backward: ['operation.slope'],
}

/** The table of an operation. */
export function operationTable(
  info: RunInfo,
  network: MapNetwork,
  phase: Phase,
  values: MapValues,
  captions: Captions,
): OperationTable {
  if (phase.kind === 'update') return movedTable(info, network, values, captions)
  const layer = phase.layer ?? network.layers.length - 1
  const { firstNode = 0, units = 0 } = network.layers[layer] ?? {}
  const isClasses = network.task === 'classes'
  const numbersOf = (stop: number): readonly string[] => {
    const node = firstNode + stop
    const { sums, activations, deltas, wanted } = values
    if (phase.kind === 'forward') return [number(sums[node]), number(activations[node])]
    if (phase.kind === 'backward') return [number(deltas[node])]
    const answer = isClasses ? `${percent(activations[node] ?? null)} %` : number(activations[node])
    return [answer, number(wanted[stop])]
  }
  const rows = Array.from(
    { length: Math.min(mostRows, units) },
    (_, stop): OperationRow => ({
      name: stopName(network, layer, stop, captions, t),
      numbers: numbersOf(stop),
      selection: selectNode(network, { layer, index: stop }),
    }),
  )
  return { title: 'operation.stops', heads: headsOf[phase.kind], rows, more: units - rows.length }
}
