/**
 * All that crosses between the page and the services, written once: calls, events, frames.
 * Calls and events are JSON. A frame is one ArrayBuffer; what it holds is in `frame.ts`. Every call and frame names its run.
 */
import type {
  Damage,
  Divergence,
  FaultRecord,
  HeldGroup,
  Hold,
  LayerInfo,
  LayerMoment,
  OperationLines,
  OperationMove,
  PaintedPoint,
  ParameterInfo,
  Passport,
  Recipe,
  Report,
  Ride,
  RouteList,
  Said,
  ShapeChange,
  ShapePlan,
  SheetRows,
  Sweep,
  TablePreview,
  TableReading,
  TableRefusal,
  TableTrial,
  Task,
  TaughtStep,
  UpdateParts,
  Usefulness,
} from '../core/spec/index.ts'
import type { Lens } from './frame.ts'

export type { Done, Edit, FrameHead, Lens, RunStatus, SectionName } from './frame.ts'

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
  /** Parameters that are frozen or switched off, in the order of the parameters. */
  readonly holds: readonly Hold[]
  /** Stops and layers of which all that could be held is. */
  readonly heldGroups: readonly HeldGroup[]
  /**
   * What is odd about the data but stops nothing, with sentences as faults have: `TEACH-101` for several
   * answers right for one context, `TEACH-102` where a person praised one of them, `TEACH-103` for an answer both praised
   * and scolded; a table's warnings.
   */
  readonly notices: readonly FaultRecord[]
}

/** Points for the decision surface: [x, y, value or class] a row, one after the other. */
export interface PointSet {
  readonly train: readonly number[]
  readonly test: readonly number[]
}

/** Rows of the training data that are pictures, from 0 (dark) to 255, with the class of each. */
export interface PictureRows {
  readonly height: number
  readonly width: number
  /** A picture a row, channels, then lines, then pixels. */
  readonly pictures: readonly (readonly number[])[]
  readonly classes: readonly number[]
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
  /** Whether letters without Ctrl or Alt are shortcuts. */
  readonly letterKeys: boolean
  /** How much the lab's map says, and what its lines are drawn from. */
  readonly mapMode: MapMode
  readonly mapLines: MapLines
  /** What a stop of a dense layer that reads a picture shows. */
  readonly mapStops: MapStops
}

/** Plain; every number written; one node, the others dim; no numbers and no movement. */
export type MapMode = 'plain' | 'numbers' | 'focus' | 'quiet'
export type MapLines = 'weights' | 'gradients'
/** What it looks for, as a picture; what it says to the passenger, as a bar. */
export type MapStops = 'weights' | 'activations'

export interface AppInfo {
  readonly version: string
  readonly shell: 'desktop' | 'web'
  /** The system's language, used where the setting says `system`. */
  readonly systemLanguage: Language
  readonly settings: Settings
}

/** A past moment of a run. */
export interface Moment {
  readonly step: number
  readonly epoch: number
}

