/** A lens made into a frame: just what a watcher asked for, in one buffer. */
import type { Dataset } from '../../core/data/dataset.ts'
import type { TaughtStep } from '../../core/spec/index.ts'
import type { Session } from '../../core/train/session.ts'
import { packFrame } from '../../shared/frame.ts'
import type { FrameHead, Lens, SectionName } from '../../shared/protocol.ts'
import { FEW_PARAMETERS, Outgoing } from './numbers.ts'
import { packPictures } from './pictures.ts'
import type { Run } from './run.ts'

/** A surface that takes longer than this comes with some frames only. */
const QUICK_SURFACE_MS = 2
/** What comes with some frames only takes at most one part in so many of the time. */
const SELDOM_SHARE = 24

/** Half the side of the plane that heat maps and surfaces cover. */
const PLANE = 6

/** Somebody who watches a run. */
export interface Watcher {
  readonly client: string
  lens: Lens
  /** One frame may be sent. */
  credit: boolean
  /** The lens is new, so the next frame goes out even if nothing changed. */
  fresh: boolean
  sentRevision: number
  sentVersion: number
  sentGeneration: number
  sentStep: number
  sentEdit: number
  sentTaught: TaughtStep | null
  sentAt: number
  /** How long the last frame took to pack, without what comes seldom. */
  packMs: number
  /** How long the last surface took, and when it was sent. */
  surfaceMs: number
  surfaceAt: number
  /** Its numbers of all parameters. */
  readonly numbers: Outgoing
}

/** Makes a watcher that has seen nothing yet. */
export function createWatcher(client: string, lens: Lens): Watcher {
  const nothing = {
    sentRevision: 0,
    sentVersion: 0,
    sentGeneration: -1,
    sentStep: -1,
    sentEdit: 0,
    sentTaught: null,
    sentAt: Number.NEGATIVE_INFINITY,
    surfaceAt: Number.NEGATIVE_INFINITY,
  }
  return { client, lens, credit: false, fresh: true, packMs: 0, surfaceMs: 0, numbers: new Outgoing(), ...nothing }
}

interface Grid {
  readonly cells: number
  readonly dataset: Dataset
  readonly inputs: Float32Array
}

/** Grids last used, so that a frame does not make them anew; two a dataset (heat maps, surface). */
const grids: Grid[] = []
const KEPT_GRIDS = 8

/** Inputs for the centres of the cells, row 0 at the top: [cells * cells, inputWidth]. Empty where data is no points. */
function gridInputs(dataset: Dataset, cells: number): Float32Array {
  const { featuresOf } = dataset
  if (featuresOf === undefined || cells === 0) return new Float32Array(0)
  const known = grids.find((grid) => grid.dataset === dataset && grid.cells === cells)
  if (known !== undefined) return known.inputs
  const points = new Float32Array(cells * cells * 2)
  const step = (2 * PLANE) / cells
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const at = 2 * (row * cells + column)
      points[at] = -PLANE + (column + 0.5) * step
      points[at + 1] = PLANE - (row + 0.5) * step
    }
  }
  const inputs = featuresOf(points)
  grids.unshift({ cells, dataset, inputs })
  grids.length = Math.min(grids.length, KEPT_GRIDS)
  return inputs
}

/** [rows, columns] -> [columns, rows] */
function transpose(values: Float32Array, columns: number): Float32Array {
  if (columns === 1) return values
  const rows = values.length / columns
  const result = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column] ?? 0
  }
  return result
}

/** The inputs of a passenger: a context of the sentences, or a row of the training data; null where there is none. */
export function passengerInputs(dataset: Dataset, passenger: number | null): Float32Array | null {
  if (passenger === null) return null
  return rowOfInputs(dataset, dataset.contexts.length > 0 ? dataset.contextInputs : dataset.train.inputs, passenger)
}

function rowOfInputs({ inputWidth }: Dataset, rows: Float32Array, row: number): Float32Array | null {
  const input = rows.subarray(row * inputWidth, (row + 1) * inputWidth)
  return input.length === inputWidth ? input : null
}

/** What travels through the network: the batch's row, the point that is tried, the passenger; null where there is none. */
function travelling({ session: { dataset }, operations }: Run, lens: Lens): Float32Array | null {
  const step = operations.state(lens.batchRow ?? 0)
  if (step !== null) return rowOfInputs(dataset, dataset.train.inputs, step.sample)
  const probe = lens.probe ?? null
  if (probe === null || dataset.featuresOf === undefined) return passengerInputs(dataset, lens.passenger)
  return dataset.featuresOf(Float32Array.from(probe))
}

/** Euclidean norm of the last step's gradient over the parameters of each layer. */
function layerGradients(session: Session): Float32Array {
  const gradients = session.readGradients()
  const squares = new Float64Array(session.layers.length)
  for (const { layer, offset, size } of session.parameters) {
    for (let k = offset; k < offset + size; k++) squares[layer] = (squares[layer] ?? 0) + (gradients[k] ?? 0) ** 2
  }
  return Float32Array.from(squares, Math.sqrt)
}

