/** A training step taken apart: what every layer computes for its batch, forth and back, and what the update makes of it. */
import type { Runnable } from '../exec/program.ts'
import { differentiate, type Graph, opNamed } from '../graph/graph.ts'
import { type Node, type Storage, sizeOf } from '../graph/node.ts'
import type { LayerValues } from '../nn/layer.ts'
import {
  Fault,
  type LayerInfo,
  learnsByPraise,
  type ParameterInfo,
  type UpdateParts,
  valueCount,
} from '../spec/index.ts'
import { putStops } from '../train/look.ts'
import { placesOf } from '../train/places.ts'
import { stepGraph } from '../train/programs.ts'
import type { Rehearsal } from '../train/rehearse.ts'
import type { Session } from '../train/session.ts'
import { perWorkshop, type Workshop } from '../train/workshop.ts'
import { updateParts } from './update-parts.ts'

/** Numbers that may be kept of all layers for a batch: 128 MiB; and how many each stop has (`Kept`). */
const mostNumbers = 2 ** 25
const numbersOfStop = 5

/** What is kept of a layer after the input, [rows, units] each; null where there is none. */
export interface Kept<Of> {
  readonly sums: Of
  readonly activations: Of
  /** Slopes of the loss at the sums and at the activations. */
  readonly deltas: Of | null
  readonly pulls: Of | null
  /** Slope of the activation; null where it is not one of single stops, or is 1. */
  readonly bends: Of | null
}

interface ApartProgram {
  readonly runnable: Runnable
  readonly inputs: Storage
  readonly targets: Storage
  readonly own: Storage
  readonly layers: readonly Kept<Storage>[]
}

/** Whether a formula says what a single stop of the layer computes: a dense layer of a vector. */
export const isStopWise = ({ kind, shape, role }: LayerInfo): boolean =>
  kind === undefined && shape === undefined && role !== 'input'

/** The weights [out, in] of such a layer, and its bias [out]. */
export const tensorOf = (
  parameters: readonly ParameterInfo[],
  layer: number,
  kind: 'weight' | 'bias',
): ParameterInfo | undefined => parameters.find((info) => info.layer === layer && info.kind === kind)

/** The slope of a layer's activation at its sums, by the rule of its op alone; null where it is 1. */
function bendOf(graph: Graph, { sums, activations }: LayerValues, ones: Storage): Node | null {
  const rule = opNamed(activations.op).gradient
  if (sums === activations || rule === 'backwardOnly') return null
  return rule({ node: activations, upstream: graph.leaf(ones), build: graph, input: () => sums })[0] ?? null
}

/** The ordinary step's graph without its update, every value in between kept. */
function apartProgram({ backend, recipe, dataset, network, at }: Workshop, rows: number): ApartProgram {
  const { graph, before, inputs, targets, values, own, loss } = stepGraph(recipe, dataset, network, at, rows)
  const roots: { node: Node; into: Storage }[] = []
  const keep = (node: Node, name: string): Storage => {
    const into: Storage = { name: `apart.${name}`, shape: node.shape }
    roots.push({ node, into })
    return into
  }
  const keepAny = (node: Node | null | undefined, name: string): Storage | null =>
    node == null ? null : keep(node, name)
  const wanted = values.flatMap(({ sums, activations }) => [sums, activations])
  const slopes = differentiate(graph, loss, graph.leaf(at.one), wanted)
  const layers = values.map((value, index): Kept<Storage> => {
    const info = network.layers[index + 1]
    const isBent = info !== undefined && isStopWise(info) && info.activation !== 'softmax'
    const ones: Storage = { name: 'apart.ones', shape: value.sums.shape }
    const bend = isBent ? bendOf(graph, value, ones) : null
    if (bend !== null) backend.write(ones, new Float32Array(sizeOf(ones.shape)).fill(1))
    return {
      sums: keep(value.sums, `sums.${index}`),
      activations: keep(value.activations, `activations.${index}`),
      deltas: keepAny(slopes[2 * index], `deltas.${index}`),
      pulls: keepAny(slopes[2 * index + 1], `pulls.${index}`),
      bends: keepAny(bend, `bends.${index}`),
    }
  })
  const program = { before, roots, after: [], cursor: null, advanceBy: 0, guard: null }
  const ownAt = keep(own, 'own')
  return { runnable: backend.load(program), inputs, targets, own: ownAt, layers }
}