/** A sample is a batch of one: the next row in the epoch's order. */
export type StepUnit = 'epoch' | 'batch' | 'sample'

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
  /**
   * Another run takes its place for a while: it is paused, and who looks at it again is shown all of it anew. Where
   * taking the place is itself a change (`settled`), what was taken back before cannot be made again.
   */
  'run.rest': { argument: { run: string; settled: boolean }; answer: null }
  'run.step': { argument: { run: string; unit: StepUnit }; answer: null }
  /**
   * Goes through the next batch's step operation by operation; the update is that very step, and until it is reached
   * nothing of the run has changed. Anything else that is done to the run leaves it. Faults `RUN-009`, `RUN-010`.
   */
  'run.operate': { argument: { run: string; to: OperationMove }; answer: null }
  /**
   * The formulas of the operation that is shown, with their numbers, for a row of the batch and a stop of its layer, or
   * with `from` a line from a stop of the layer before; null while none is shown.
   */
  'run.operation': {
    argument: { run: string; row: number; stop: number; from: number | null }
    answer: OperationLines | null
  }
  /** What the update of the step that is taken apart makes of one parameter; null while none is. */
  'run.update': { argument: { run: string; name: string; index: number }; answer: UpdateParts | null }
  /** Back to step 0 with the same initial parameters. */
  'run.rewind': { argument: { run: string }; answer: null }
  /** Steps a second; null runs as fast as it can. */
  'run.speed': { argument: { run: string; stepsPerSecond: number | null }; answer: null }
  /**
   * Changes one value of the recipe, one learned number (`parameters.NAME.INDEX`), or freezes or switches one off
   * (`parameters.NAME.INDEX.frozen`, `….off`: true or false), or a stop (`nodes.LAYER.INDEX.off`) or layer
   * (`layers.LAYER.off`), the input being layer 0; the confirmation comes in a frame.
   */
  'run.edit': { argument: { run: string; path: string; value: unknown }; answer: RunInfo }
  /**
   * Paints points and takes others out of a painting, named by what they are. All calls of one `stroke`, a movement of the
   * hand, are one step of undo.
   */
  'run.paint': {
    argument: { run: string; stroke: number; put: readonly PaintedPoint[]; take: readonly PaintedPoint[] }
    answer: RunInfo
  }
  /**
   * Takes the last thing done by hand back (or makes it again), whatever it was: edit of the recipe or of a number,
   * freezing, switching off, praise. Answers null where there is none. A praise and a change of shape come back bit for
   * bit (`run.hash`); so does every other edit while nothing was trained in between.
   */
  'run.undo': { argument: { run: string }; answer: RunInfo | null }
  'run.redo': { argument: { run: string }; answer: RunInfo | null }
  /** Has the model answer a context: one draw of its seeded stream. Temperature null is the recipe's, 0 the likeliest. */
  'run.say': { argument: { run: string; context: string; temperature: number | null }; answer: Said }
  /** Praises (1), scolds (-1) or rewards by any number an answer, by its index: one policy-gradient step, undoable. */
  'run.reward': {
    argument: { run: string; context: string; answer: number; reward: number }
    answer: TaughtStep
  }
  /** The next words of a text, one after the other; changes nothing. `top` answers are listed for each. */
  'run.ride': {
    argument: { run: string; text: string; words: number; temperature: number; top: number; seed: number }
    answer: Ride
  }
  /** All about one parameter; it is watched from now on, so that its next passports know its last update. */
  'run.parameter': {
    argument: { run: string; name: string; index: number; passenger: number | null; destination: number | null }
    answer: Passport
  }
  /** Loss against one parameter at `points` places from `from` to `to`; both null choose a range around its value. */
  'run.sweep': {
    argument: { run: string; name: string; index: number; from: number | null; to: number | null; points: number }
    answer: Sweep
  }
  /** The routes that carry most from the inputs of a passenger to an output. */
  'run.routes': {
    argument: { run: string; passenger: number; destination: number; count: number }
    answer: RouteList
  }
  /** Changes the layers and says which stop goes on as which; undone and made again like an edit of `network`. */
  'run.reshape': { argument: { run: string; change: ShapeChange }; answer: RunInfo }
  /** What a change of the layers would keep, begin and cost; it is tried on a copy. */
  'run.plan': { argument: { run: string; change: ShapeChange }; answer: ShapePlan }
  /** Of several ways to put layers in before the one at `at`: why each cannot be, null where it can. */
  'run.fits': {
    argument: { run: string; at: number; choices: readonly (readonly unknown[])[] }
    answer: readonly (FaultRecord | null)[]
  }
  /** Pictures of the training data from row `from` on; fewer at its end, none where the data are no pictures. */
  'run.pictures': { argument: { run: string; from: number; count: number }; answer: PictureRows }
  /** How much each stop of a layer does, the input being layer 0. */
  'run.usefulness': { argument: { run: string; layer: number }; answer: Usefulness }
  /** What switching a stop (or with `node` null a layer) off does. */
  'run.damage': {
    argument: { run: string; layer: number; node: number | null; passenger: number | null }
    answer: Damage
  }
  /**
   * A table that a person opened, in pieces of at most 4 MiB under an `upload` of the page's own choice. Answers the last
   * piece with what is in the table; recipes name it by its `content`. Answers the first of several with what is in its
   * whole lines, without a `content` (null where they tell nothing), and those between with null. Of a file above
   * `maxTableBytes` only the beginning is sent, and `rows` says how many of its first rows are used.
   */
  'table.send': {
    argument: { upload: string; file: string; bytes: Uint8Array; last: boolean; rows?: number | null }
    answer: TablePreview | null
  }
  /** The table that was sent last, read another way; what `reading` does not say is found. */
  'table.read': { argument: { upload: string; reading: TableReading }; answer: TablePreview }
  /** What would come of a recipe with a table, before a run is made of it. */
  'table.try': { argument: { recipe: unknown }; answer: TableTrial | TableRefusal }
  /** Rows of a run's table as they stand in it, from row `from` (0 is the first below the header). */
  'run.rows': { argument: { run: string; from: number; count: number }; answer: SheetRows }
  /** How the network answers over training and test data: counts of classes, or residuals. */
  'run.report': { argument: { run: string }; answer: Report }
  /** Histograms of one layer's weights, gradients and activations since the run began, oldest first, the last of now. */
  'run.histograms': { argument: { run: string; layer: number }; answer: readonly LayerMoment[] }
  /** Past moments that the run can show, oldest first. */
  'run.moments': { argument: { run: string }; answer: readonly Moment[] }
  /** Pauses and shows the moment kept last at or before a step, whole; null goes back to the present. */
  'run.look': { argument: { run: string; step: number | null }; answer: null }
  /** Goes on from the moment that is shown; undo brings back what came after it. */
  'run.go-on': { argument: { run: string }; answer: null }
  /**
   * Another run that begins at the moment kept last at or before `step` (null: at the one that is shown), bit for bit,
   * with one value changed (path null: none). The run itself shows its present again; the two train abreast.
   */
  'run.fork': { argument: { run: string; step: number | null; path: string | null; value: unknown }; answer: RunInfo }
  /** Why a run diverged, and one change that was tried on a copy and trains on; null where the run did not diverge. */
  'run.why': { argument: { run: string }; answer: Divergence | null }
  /** Takes the best numbers measured so far; undoable. Faults `RUN-007` where there are none. */
  'run.best': { argument: { run: string }; answer: null }
  'run.close': { argument: { run: string }; answer: null }
  /** SHA-256 over names, shapes and bytes of the parameters. */
  'run.hash': { argument: { run: string }; answer: string }
  /** Saves to the library under `name`; `replace` confirms that a file changed by someone else may go. */
  'model.save': { argument: { run: string; name: string; replace: boolean }; answer: LibraryEntry }
  /** Opens a model of the library as a new run. */
  'model.open': { argument: { file: string }; answer: RunInfo }
  /** Asks for a file with the system's dialog (desktop); null when cancelled. Faults `SHELL-001` in the web shell. */
  'model.choose': { argument: null; answer: RunInfo | null }
  /** Opens a model whose bytes the page was given (upload or drop). */
  'model.upload': { argument: { name: string; bytes: Uint8Array }; answer: RunInfo }
  'library.list': { argument: null; answer: readonly LibraryEntry[] }
  'library.delete': { argument: { file: string }; answer: null }
}

/** Bytes that one call may carry. */
export const maxCallBytes = 6 * 1024 * 1024
/** Bytes of a table's file that are taken. */
export const maxTableBytes = 64 * 1024 * 1024

export type CallName = keyof Calls
export type Argument<Name extends CallName> = Calls[Name]['argument']
export type Answer<Name extends CallName> = Calls[Name]['answer']

/** What the services tell without being asked. */
export type AppEvent =
  /** The recipe or shape of a run changed. */
  | { readonly kind: 'run-changed'; readonly info: RunInfo }
  /** A run at work ended by itself; pages out of sight, which get no frames, are told too. */
  | { readonly kind: 'run-ended'; readonly run: string; readonly status: 'finished' | 'diverged' }
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
