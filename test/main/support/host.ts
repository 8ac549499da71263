/** A training host whose worker, events and frames a test has in its hands. */
import type { Worker, WorkerOptions } from 'node:worker_threads'
import { startTrainingHost, type TrainingHost } from '../../../src/main/training/host.ts'
import createTrainingWorker from '../../../src/main/training/worker.ts?nodeWorker'
import { type Frame, readFrame } from '../../../src/shared/frame.ts'
import type { AppEvent } from '../../../src/shared/protocol.ts'

/** The host, and what it brought. */
export interface HeldHost {
  readonly host: TrainingHost
  readonly workers: readonly Worker[]
  readonly events: readonly AppEvent[]
  nextFrame(): Promise<Frame>
  eventOf(kind: AppEvent['kind']): Promise<AppEvent>
}

/** Starts a host; the worker may be another one, and hang after another time. */
export function holdHost(
  createWorker: (options: WorkerOptions) => Worker = createTrainingWorker,
  hangMs?: number,
): HeldHost {
  const workers: Worker[] = []
  const events: AppEvent[] = []
  let onFrame: (frame: Frame) => void = () => {}
  let onEvent: (event: AppEvent) => void = () => {}
  const host = startTrainingHost({
    createWorker: (options) => {
      const worker = createWorker(options)
      workers.push(worker)
      return worker
    },
    onEvent: (event) => {
      events.push(event)
      onEvent(event)
    },
    onFrame: (_client, _run, frame) => onFrame(readFrame(frame)),
    log: () => {},
    ...(hangMs === undefined ? {} : { hangMs }),
  })
  const nextFrame = () => new Promise<Frame>((resolve) => (onFrame = resolve))
  const eventOf = (kind: AppEvent['kind']) =>
    new Promise<AppEvent>((resolve) => (onEvent = (event) => event.kind === kind && resolve(event)))
  return { host, workers, events, nextFrame, eventOf }
}