const programs = perWorkshop((workshop: Workshop) => {
  const byRows = new Map<number, ApartProgram>()
  return (rows: number): ApartProgram => {
    const known = byRows.get(rows) ?? apartProgram(workshop, rows)
    byRows.set(rows, known)
    return known
  }
})

/** A step taken apart; its numbers stay as they are while the session goes on. */
export interface StepApart {
  readonly rehearsal: Rehearsal
  /** Places of the batch's rows in the training data. */
  readonly samples: readonly number[]
  readonly inputs: ArrayLike<number>
  readonly targets: ArrayLike<number>
  /** Mean loss of the batch, without what layers add to it. */
  readonly own: number
  readonly layers: readonly Kept<ArrayLike<number>>[]
  /** All parameters after the step: held ones as they were. */
  readonly to: Float32Array
}

/** The step that the session's next batch is. Throws `RUN-009` for praise, `RUN-010` where it is too large. */
export function takeApart(session: Session): StepApart {
  const { workshop, layers, batchSize } = session
  if (learnsByPraise(session.recipe)) throw new Fault('RUN-009')
  const stops = layers.reduce((sum, layer) => sum + valueCount(layer), 0)
  if (numbersOfStop * stops * batchSize > mostNumbers) throw new Fault('RUN-010', { rows: batchSize, stops })
  const rehearsal = session.rehearse()
  const { rows, cursor } = rehearsal.batch
  const { backend, at } = workshop
  const program = programs(workshop)(rows)
  const cursorBefore = backend.read(at.cursor).slice()
  backend.write(at.cursor, [cursor])
  program.runnable.run(1)
  backend.write(at.cursor, cursorBefore)
  const copy = (storage: Storage): ArrayLike<number> => backend.read(storage).slice()
  const copyAny = (storage: Storage | null): ArrayLike<number> | null => (storage === null ? null : copy(storage))
  const to = Float32Array.from(rehearsal.after[0])
  for (const place of session.hand.holds.places()) to[place] = rehearsal.before[0][place] ?? 0
  return {
    rehearsal,
    samples: Array.from(backend.read(at.order).subarray(cursor, cursor + rows)),
    inputs: copy(program.inputs),
    targets: copy(program.targets),
    own: backend.read(program.own)[0] ?? Number.NaN,
    layers: program.layers.map(({ sums, activations, deltas, pulls, bends }) => ({
      sums: copy(sums),
      activations: copy(activations),
      deltas: copyAny(deltas),
      pulls: copyAny(pulls),
      bends: copyAny(bends),
    })),
    to,
  }
}

/** The update of one parameter, taken apart. */
export function updateOf(session: Session, { rehearsal, to }: StepApart, place: number): UpdateParts {
  const { before, after, gradients, update, cells, batch } = rehearsal
  const at = ([, ...memories]: Rehearsal['before']): number[] => memories.map((memory) => memory[place] ?? 0)
  const [found] = placesOf(session.parameters, [place])
  const record = {
    step: batch.step,
    update,
    from: before[0][place] ?? 0,
    moved: after[0][place] ?? 0,
    to: to[place] ?? 0,
    gradient: gradients[place] ?? 0,
    memoryBefore: at(before),
    memoryAfter: at(after),
    cells,
  }
  return updateParts(session.recipe.training.optimizer.name, record, found?.info.kind === 'weight')
}

/** One row of the batch through all stops, the input's first: [nodes] of one kind of value (of pictures the mean); 0 where there is none. */
export function rowOfStops(
  { layers }: Pick<Session, 'layers'>,
  apart: StepApart,
  row: number,
  kind: keyof Kept<unknown>,
): Float32Array {
  const values = new Float32Array(layers.reduce((sum, { units }) => sum + units, 0))
  layers.forEach((info, layer) => {
    const isInput = layer === 0 && (kind === 'sums' || kind === 'activations')
    const all = isInput ? apart.inputs : (apart.layers[layer - 1]?.[kind] ?? [])
    putStops(all, row * valueCount(info), info, values)
  })
  return values
}
