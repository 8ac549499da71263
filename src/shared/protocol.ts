/**
 * All that crosses between the page and the services, written once: calls, events, frames.
 * Calls and events are JSON. A frame is one ArrayBuffer (see `frame.ts`). Every call and frame names its run.
 */
import type { FaultRecord, LayerInfo, ParameterInfo, Recipe, Task } from '../core/spec/index.ts'

export type RunStatus = 'ready' | 'running' | 'paused' | 'finished' | 'diverged'

/** What the page needs to draw a run, sent when it is made and whenever its shape or recipe changes. */
export interface RunInfo {
  readonly run: string
  /** Grows with each change of recipe or shape; a frame carries the version it belongs to. */
  readonly version: number
  readonly recipe: Recipe
  readonly task: Task
  readonly layers: readonly LayerInfo[]
  readonly parameters: readonly ParameterInfo[]
  readonly parameterCount: number
  readonly trainSamples: number
  readonly testSamples: number
  /** Contexts of the sentences, in order; empty for other data. */
  readonly contexts: readonly string[]
  readonly stepsPerEpoch: number
  /** File that the run was last saved to or opened from; null when never. */
  readonly file: string | null
}

/** An edit is data: undo entry, mark on the curve, line in the log, and what a replay needs. */
export interface Edit {
  readonly id: number
  readonly run: string
  /** Step at which it took effect. */
  readonly step: number
  readonly epoch: number
  /** Path in the recipe, or `parameters.NAME.INDEX` for one learned number. */
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

/** What the page wants to see; a frame holds just that. */
export interface Lens {
  /** Parameters and their gradients of the last step. */
  readonly parameters: boolean
  readonly gradients: boolean
  /** Cells on a side of every stop's heat map over the plane; 0 for none. Points only. */
  readonly nodeMap: number
  /** Cells on a side of the decision surface, one plane an output; 0 for none. Points only. */
  readonly surface: number
  /** The passenger whose activations are shown: a context of the sentences, or a row of the training data; null for none. */
  readonly passenger: number | null
  /** Output towards which contributions are counted; null for none. */
  readonly destination: number | null
}

/** The JSON part of a frame. Sections (see `frame.ts`) are float32 arrays behind it. */
export interface FrameHead {
  readonly run: string
  readonly version: number
  readonly status: RunStatus
  readonly step: number
  readonly epoch: number
  readonly stepsPerSecond: number
  /** Seconds until the stop rule ends the run at the present rate; null when not running. */
  readonly secondsLeft: number | null
  readonly trainLoss: number | null
  readonly testLoss: number | null
  readonly trainAccuracy: number | null
  readonly testAccuracy: number | null
  /** Edits that took effect since the last frame. */
  readonly edits: readonly Edit[]
  /** Why the run stopped by itself, where it did. */
  readonly fault: FaultRecord | null
  /** True when the curve starts anew (rewind, reset, restore): the page drops the points it has. */
  readonly curveReset: boolean
}

/**
 * Sections of a frame, each a Float32Array:
 * - `curve` [n, 6]: epoch, step, trainLoss, testLoss, trainAccuracy, testAccuracy since the last frame (NaN = none)
 * - `parameters`, `gradients` [parameterCount]
 * - `nodeMap` [nodes, cells, cells] (row 0 is the top, y = +6), `surface` [outputs, cells, cells] (probability, or value)
 * - `activations` [nodes] for the passenger, `sums` [nodes] before the activation
 * - `contributions` [parameterCount] towards the destination; a bias counts as a route from nowhere
 */
export type SectionName =
  | 'curve'
  | 'parameters'
  | 'gradients'
  | 'nodeMap'
  | 'surface'
  | 'activations'
  | 'sums'
  | 'contributions'

/** Points for the decision surface: [x, y, value or class] a row, one after the other. */
export interface PointSet {
  readonly train: readonly number[]
  readonly test: readonly number[]
}

export interface LibraryEntry {
  /** Opaque; the page never sees a path. */
  readonly file: string
  readonly name: string
  readonly savedAt: string
  readonly sizeBytes: number
  readonly parameterCount: number
}

export type Language = 'ko' | 'en'
export interface Settings {
  readonly language: Language | 'system'
  readonly theme: 'light' | 'dark' | 'system'
}

export interface AppInfo {
  readonly version: string
  readonly shell: 'desktop' | 'web'
  /** The system's language, used where the setting says `system`. */
  readonly systemLanguage: Language
  readonly settings: Settings
}

export type StepUnit = 'epoch' | 'batch'

/** Every call: its argument and its answer. A call that fails is rejected with a `FaultRecord`. */
export interface Calls {
  'app.info': { argument: null; answer: AppInfo }
  'settings.set': { argument: Partial<Settings>; answer: Settings }
  /** Makes a run; an unknown or wrong key of the recipe is a fault that names it. */
  'run.create': { argument: { recipe: unknown }; answer: RunInfo }
  'run.info': { argument: { run: string }; answer: RunInfo }
  'run.points': { argument: { run: string }; answer: PointSet }
  'run.play': { argument: { run: string }; answer: null }
  'run.pause': { argument: { run: string }; answer: null }
  'run.step': { argument: { run: string; unit: StepUnit }; answer: null }
  /** Back to step 0 with the same initial parameters. */
  'run.rewind': { argument: { run: string }; answer: null }
  /** Steps a second; null runs as fast as it can. */
  'run.speed': { argument: { run: string; stepsPerSecond: number | null }; answer: null }
  /** Changes one value of the recipe or `parameters.NAME.INDEX`; the confirmation comes in a frame. */
  'run.edit': { argument: { run: string; path: string; value: unknown }; answer: RunInfo }
  /** Takes the last edit back (or makes it again); answers null where there is none. */
  'run.undo': { argument: { run: string }; answer: RunInfo | null }
  'run.redo': { argument: { run: string }; answer: RunInfo | null }
  'run.close': { argument: { run: string }; answer: null }
  /** SHA-256 over names, shapes and bytes of the parameters. */
  'run.hash': { argument: { run: string }; answer: string }
  /** Saves to the library under `name`; `replace` confirms that a file changed by someone else may go. */
  'model.save': { argument: { run: string; name: string; replace: boolean }; answer: LibraryEntry }
  /** Opens a model of the library as a new run. */
  'model.open': { argument: { file: string }; answer: RunInfo }
  /** Asks for a file with the system's dialog (desktop); null when cancelled. Faults `SHELL-001` in the web shell. */
  'model.choose': { argument: null; answer: RunInfo | null }
  /** Opens a model whose bytes the page was given (upload or drop), base64. */
  'model.upload': { argument: { name: string; base64: string }; answer: RunInfo }
  'library.list': { argument: null; answer: readonly LibraryEntry[] }
  'library.delete': { argument: { file: string }; answer: null }
}

export type CallName = keyof Calls
export type Argument<Name extends CallName> = Calls[Name]['argument']
export type Answer<Name extends CallName> = Calls[Name]['answer']

/** What the services tell without being asked. */
export type AppEvent =
  /** The recipe or shape of a run changed. */
  | { readonly kind: 'run-changed'; readonly info: RunInfo }
  /** The worker ended; runs start again from their last snapshot. */
  | { readonly kind: 'worker-restarted'; readonly fault: FaultRecord; readonly runs: readonly RunInfo[] }
  /** Something to know that stops nothing, told once. */
  | { readonly kind: 'warning'; readonly fault: FaultRecord }
  /** A command chosen in a native menu. */
  | { readonly kind: 'command'; readonly command: string }

/** What the page has in its hands, whichever shell it lives in (`window.paramap`, or the web shell's client). */
export interface Bridge {
  call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>
  /** Shows a run through a lens: gives one credit, so one frame may be sent; call again for the next. */
  watch(run: string, lens: Lens): void
  onFrame(listener: (frame: ArrayBuffer) => void): () => void
  onEvent(listener: (event: AppEvent) => void): () => void
}
