/** The routes from the inputs to one output, and what each of them carries. */
import type { Program } from '../exec/program.ts'
import { differentiate, Graph } from '../graph/graph.ts'
import type { Storage } from '../graph/node.ts'
import { forward } from '../nn/network.ts'
import { Fault, type ParameterInfo, type Route, type RouteList } from '../spec/index.ts'
import { leavesOf } from '../train/programs.ts'
import type { Session } from '../train/session.ts'
import { perWorkshop, type Workshop } from '../train/workshop.ts'

/** Slopes of the hidden layers' activations at the sums that a row makes, layer by layer. */
const slopeLooks = perWorkshop((workshop: Workshop): ((input: Float32Array) => readonly ArrayLike<number>[]) => {
  const { backend, dataset, network, at } = workshop
  const graph = new Graph()
  const inputs: Storage = { name: 'routes.inputs', shape: [1, dataset.inputWidth] }
  const values = forward(graph, network, leavesOf(graph, network, at), graph.leaf(inputs)).slice(0, -1)
  const parts = values.map(({ sums, activations }, index) => {
    const ones: Storage = { name: `routes.ones.${index}`, shape: activations.shape }
    const into: Storage = { name: `routes.slopes.${index}`, shape: activations.shape }
    // A linear layer's activations are its sums: its slope is 1, and there is nothing to compute.
    const node = sums === activations ? null : (differentiate(graph, activations, graph.leaf(ones), [sums])[0] ?? null)
    return { ones, into, node, units: activations.shape[1] ?? 0 }
  })
  const roots = parts.flatMap(({ node, into }) => (node === null ? [] : [{ node, into }]))
  const program: Program = { before: [], roots, after: [], cursor: null, advanceBy: 0, guard: null }
  const runnable = roots.length === 0 ? null : backend.load(program)
  for (const { ones, units } of parts) backend.write(ones, new Float32Array(units).fill(1))
  return (input) => {
    backend.write(inputs, input)
    runnable?.run(1)
    return parts.map(({ node, into, units }) => (node === null ? new Float32Array(units).fill(1) : backend.read(into)))
  }
})

/** A route so far: its last stop, what it carries, the route before that stop. */
interface Piece {
  readonly stop: number
  readonly carried: number
  readonly before: Piece | null
}

/** The pieces of a stop that carry most and least, `count` of each, and the sum of all |carried|. */
interface Reach {
  readonly most: readonly Piece[]
  readonly least: readonly Piece[]
  readonly total: number
}

/** Pieces that end at stop `to`: each source's, times its factor; a negative factor turns most into least. */
function reachOf(to: number, sources: readonly Reach[], factorOf: (from: number) => number, count: number): Reach {
  const most: Piece[] = []
  const least: Piece[] = []
  let total = 0
  sources.forEach((source, from) => {
    const factor = factorOf(from)
    total += source.total * Math.abs(factor)
    const turn = (before: Piece): Piece => ({ stop: to, carried: before.carried * factor, before })
    most.push(...(factor < 0 ? source.least : source.most).map(turn))
    least.push(...(factor < 0 ? source.most : source.least).map(turn))
  })
  most.sort((a, b) => b.carried - a.carried)
  least.sort((a, b) => a.carried - b.carried)
  return { most: most.slice(0, count), least: least.slice(0, count), total }
}

/** The weights of each gap. Throws `ROUTE-001` where a layer is not dense: no single pair of stops shares its numbers. */
function gapsOf({ layers, parameters }: Session): readonly ParameterInfo[] {
  return layers.slice(1).map((layer, index) => {
    const info = parameters.find((tensor) => tensor.layer === index + 1 && tensor.kind === 'weight')
    if (layer.kind !== undefined || layer.shape !== undefined || info === undefined) {
      throw new Fault('ROUTE-001', { layer: index + 1, kind: layer.kind ?? 'dense' }, `network.${index}`)
    }
    return info
  })
}

/**
 * The `count` routes that carry most to the sum of output `destination` for a row of inputs.
 *
 * A route takes one stop of each layer and carries `x_i w_ji f'(z_j) w_kj f'(z_k) … w`, to first order; its share is
 * |carried| over the sum of |carried| of all routes, so that all shares add up to 1. Biases are apart, and nodes bend, so
 * the carried amounts do not add up to the sum exactly. Inputs of 0 carry nothing and begin no route.
 */
export function strongestRoutes(session: Session, input: Float32Array, destination: number, count: number): RouteList {
  const gaps = gapsOf(session)
  const values = Float32Array.from(session.readParameters())
  const slopes = slopeLooks(session.workshop)(input).map((slope) => Float64Array.from(slope))
  let reaches: readonly Reach[] = Array.from(input, (carried, stop) => {
    const pieces = carried === 0 ? [] : [{ stop, carried, before: null }]
    return { most: pieces, least: pieces, total: Math.abs(carried) }
  })
  gaps.forEach(({ offset, shape: [outs = 0, ins = 0] }, gap) => {
    const isLast = gap === gaps.length - 1
    reaches = Array.from({ length: outs }, (_, to) => {
      if (isLast && to !== destination) return { most: [], least: [], total: 0 }
      const slope = isLast ? 1 : (slopes[gap]?.[to] ?? 0)
      return reachOf(to, reaches, (from) => (values[offset + to * ins + from] ?? 0) * slope, count)
    })
  })
  const end = reaches[destination]
  const total = end?.total ?? 0
  const starts = input.filter((value) => value !== 0).length
  return {
    names: gaps.map(({ name }) => name),
    routes: (end?.most ?? []).map((piece) => routeOf(piece, gaps, total)),
    count: gaps.slice(0, -1).reduce((product, { shape }) => product * (shape[0] ?? 0), starts),
    total,
  }
}

function routeOf(piece: Piece, gaps: readonly ParameterInfo[], total: number): Route {
  const stops: number[] = []
  for (let at: Piece | null = piece; at !== null; at = at.before) stops.unshift(at.stop)
  const weights = gaps.map(({ shape }, gap) => (stops[gap + 1] ?? 0) * (shape[1] ?? 0) + (stops[gap] ?? 0))
  return { stops, weights, carried: piece.carried, share: total > 0 ? Math.abs(piece.carried) / total : 0 }
}
