/** The formulas of one operation of a step, with the numbers that the core read and wrote. */
import { type OperationLine, type Phase, type Term, valueCount } from '../spec/index.ts'
import type { Session } from '../train/session.ts'
import { isStopWise, type Kept, rowOfStops, type StepApart, tensorOf } from './apart.ts'
import { lineOf, sumOf } from './line.ts'
import { lossLines, missLine } from './loss-lines.ts'

/** What is looked at: a row of the batch, a stop of the layer, and for a line the stop that it comes from. */
export interface OperationView {
  readonly row: number
  readonly stop: number
  readonly from: number | null
}

/** What the formulas of a layer read. */
interface Look extends OperationView {
  readonly session: Session
  readonly apart: StepApart
  readonly layer: number
}

/** A value of a layer at any row of the batch; of pictures one pixel. */
function valueAt({ session, apart }: Look, layer: number, kind: keyof Kept<unknown>, row: number, at: number): number {
  const info = session.layers[layer]
  const values = layer === 0 ? apart.inputs : (apart.layers[layer - 1]?.[kind] ?? [])
  return info === undefined ? 0 : (values[row * valueCount(info) + at] ?? 0)
}

/** All that a layer has of one kind for the row; the input's is the row itself. */
function rowOf(look: Look, layer: number, kind: keyof Kept<unknown>): Float32Array {
  const info = look.session.layers[layer]
  const length = info === undefined ? 0 : valueCount(info)
  return Float32Array.from({ length }, (_, at) => valueAt(look, layer, kind, look.row, at))
}

/** What the stop has of one kind: of a picture the mean. */
function ofStop({ session, apart, layer, row, stop }: Look, kind: keyof Kept<unknown>): number {
  return rowOfStops(session, apart, row, kind)[(session.layers[layer]?.firstNode ?? 0) + stop] ?? 0
}

const given = (value: number): OperationLine => lineOf('given', value, { value })

/** z = Σ w x + b, then the activation or the softmax. */
function forwardLines(look: Look): readonly OperationLine[] {
  const { session, apart, layer, stop } = look
  const info = session.layers[layer]
  const weight = tensorOf(session.parameters, layer, 'weight')
  const result = ofStop(look, 'activations')
  if (info === undefined || weight === undefined || !isStopWise(info)) return [given(result)]
  const values = apart.rehearsal.before[0]
  const ins = weight.shape[1] ?? 0
  const terms = Array.from(rowOf(look, layer - 1, 'activations'), (b, from): Term => {
    return { a: values[weight.offset + stop * ins + from] ?? 0, b, from }
  })
  const sums = rowOf(look, layer, 'sums')
  const z = sums[stop] ?? 0
  const bias = values[(tensorOf(session.parameters, layer, 'bias')?.offset ?? 0) + stop] ?? 0
  const sum = lineOf('sum', z, { bias }, sumOf(terms))
  if (info.activation === 'linear') return [sum]
  if (info.activation !== 'softmax') return [sum, lineOf('activation', result, { z })]
  const others = sums.reduce((total, other, index) => total + (index === stop ? 0 : Math.exp(other)), 0)
  return [sum, lineOf('softmax', result, { z, others })]
}

/** The slope of the loss at the stop's activation, from the layer after it, and at its sum. */
function slopeLines(look: Look): readonly OperationLine[] {
  const { session, apart, layer, row, stop } = look
  const delta = rowOf(look, layer, 'deltas')[stop] ?? 0
  if (layer === session.layers.length - 1) return [missLine(look, stop, delta)]
  const pull = rowOf(look, layer, 'pulls')[stop] ?? 0
  const next = session.layers[layer + 1]
  const weight = tensorOf(session.parameters, layer + 1, 'weight')
  const isSum = next !== undefined && isStopWise(next) && weight !== undefined
  const ins = weight?.shape[1] ?? 0
  const terms = Array.from({ length: isSum ? next.units : 0 }, (_, from): Term => {
    const a = apart.rehearsal.before[0][(weight?.offset ?? 0) + from * ins + stop] ?? 0
    return { a, b: valueAt(look, layer + 1, 'deltas', row, from), from }
  })
  const first = isSum ? lineOf('pulled', pull, {}, sumOf(terms)) : given(pull)
  const bends = apart.layers[layer - 1]?.bends
  const slope = bends === null || bends === undefined ? 1 : (rowOf(look, layer, 'bends')[stop] ?? 0)
  return [first, lineOf('bent', delta, { pull, slope })]
}

/** What the rows of the batch make of the slopes: at the chosen line (else the first), and at the stop's bias. */
function gradientLines(look: Look): readonly OperationLine[] {
  const { session, apart, layer, stop, from } = look
  return (['weight', 'bias'] as const).flatMap((kind) => {
    const tensor = tensorOf(session.parameters, layer, kind)
    if (tensor === undefined) return []
    const source = from ?? 0
    const terms = apart.samples.map((_, row): Term => {
      const a = valueAt(look, layer, 'deltas', row, stop)
      return { a, b: kind === 'bias' ? 1 : valueAt(look, layer - 1, 'activations', row, source), from: row }
    })
    const index = kind === 'bias' ? stop : stop * (tensor.shape[1] ?? 0) + source
    const result = apart.rehearsal.gradients[tensor.offset + index] ?? 0
    return [lineOf(`${kind}Gradient`, result, {}, sumOf(terms))]
  })
}

function backwardLines(look: Look): readonly OperationLine[] {
  const info = look.session.layers[look.layer]
  if (info === undefined || !isStopWise(info)) return [given(ofStop(look, 'deltas'))]
  return [...slopeLines(look), ...gradientLines(look)]
}

/** The formulas of an operation for one stop or line; those of the update are told by its parts. */
export function linesOf(
  session: Session,
  apart: StepApart,
  phase: Phase,
  view: OperationView,
): readonly OperationLine[] {
  const look = { session, apart, layer: phase.layer ?? session.layers.length - 1, ...view }
  if (phase.kind === 'forward') return forwardLines(look)
  if (phase.kind === 'backward') return backwardLines(look)
  return phase.kind === 'loss' ? lossLines(look) : []
}
