/**
 * Starts the training worker and relays: calls in, answers, events and frames out. It never looks inside them.
 * When the worker dies or hangs, everything pending is rejected and a new worker goes on from the last snapshots.
 */
import type { Worker, WorkerOptions } from 'node:worker_threads'
import { Fault, type FaultRecord, faultRecord } from '../../core/spec/index.ts'
import type { AppEvent, Lens } from '../../shared/protocol.ts'
import type { FromWorker, SavedRun, ToWorker, WorkerCallName, WorkerCalls } from './messages.ts'
import createTrainingWorker from './worker.ts?nodeWorker'

const CHECK_MS = 1000
/** A worker that says nothing for this long hangs: forty missed heartbeats. */
const HANG_MS = 10_000
/** More failures than this within a minute: the snapshots may be the cause, or the worker cannot start at all. */
const MAX_FAILURES = 3
const FAILURES_WITHIN_MS = 60_000

export interface HostOptions {
  readonly onEvent: (event: AppEvent) => void
  readonly onFrame: (client: string, run: string, frame: ArrayBuffer) => void
  readonly log: (line: string) => void
  /** Another way to make the worker; tests end it from outside. */
  readonly createWorker?: (options: WorkerOptions) => Worker
  readonly hangMs?: number
}

export interface TrainingHost {
  call<Name extends WorkerCallName>(
    name: Name,
    argument: WorkerCalls[Name]['argument'],
  ): Promise<WorkerCalls[Name]['answer']>
  watch(client: string, run: string, lens: Lens): void
  /** The client is gone: nothing is kept or sent for it. */
  leave(client: string): void
  /** True while any run trains. */
  readonly training: boolean
  dispose(): Promise<void>
}

interface Pending {
  readonly resolve: (answer: unknown) => void
  readonly reject: (fault: FaultRecord) => void
}

class Host {
  readonly #options: HostOptions
  readonly #pending = new Map<number, Pending>()
  readonly #snapshots = new Map<string, SavedRun>()
  /** Credits given and not yet answered by a frame, so that a new worker honours them. */
  readonly #watches = new Map<string, Extract<ToWorker, { kind: 'watch' }>>()
  readonly #failures: number[] = []
  readonly #timer: NodeJS.Timeout
  #worker: Worker | null = null
  #restartFault: FaultRecord | null = null
  #nextId = 1
  #lastBeat = performance.now()
  #lastCheck = performance.now()
  #disposed = false
  training = false

  constructor(options: HostOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#checkBeat(), CHECK_MS)
    this.#timer.unref()
    this.#start()
  }

  call(name: WorkerCallName, argument: unknown): Promise<unknown> {
    const worker = this.#worker
    if (worker === null) return Promise.reject(new Fault('WORKER-003'))
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject: (fault) => reject(new Fault(fault.code, fault.values, fault.at)) })
      worker.postMessage({ kind: 'call', id, name, argument } satisfies ToWorker)
    })
  }

  watch(client: string, run: string, lens: Lens): void {
    const message = { kind: 'watch', client, run, lens } as const
    this.#watches.set(`${client} ${run}`, message)
    this.#worker?.postMessage(message)
  }

  leave(client: string): void {
    for (const [key, watch] of this.#watches) if (watch.client === client) this.#watches.delete(key)
    this.#worker?.postMessage({ kind: 'leave', client } satisfies ToWorker)
  }

  async dispose(): Promise<void> {
    this.#disposed = true
    clearInterval(this.#timer)
    const worker = this.#worker
    this.#worker = null
    this.#rejectAll(faultRecord(new Fault('WORKER-001')))
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = (this.#options.createWorker ?? createTrainingWorker)({ execArgv: [], name: 'training' })
    this.#worker = worker
    this.#lastBeat = performance.now()
    worker.on('message', (message: FromWorker) => {
      if (this.#worker === worker) this.#receive(message)
    })
    worker.on('error', (error) => this.#options.log(`training worker: ${error.stack ?? error.message}`))
    worker.on('exit', () => this.#ended(worker, faultRecord(new Fault('WORKER-001'))))
    return worker
  }

  #receive(message: FromWorker): void {
    this.#lastBeat = performance.now()
    switch (message.kind) {
      case 'answer':
        this.#take(message.id)?.resolve(message.answer)
        return
      case 'fault':
        this.#take(message.id)?.reject(message.fault)
        return
      case 'event':
        this.#options.onEvent(message.event)
        return
      case 'frame':
        this.#watches.delete(`${message.client} ${message.run}`)
        this.#options.onFrame(message.client, message.run, message.frame)
        return
      case 'snapshot':
        this.#snapshots.set(message.run, message.saved)
        return
      case 'closed':
        this.#snapshots.delete(message.run)
        return
      case 'restored':
        if (this.#restartFault !== null) {
          this.#options.onEvent({ kind: 'worker-restarted', fault: this.#restartFault, runs: message.runs })
        }
        this.#restartFault = null
        return
      case 'beat':
        this.training = message.training
        return
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    return pending
  }

  #rejectAll(fault: FaultRecord): void {
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const pending of waiting) pending.reject(fault)
  }

  #checkBeat(): void {
    const now = performance.now()
    const hangMs = this.#options.hangMs ?? HANG_MS
    // A late check means that the whole computer slept; the worker could not have answered either.
    if (now - this.#lastCheck > 3 * CHECK_MS) this.#lastBeat = now
    this.#lastCheck = now
    const worker = this.#worker
    if (worker === null || now - this.#lastBeat < hangMs) return
    this.#ended(worker, faultRecord(new Fault('WORKER-002', { seconds: Math.round(hangMs / 1000) })))
    worker.terminate().catch((error: unknown) => this.#options.log(`training worker would not end: ${String(error)}`))
  }

  #ended(worker: Worker, fault: FaultRecord): void {
    if (this.#disposed || this.#worker !== worker) return
    this.#worker = null
    this.training = false
    this.#options.log(`training worker ended: ${fault.code}`)
    this.#rejectAll(fault)
    const now = performance.now()
    this.#failures.push(now)
    while (now - (this.#failures[0] ?? now) > FAILURES_WITHIN_MS) this.#failures.shift()
    if (this.#failures.length > MAX_FAILURES) {
      this.#options.onEvent({ kind: 'worker-restarted', fault: faultRecord(new Fault('WORKER-003')), runs: [] })
      return
    }
    // The last try goes without snapshots: a run that ends every worker must not do so for ever.
    if (this.#failures.length === MAX_FAILURES) this.#snapshots.clear()
    this.#restartFault = fault
    const next = this.#start()
    next.postMessage({ kind: 'restore', runs: [...this.#snapshots.values()] } satisfies ToWorker)
    for (const watch of this.#watches.values()) next.postMessage(watch)
  }
}

/** Starts the worker and answers the host that speaks for it. */
export function startTrainingHost(options: HostOptions): TrainingHost {
  const host = new Host(options)
  return {
    // The worker answers each call by the type that `WorkerCalls` names for it.
    call: <Name extends WorkerCallName>(name: Name, argument: WorkerCalls[Name]['argument']) =>
      host.call(name, argument) as Promise<WorkerCalls[Name]['answer']>,
    watch: (client, run, lens) => host.watch(client, run, lens),
    leave: (client) => host.leave(client),
    get training() {
      return host.training
    },
    dispose: () => host.dispose(),
  }
}
