/** Calls that teach by hand or look closer: what the model says, one parameter, the routes. */
import { updateOf } from '../../core/explain/apart.ts'
import { linesOf } from '../../core/explain/apart-lines.ts'
import { damageOfGroup, usefulnessOf } from '../../core/explain/damage.ts'
import { heapsOf } from '../../core/explain/histogram.ts'
import { passportOf, sweepOf } from '../../core/explain/look.ts'
import { reportOf } from '../../core/explain/report.ts'
import { rideOn } from '../../core/explain/ride.ts'
import { strongestRoutes } from '../../core/explain/routes.ts'
import { Fault, faultRecord, type LayerInfo, valueCount } from '../../core/spec/index.ts'
import { knownPlaceOf, placeOf } from '../../core/train/places.ts'
import { planShape, refusalOf } from '../../core/train/plan-shape.ts'
import type { Answer, Argument } from '../../shared/protocol.ts'
import { passengerInputs } from './packing.ts'
import { pictureRows } from './pictures.ts'
import { datasetOf, type Run } from './run.ts'
import type { Trainer } from './trainer.ts'

type CloserName =
  | 'run.say'
  | 'run.reward'
  | 'run.ride'
  | 'run.parameter'
  | 'run.sweep'
  | 'run.reshape'
  | 'run.plan'
  | 'run.fits'
  | 'run.pictures'
  | 'run.usefulness'
  | 'run.damage'
  | 'run.routes'
  | 'run.report'
  | 'run.histograms'
  | 'run.operate'
  | 'run.operation'
  | 'run.update'
type CloserHandlers = { readonly [Name in CloserName]: (argument: Argument<Name>) => Answer<Name> }

/** The row of inputs of a passenger; throws `CALL-002` where there is none. */
function inputOf(run: Run, passenger: number): Float32Array {
  const input = passengerInputs(run.session.dataset, passenger)
  if (input !== null) return input
  throw new Fault('CALL-002', { path: 'passenger', expected: 'a row of the data', got: String(passenger) }, 'passenger')
}

/** An output that the network has; throws `CALL-002` for another. */
function outputOf(run: Run, destination: number): number {
  if (destination < run.session.dataset.outputWidth) return destination
  throw new Fault('CALL-002', { path: 'destination', expected: 'an output', got: String(destination) }, 'destination')
}

/** The last number that a layer computes for a row. */
const lastOf = (layer: LayerInfo | undefined): number => (layer === undefined ? 1 : valueCount(layer)) - 1

/** The formulas of the operation that is shown. */
function operationOf(run: Run, { row, stop, from }: Argument<'run.operation'>): Answer<'run.operation'> {
  const { open, phase } = run.operations
  const state = run.operations.state(row)
  if (open === null || phase === null || state === null) return null
  const layers = run.session.layers
  const layer = phase.layer ?? layers.length - 1
  const view = {
    row: state.row,
    stop: Math.min(stop, (layers[layer]?.units ?? 1) - 1),
    from: from === null ? null : Math.min(from, lastOf(layers[layer - 1])),
  }
  return { step: state.step, phase: open.phase, ...view, lines: linesOf(run.session, open.apart, phase, view) }
}

/** The handlers over a worker's runs. */
export function closerHandlers(trainer: Trainer): CloserHandlers {
  return {
    'run.say': ({ run: id, context, temperature }) => {
      const run = trainer.run(id)
      const said = run.session.say(context, temperature ?? undefined)
      run.changed()
      return said
    },
    'run.reward': ({ run: id, context, answer, reward }) => {
      const run = trainer.run(id)
      const before = JSON.stringify(run.notices())
      const taught = run.reward(context, answer, reward)
      if (JSON.stringify(run.notices()) !== before) {
        run.version++
        trainer.announce(run)
      }
      return taught
    },
    'run.ride': ({ run, text, ...options }) => rideOn(trainer.run(run).session, text, options),
    'run.parameter': ({ run: id, name, index, passenger, destination }) => {
      const run = trainer.run(id)
      const input = passenger === null ? null : inputOf(run, passenger)
      const view = { input, destination: destination === null ? null : outputOf(run, destination) }
      const known = passportOf(run.session, name, index, view)
      const place = placeOf(run.session.parameters, name, index) ?? 0
      const history = run.course.trail.of(place)
      const isNew = history.at(-2) !== run.session.step || history.at(-1) !== known.value
      return { ...known, history: [...history, ...(isNew ? [run.session.step, known.value] : [])] }
    },
    'run.sweep': ({ run, name, index, ...range }) => sweepOf(trainer.run(run).session, name, index, range),
    'run.reshape': ({ run: id, change }) => {
      const run = trainer.run(id)
      run.reshape(change, performance.now())
      return trainer.announce(run)
    },
    'run.plan': ({ run, change }) => planShape(trainer.run(run).session, change, datasetOf),
    'run.fits': ({ run: id, at, choices }) => {
      const { session } = trainer.run(id)
      return choices.map((layers) => {
        const refusal = refusalOf(session, { kind: 'insert', at, layers }, datasetOf)
        return refusal === null ? null : faultRecord(refusal)
      })
    },
    'run.pictures': ({ run, from, count }) => pictureRows(trainer.run(run).session.dataset, from, count),
    'run.usefulness': ({ run, layer }) => usefulnessOf(trainer.run(run).session, layer),
    'run.damage': ({ run: id, layer, node, passenger }) => {
      const run = trainer.run(id)
      return damageOfGroup(run.session, { layer, node }, passenger === null ? null : inputOf(run, passenger))
    },
    'run.routes': ({ run: id, passenger, destination, count }) => {
      const run = trainer.run(id)
      return strongestRoutes(run.session, inputOf(run, passenger), outputOf(run, destination), count)
    },
    'run.operate': ({ run: id, to }) => {
      const run = trainer.run(id)
      if (run.playing && to !== 'leave') trainer.pause(id)
      run.operations.move(to)
      return null
    },
    'run.operation': ({ run, ...view }) => operationOf(trainer.run(run), { run, ...view }),
    'run.update': ({ run, name, index }) => {
      const { session, operations } = trainer.run(run)
      const place = knownPlaceOf(session.parameters, name, index, `parameters.${name}.${index}`)
      return operations.open === null ? null : updateOf(session, operations.open.apart, place)
    },
    'run.report': ({ run }) => reportOf(trainer.run(run).session),
    'run.histograms': ({ run: id, layer }) => {
      const run = trainer.run(id)
      const moments = [...run.course.heaps.moments.filter(({ step }) => step < run.session.step), heapsOf(run.session)]
      return moments.flatMap(({ step, epoch, layers }) => {
        const own = layers[layer]
        return own === undefined ? [] : [{ step, epoch, ...own }]
      })
    },
  }
}
