/** Calls that teach by hand or look closer: what the model says, one parameter, the routes. */
import { heapsOf } from '../../core/explain/histogram.ts'
import { passportOf, sweepOf } from '../../core/explain/look.ts'
import { reportOf } from '../../core/explain/report.ts'
import { rideOn } from '../../core/explain/ride.ts'
import { strongestRoutes } from '../../core/explain/routes.ts'
import { Fault } from '../../core/spec/index.ts'
import { placeOf } from '../../core/train/places.ts'
import type { Answer, Argument } from '../../shared/protocol.ts'
import { passengerInputs } from './packing.ts'
import type { Run } from './run.ts'
import type { Trainer } from './trainer.ts'

type CloserName =
  | 'run.say'
  | 'run.reward'
  | 'run.ride'
  | 'run.parameter'
  | 'run.sweep'
  | 'run.routes'
  | 'run.report'
  | 'run.histograms'
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
      const history = run.trail.of(place)
      const isNew = history.at(-2) !== run.session.step
      return { ...known, history: [...history, ...(isNew ? [run.session.step, known.value] : [])] }
    },
    'run.sweep': ({ run, name, index, ...range }) => sweepOf(trainer.run(run).session, name, index, range),
    'run.routes': ({ run: id, passenger, destination, count }) => {
      const run = trainer.run(id)
      return strongestRoutes(run.session, inputOf(run, passenger), outputOf(run, destination), count)
    },
    'run.report': ({ run }) => reportOf(trainer.run(run).session),
    'run.histograms': ({ run: id, layer }) => {
      const run = trainer.run(id)
      const moments = [...run.heaps.moments.filter(({ step }) => step < run.session.step), heapsOf(run.session)]
      return moments.flatMap(({ step, epoch, layers }) => {
        const own = layers[layer]
        return own === undefined ? [] : [{ step, epoch, ...own }]
      })
    },
  }
}
