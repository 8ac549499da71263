/** Calls that go through a run's time: its moments, looking at one, going on or forking from there, the best one, why it ended. */
import type { Answer, Argument } from '../../shared/protocol.ts'
import { whyDiverged } from './fork.ts'
import type { Run } from './run.ts'
import type { Trainer } from './trainer.ts'

type PastName = 'run.moments' | 'run.look' | 'run.go-on' | 'run.best' | 'run.fork' | 'run.why'
type PastHandlers = { readonly [Name in PastName]: (argument: Argument<Name>) => Answer<Name> }

/** The handlers over a worker's runs. */
export function pastHandlers(trainer: Trainer): PastHandlers {
  const change = (id: string, work: (run: Run) => void): null => {
    const run = trainer.run(id)
    const { version } = run
    work(run)
    if (run.version !== version) trainer.announce(run)
    return null
  }
  return {
    'run.moments': ({ run }) => trainer.run(run).course.moments.list(),
    'run.look': ({ run, step }) => change(run, (found) => found.lookAt(step)),
    'run.go-on': ({ run }) => change(run, (found) => found.goOn()),
    'run.fork': ({ run, step, path, value }) => trainer.fork(run, step, path, value).info(),
    'run.why': ({ run }) => whyDiverged(trainer.run(run)),
    'run.best': ({ run }) => change(run, (found) => found.takeBest()),
  }
}
