/** Compute threads for the core, lent by Node: idle ones are used again, so an edit of the network starts none. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Crew, type CrewPlace, followCrew } from '../../core/exec/crew.ts'

/** A crew of `size` threads, the caller being the first; `dispose` ends the others. */
export interface NodeCrew extends Crew {
  /** Threads that run, busy or idle, without the caller. */
  readonly started: number
  /** Threads that wait for a place. */
  readonly idle: number
  dispose(): void
}

/** The follower's text: it needs no file of its own, so it runs alike from source, bundle and package. */
const source = `const { parentPort } = require('node:worker_threads')
const follow = ${followCrew.toString()}
parentPort.on('message', (place) => { follow(place); parentPort.postMessage('free') })`

/** Threads that an app may use without slowing its own window: half of the processors, at most eight. */
export function computeThreads(): number {
  return Math.max(1, Math.min(8, Math.floor(availableParallelism() / 2)))
}

/** Lends `size - 1` threads; each is started when it is first needed. */
export function createCrew(size: number): NodeCrew {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const newThread = (): Worker => {
    const thread = new Worker(source, { eval: true, execArgv: [] })
    thread.unref()
    thread.on('message', () => idle.push(thread))
    // a thread that fails never joins, and the leader goes on alone
    thread.on('error', (error) => process.stderr.write(`compute thread: ${error.stack ?? error.message}\n`))
    all.add(thread)
    return thread
  }
  return {
    size,
    get started() {
      return all.size
    },
    get idle() {
      return idle.length
    },
    start(place: CrewPlace) {
      const thread = idle.pop() ?? newThread()
      thread.postMessage(place)
    },
    dispose() {
      for (const thread of all) void thread.terminate()
      all.clear()
    },
  }
}
