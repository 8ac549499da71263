/** What the training host and its worker say to each other. The host relays; only the worker looks inside. */
import type { FaultRecord } from '../../core/spec/index.ts'
import type { AppEvent, Calls, Lens, RunInfo } from '../../shared/protocol.ts'

type RunCallName = Extract<keyof Calls, `run.${string}` | `table.${string}`>

/** Every call that the worker answers: those of the page on runs, and those that the services add for files. */
export interface WorkerCalls extends Pick<Calls, RunCallName> {
  /** The run as the bytes of a model file. */
  'model.write': { argument: { run: string }; answer: Uint8Array<ArrayBuffer> }
  /** A model file's bytes as a new run. */
  'model.read': { argument: { bytes: Uint8Array; file: string | null }; answer: RunInfo }
  /** How many parameters a model file holds. */
  'model.count': { argument: { bytes: Uint8Array }; answer: number }
  /** The run now belongs to this file of the library. */
  'run.file': { argument: { run: string; file: string }; answer: RunInfo }
}

export type WorkerCallName = keyof WorkerCalls

/** A run as the host keeps it for the next worker; what is inside concerns the worker alone. */
export type SavedRun = unknown

export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: WorkerCallName; readonly argument: unknown }
  | { readonly kind: 'watch'; readonly client: string; readonly run: string; readonly lens: Lens }
  | { readonly kind: 'leave'; readonly client: string }
  | { readonly kind: 'restore'; readonly runs: readonly SavedRun[] }

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: FaultRecord }
  | { readonly kind: 'event'; readonly event: AppEvent }
  | { readonly kind: 'frame'; readonly client: string; readonly run: string; readonly frame: ArrayBuffer }
  | { readonly kind: 'snapshot'; readonly run: string; readonly saved: SavedRun }
  | { readonly kind: 'closed'; readonly run: string }
  | { readonly kind: 'restored'; readonly runs: readonly RunInfo[] }
  | { readonly kind: 'beat'; readonly training: boolean }