/** What comes with every frame. */
function sectionsOf(run: Run, lens: Lens): Map<SectionName, Float32Array> {
  const { session } = run
  const { dataset } = session
  const sections = new Map<SectionName, Float32Array>()
  if (lens.layerGradients === true) sections.set('layerGradients', layerGradients(session))
  const mapInputs = gridInputs(dataset, lens.nodeMap)
  if (mapInputs.length > 0) sections.set('nodeMap', session.activations(mapInputs))
  const input = travelling(run, lens)
  if (input !== null) {
    const { sums, activations, whole } = session.inspect(input)
    sections.set('sums', sums).set('activations', activations)
    const { pictures = 0 } = lens
    if (pictures > 0) sections.set('pictures', packPictures(session.layers, whole, pictures))
  }
  return sections
}

/** Whether a watcher has seen nothing yet of the run as it is: of this network, or through this lens. */
const isUnseen = (run: Run, watcher: Watcher): boolean => watcher.fresh || watcher.sentVersion !== run.version

/** What has a number for every parameter, as the lens asks for it. */
function numbersOf(run: Run, lens: Lens): Map<SectionName, Float32Array> {
  const { session } = run
  const { parameters, gradients, destination } = lens
  const numbers = new Map<SectionName, Float32Array>()
  // Parameters and gradients are views of the session's memory, valid until the next call: they are copied.
  if (parameters) numbers.set('parameters', session.readParameters().slice())
  if (gradients) numbers.set('gradients', session.readGradients().slice())
  const input = travelling(run, lens)
  if (input !== null && destination !== null && destination < session.dataset.outputWidth)
    numbers.set('contributions', session.contributions(input, destination))
  return numbers
}

/** Whether a surface goes with the next frame: always where nothing moves or it is quick. */
function isSurfaceDue(run: Run, watcher: Watcher, now: number): boolean {
  if (!run.playing || isUnseen(run, watcher) || watcher.surfaceMs <= QUICK_SURFACE_MS) return true
  return now - watcher.surfaceAt >= SELDOM_SHARE * watcher.surfaceMs
}

/** Adds the surface that a watcher asked for, and notes what it took. */
function addSurface(run: Run, watcher: Watcher, sections: Map<SectionName, Float32Array>): void {
  const { dataset } = run.session
  const inputs = gridInputs(dataset, watcher.lens.surface)
  if (inputs.length === 0) return
  const begin = performance.now()
  sections.set('surface', transpose(run.session.predict(inputs), dataset.outputWidth))
  watcher.surfaceAt = performance.now()
  watcher.surfaceMs = watcher.surfaceAt - begin
}

function secondsLeft(run: Run): number | null {
  const { session, pace } = run
  if (!run.playing || pace.stepsPerSecond === 0) return null
  const { epochs, seconds } = session.recipe.training.stop
  const byEpochs = Math.max(0, epochs * session.stepsPerEpoch - session.step) / pace.stepsPerSecond
  return seconds === 0 ? byEpochs : Math.min(byEpochs, Math.max(0, seconds - run.course.trainedMs / 1000))
}

/** Packs what a watcher asked for and notes what it has now seen. */
export function packFor(run: Run, watcher: Watcher, now: number): ArrayBuffer {
  const {
    session,
    course: { curve },
  } = run
  const curveReset = watcher.sentGeneration !== curve.generation
  // Measuring may add to nothing else, so it comes before all that is read.
  const metrics = run.metrics
  const points = curve.since(curveReset ? -1 : watcher.sentStep)
  const edits = run.edits.edits.filter((edit) => edit.id > watcher.sentEdit)
  const head: FrameHead = {
    run: run.id,
    version: run.version,
    status: run.status,
    step: session.step,
    epoch: session.epoch,
    stepsPerSecond: run.playing ? run.pace.stepsPerSecond : 0,
    secondsLeft: secondsLeft(run),
    ...metrics,
    edits,
    fault: run.fault,
    stopReason: session.stopping.reason,
    best: session.stopping.best,
    presentStep: run.presentStep,
    curveReset,
    undoCount: run.edits.undoable.length,
    redoCount: run.edits.redoCount,
    undoes: run.edits.undoes,
    redoes: run.edits.redoes,
    taught: session.taught === watcher.sentTaught ? null : session.taught,
    operation: run.operations.state(watcher.lens.batchRow ?? 0),
  }
  const sections = sectionsOf(run, watcher.lens)
  if (points.length > 0) sections.set('curve', points)
  watcher.packMs = performance.now() - now
  const mustBeWhole = !run.playing || isUnseen(run, watcher) || curveReset || edits.length > 0
  const { whole, parts } = watcher.numbers.next(
    () => numbersOf(run, watcher.lens),
    session.parameterCount,
    mustBeWhole,
    now,
  )
  for (const [name, data] of whole) sections.set(name, data)
  run.operations.addSections(watcher.lens, sections)
  if (isSurfaceDue(run, watcher, now)) addSurface(run, watcher, sections)
  if (session.parameterCount <= FEW_PARAMETERS) watcher.packMs += watcher.numbers.tookMs
  if (watcher.surfaceMs <= QUICK_SURFACE_MS) watcher.packMs += watcher.surfaceMs
  watcher.credit = false
  watcher.fresh = false
  watcher.sentRevision = run.revision
  watcher.sentVersion = run.version
  watcher.sentGeneration = curve.generation
  watcher.sentStep = curve.lastStep
  watcher.sentEdit = edits.at(-1)?.id ?? watcher.sentEdit
  watcher.sentTaught = session.taught
  watcher.sentAt = now
  return packFrame(head, sections, parts)
}
