/**
 * A frame: what the page asks for, what it then holds, and its bytes: u32 length of the head, the head as UTF-8 JSON,
 * padding to 8, then the sections' float32 data.
 */
import type { Best, FaultRecord, OperationState, StopReason, TaughtStep } from '../core/spec/index.ts'

/** What a run does now, or why it does nothing. */
export type RunStatus = 'ready' | 'running' | 'paused' | 'finished' | 'diverged'

/** An edit is data: undo entry, mark on the curve, line in the log, and what a replay needs. */
export interface Edit {
  readonly id: number
  readonly run: string
  /** Step at which it took effect. */
  readonly step: number
  readonly epoch: number
  /**
   * Path in the recipe; `parameters.NAME.INDEX` for one learned number, `parameters.NAME.INDEX.frozen` and `….off` for
   * its holds, `nodes.LAYER.INDEX.off` (`.frozen`) for those of a stop, `layers.LAYER.off` of a layer; `praise` for a step
   * taught by hand, whose `to` is `{ context, answer, reward }` (null when taken back); `moment` for going on from a past
   * step, `best` for taking the numbers of the best epoch. Of a painting (`data.points`, in `data` too) `from` and `to`
   * tell the number of points.
   */
  readonly path: string
  readonly from: unknown
  readonly to: unknown
  /** Of painting: the movement of the hand that it is part of. */
  readonly stroke?: number
}

/** What an edit did, without when: for the words of what undo and redo would do. Long values are left out as null. */
export type Done = Pick<Edit, 'path' | 'from' | 'to'>

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
  /** x and y of any point of the plane that travels in the passenger's place; points only. */
  readonly probe?: readonly number[] | null
  /** The size of the last step's gradient in each layer; not sent where left out. */
  readonly layerGradients?: boolean
  /** Row of the batch whose way through a step by operations is shown; the first where left out. */
  readonly batchRow?: number
  /** Most pixels on a side of what each stop makes of the passenger, where that is a picture or a sequence; 0 for none. */
  readonly pictures?: number
}

/** The JSON part of a frame. Sections are float32 arrays behind it. */
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
  /** Which rule ended the run; null where none has. */
  readonly stopReason: StopReason | null
  /** The best state measured so far. */
  readonly best: Best | null
  /** The step that the run is at, while this frame shows a past moment of it; null when it shows the present. */
  readonly presentStep: number | null
  /** True when the curve starts anew (rewind, reset, restore): the page drops the points it has. */
  readonly curveReset: boolean
  /** How many steps `run.undo` and `run.redo` can take. */
  readonly undoCount: number
  readonly redoCount: number
  /** What the next of them would take back or make again; null for nothing. */
  readonly undoes: Done | null
  readonly redoes: Done | null
  /** The newest step taught by praise or scolding since the last frame, by hand or automatically; null for none. */
  readonly taught: TaughtStep | null
  /** Where a person is in the step that is taken apart; null while none is. */
  readonly operation: OperationState | null
}

/**
 * Sections of a frame, each a Float32Array:
 * - `curve` [n, 6]: epoch, step, trainLoss, testLoss, trainAccuracy, testAccuracy since the last frame (NaN = none)
 * - `parameters`, `gradients` [parameterCount]
 * - `nodeMap` [nodes, cells, cells] (row 0 is the top, y = +6), `surface` [outputs, cells, cells] (probability, or value)
 * - `activations` [nodes] for the passenger, `sums` [nodes] before the activation; of pictures and sequences the mean
 * - `contributions` [parameterCount] towards the destination; a bias counts as a route from nowhere
 * - while a step is taken apart: `sums` and `activations` are those of the row of the batch, as training computes them,
 *   `deltas` [nodes] the slopes of the loss at the sums, `wanted` [outputs] what the row wants, `parameters` those that the step reads, `gradients` its own as far
 *   as they are worked out and 0 elsewhere; at its update `parameters` are what it made, `before` [parameterCount] what it read
 * - `pictures`: of each layer with a shape [stops, height, width], at most as many pixels as asked for (`picturePlaces`)
 * - `layerGradients` [layers]: Euclidean norm of the last step's gradient over each layer's parameters; 0 for layers
 *   without any and for the input
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
  | 'layerGradients'
  | 'deltas'
  | 'wanted'
  | 'before'
  | 'pictures'

/** A piece of a long section that comes in several frames, one after the other; all are of one moment of the run. */
export interface SectionPart {
  readonly name: SectionName
  readonly data: Float32Array
  /** Place of its first number in the whole, and how many numbers the whole has. */
  readonly from: number
  readonly whole: number
}

interface Section extends Partial<Pick<SectionPart, 'from' | 'whole'>> {
  readonly name: SectionName
  readonly length: number
}
interface PackedHead extends FrameHead {
  readonly sections: readonly Section[]
}

export interface Frame {
  readonly head: FrameHead
  /** Views into the frame; empty where the lens did not ask. */
  readonly sections: ReadonlyMap<SectionName, Float32Array>
  /** Pieces of sections that are on their way. */
  readonly parts: readonly SectionPart[]
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const align = (bytes: number): number => (bytes + 7) & ~7

/** Packs a head, its sections and the parts of others into one buffer that can be transferred. */
export function packFrame(
  head: FrameHead,
  sections: ReadonlyMap<SectionName, Float32Array>,
  parts: readonly SectionPart[] = [],
): ArrayBuffer {
  const list: readonly Section[] = [
    ...[...sections].map(([name, { length }]) => ({ name, length })),
    ...parts.map(({ name, data: { length }, from, whole }) => ({ name, length, from, whole })),
  ]
  const json = encoder.encode(JSON.stringify({ ...head, sections: list } satisfies PackedHead))
  const start = align(4 + json.length)
  const floats = list.reduce((sum, section) => sum + section.length, 0)
  const buffer = new ArrayBuffer(start + floats * 4)
  new DataView(buffer).setUint32(0, json.length, true)
  new Uint8Array(buffer).set(json, 4)
  let at = start
  for (const data of [...sections.values(), ...parts.map((part) => part.data)]) {
    new Float32Array(buffer, at, data.length).set(data)
    at += data.length * 4
  }
  return buffer
}

/** Reads a frame without copying its sections. */
export function readFrame(buffer: ArrayBuffer): Frame {
  const length = new DataView(buffer).getUint32(0, true)
  const { sections: list, ...head } = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, length))) as PackedHead
  const sections = new Map<SectionName, Float32Array>()
  const parts: SectionPart[] = []
  let at = align(4 + length)
  for (const { name, length: count, from, whole } of list) {
    const data = new Float32Array(buffer, at, count)
    at += count * 4
    if (from === undefined || whole === undefined) sections.set(name, data)
    else parts.push({ name, data, from, whole })
  }
  return { head, sections, parts }
}
