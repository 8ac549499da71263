/** One parameter looked at closely: its slope, the loss against it, what would be lost without it. */
import type { Program } from '../exec/program.ts'
import { differentiate, Graph } from '../graph/graph.ts'
import type { Storage } from '../graph/node.ts'
import { lossNode } from '../nn/loss.ts'
import { forward } from '../nn/network.ts'
import { Fault, type Passport, type Sweep } from '../spec/index.ts'
import { gatherEffect } from '../train/effects.ts'
import { placeOf, placesOf } from '../train/places.ts'
import { gradientRoots, leavesOf, outputOf, targetLeaf, targetWidth } from '../train/programs.ts'
import type { Session } from '../train/session.ts'
import { cellOf, perWorkshop, type Workshop } from '../train/workshop.ts'
import { damageOf } from './damage.ts'
import { updateParts } from './update-parts.ts'

/** Rows of one run of the slope's program; larger data is done in parts. */
const chunkRows = 1024
/** A range chosen for a sweep reaches at least this far to both sides. */
const smallestReach = 1

/** Who looks from where: a row of inputs, an output. */
export interface Viewpoint {
  readonly input: Float32Array | null
  readonly destination: number | null
}

/** The place of a parameter. Throws `EDIT-001` for an unknown one. */
function knownPlace(session: Session, name: string, index: number): number {
  const place = placeOf(session.parameters, name, index)
  if (place === undefined) throw new Fault('EDIT-001', { parameter: name, index }, `parameters.${name}.${index}`)
  return place
}

interface SlopeProgram {
  readonly gradients: Storage
  run(rows: number, cursor: number): void
}

/** Gradients of the mean loss of stretches of the training data, as the scores see it: without dropout and penalties. */
const slopes = perWorkshop((workshop: Workshop): SlopeProgram => {
  const { backend, network, at } = workshop
  const gradients: Storage = { name: 'look.gradients', shape: [network.parameterCount] }
  const byRows = new Map<number, { run(steps: number): number }>()
  return {
    gradients,
    run(rows, cursor) {
      const runnable = byRows.get(rows) ?? backend.load(slopeProgram(workshop, gradients, rows))
      byRows.set(rows, runnable)
      backend.write(at.cursor, [cursor])
      runnable.run(1)
    },
  }
})

function slopeProgram({ recipe, dataset, network, at }: Workshop, flat: Storage, rows: number): Program {
  const graph = new Graph()
  const inputs: Storage = { name: 'look.inputs', shape: [rows, dataset.inputWidth] }
  const targets: Storage = { name: 'look.targets', shape: [rows, targetWidth(dataset)] }
  const leaves = leavesOf(graph, network, at)
  const output = outputOf(forward(graph, network, leaves, graph.leaf(inputs)))
  const loss = lossNode(graph, recipe, network.task, output, targetLeaf(graph, network, targets))
  const gradients = differentiate(
    graph,
    loss,
    graph.leaf(at.one),
    network.parameters.map((info) => leaves.parameter(info.name)),
  )
  return {
    before: [
      gatherEffect(at.train.inputs, null, at.cursor, inputs),
      gatherEffect(at.train.targets, null, at.cursor, targets),
    ],
    roots: gradientRoots(network, gradients, flat),
    after: [],
    cursor: null,
    advanceBy: 0,
    guard: null,
  }
}

/** Slope of the mean loss of all training data against one parameter. */
function slopeAt({ workshop }: Session, place: number): number {
  const { backend, dataset } = workshop
  const { count } = dataset.train
  const { gradients, run } = slopes(workshop)
  let total = 0
  for (let first = 0; first < count; first += chunkRows) {
    const rows = Math.min(chunkRows, count - first)
    run(rows, first)
    total += (backend.read(gradients)[place] ?? 0) * rows
  }
  return total / count
}

/** Runs something with a parameter at another value and puts it back. */
function withValue<Result>({ workshop }: Session, place: number, value: number, look: () => Result): Result {
  const { backend, at } = workshop
  const cell = cellOf(at.parameters, place)
  const kept = backend.read(cell)[0] ?? 0
  backend.write(cell, [value])
  try {
    return look()
  } finally {
    backend.write(cell, [kept])
  }
}

/** The mean loss of all training data at `points` values of one parameter, everything else as it is. */
export function sweepOf(
  session: Session,
  name: string,
  index: number,
  range: { readonly from: number | null; readonly to: number | null; readonly points: number },
): Sweep {
  const place = knownPlace(session, name, index)
  const value = session.readParameters()[place] ?? 0
  const reach = Math.max(smallestReach, Math.abs(value))
  const [from, to] = [range.from ?? value - reach, range.to ?? value + reach]
  const values = Array.from({ length: range.points }, (_, i) =>
    Math.fround(from + ((to - from) * i) / (range.points - 1)),
  )
  const losses = values.map((at) => withValue(session, place, at, () => session.evaluate().trainLoss))
  return { values, losses, value, loss: session.evaluate().trainLoss, slope: slopeAt(session, place) }
}

/** Stops that a parameter joins: of a weight of a dense layer or a convolution both, of its bias its own. */
function stopsOf(session: Session, place: number): { from: number | null; to: number | null } {
  const [found] = placesOf(session.parameters, [place])
  const layer = session.layers[found?.info.layer ?? 0]
  const before = session.layers[(found?.info.layer ?? 0) - 1]
  const hasRows = layer?.kind === undefined || layer.kind === 'conv2d'
  if (found === undefined || before === undefined || !hasRows) return { from: null, to: null }
  if (found.info.kind === 'bias') return { from: null, to: found.index }
  const width = found.info.size / (found.info.shape[0] ?? 1)
  const each = width / before.units
  const to = Math.floor(found.index / width)
  return { from: Number.isInteger(each) ? Math.floor((found.index % width) / each) : null, to }
}

function carriedBy(session: Session, place: number, layer: number, view: Viewpoint): Passport['contribution'] {
  if (view.input === null || view.destination === null) return null
  const all = session.contributions(view.input, view.destination)
  const total = session.parameters
    .filter((info) => info.layer === layer)
    .reduce(
      (sum, { offset, size }) =>
        all.subarray(offset, offset + size).reduce((part, carried) => part + Math.abs(carried), sum),
      0,
    )
  const value = all[place] ?? 0
  return { value, share: total > 0 ? Math.abs(value) / total : 0 }
}

/** All about one parameter but its history, which is kept outside; from now on its updates are watched. */
export function passportOf(session: Session, name: string, index: number, view: Viewpoint): Omit<Passport, 'history'> {
  const place = knownPlace(session, name, index)
  const info = session.parameters.find((parameter) => parameter.name === name)
  if (info === undefined) throw new Error(`internal: no tensor ${name}`)
  const { record, recent } = session.hand.watch.look(place)
  const optimizer = session.recipe.training.optimizer.name
  const { frozen, off } = session.hand.holds.at(place)
  const damage = damageOf(session, [place], view.input)
  return {
    name,
    index,
    kind: info.kind,
    layer: info.layer,
    ...stopsOf(session, place),
    value: session.readParameters()[place] ?? 0,
    frozen,
    off,
    gradient: session.readGradients()[place] ?? 0,
    slope: slopeAt(session, place),
    loss: damage.loss[0],
    update: record === null ? null : updateParts(optimizer, record, info.kind === 'weight'),
    recent: [...recent],
    contribution: carriedBy(session, place, info.layer, view),
    damage,
  }
}
