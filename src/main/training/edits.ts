/** Edits of a run: the log of what took effect when, and the stacks to take back and make again. */
import type { Continuation } from '../../core/spec/index.ts'
import type { Done, Edit } from '../../shared/protocol.ts'
import type { Course } from './course.ts'

/** A state to go back to. `stamp` tells whether anything was trained since it was kept. */
export interface Kept<State> {
  readonly state: State
  readonly sizeBytes: number
  readonly stamp: number
  /** Where training started over with the change: the way that it had taken to the state. */
  readonly way?: Way
}

/** The way to a kept state. */
export interface Way {
  readonly course: Course
  /** Brings back what was known of the best state. */
  readonly remind: () => void
}

/** One step of undo: what stood at the path before and after, and for some the state on its other side. */
export interface Change<State> {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
  readonly kept: Kept<State> | null
  /** Of a change of shape that said it: which layers and stops go on as which, forth and back. */
  readonly ways?: { readonly forth: Continuation; readonly back: Continuation }
  /** Parameters that a hold of a stop or a layer changed. */
  readonly places?: readonly number[]
  /** Of painting: which movement of the hand it belongs to. All of one is taken back together, however long it took. */
  readonly stroke?: number
  /** The run's stamp right after it took effect, was taken back or made again. */
  readonly stamp: number
}

interface TimedChange<State> extends Change<State> {
  readonly atMs: number
}

/** Path of the painted points. */
export const PAINTING = 'data.points'
/** Edits of one path that follow each other this closely (a slider being moved) are taken back together. */
const TOGETHER_MS = 1000
const MAX_LOG = 2000
const MAX_UNDO = 2000
/** Kept states of one run; the oldest steps of undo make room, the newest stays whatever its size. */
export const MAX_KEPT_BYTES = 64 * 1024 * 1024
/** Steps of undo that are each a thing of its own, however soon they follow each other. */
const APART: ReadonlySet<string> = new Set(['praise', 'moment', 'best', 'rewind'])

export interface EditLog<State> {
  readonly edits: readonly Edit[]
  /** What can be taken back, the oldest first. */
  readonly undoable: readonly Change<State>[]
  readonly redoCount: number
  /** What would be taken back and made again next, in short; null for nothing. */
  readonly undoes: Done | null
  readonly redoes: Done | null
  record(edit: Omit<Edit, 'id'>): void
  /** Remembers a change that a person made, so that it can be taken back. */
  done(change: Change<State>, atMs: number): void
  /** What was done last, where it was done within a moment; null for none. */
  recent(nowMs: number): Change<State> | null
  /** Something else was done: what was taken back cannot be made again. */
  settle(): void
  /** The change to take back, which leaves the stack; null for none. */
  takeBack(): Change<State> | null
  /** The change to make again, which leaves the stack; null for none. */
  takeAgain(): Change<State> | null
  /** Puts a change that was taken back where it can be made again. */
  tookBack(change: Change<State>): void
  /** Puts a change that was made again where it can be taken back. */
  tookAgain(change: Change<State>): void
}

/** A value as the log and the page are told it: of a painting how many points it has, or a log would hold millions. */
export function inBrief(path: string, value: unknown): unknown {
  if (path === PAINTING && Array.isArray(value)) return value.length
  if (path !== 'data' || typeof value !== 'object' || value === null || !('points' in value)) return value
  return { ...value, points: inBrief(PAINTING, value.points) }
}

/** Characters of a value that are told of a change; what is longer has no short words either. */
const MAX_TOLD = 1000
const told = new WeakMap<object, Done>()

/** A change in short, the same object for the same change. */
function shortOf<State>(change: Change<State> | undefined): Done | null {
  if (change === undefined) return null
  const known = told.get(change)
  if (known !== undefined) return known
  const short = (value: unknown): unknown => {
    const brief = inBrief(change.path, value)
    return (JSON.stringify(brief) ?? '').length > MAX_TOLD ? null : brief
  }
  const done = { path: change.path, from: short(change.from), to: short(change.to) }
  told.set(change, done)
  return done
}

/** The newest changes whose states fit into the memory that undo may take. */
function bounded<State>(stack: readonly TimedChange<State>[]): TimedChange<State>[] {
  let first = stack.length
  let bytes = 0
  while (first > 0 && stack.length - first < MAX_UNDO) {
    bytes += stack[first - 1]?.kept?.sizeBytes ?? 0
    if (bytes > MAX_KEPT_BYTES && first < stack.length) break
    first--
  }
  return stack.slice(first)
}

/** Whether a change goes on with the one before it and is taken back with it. */
function isTogether<State>(last: TimedChange<State>, change: Change<State>, atMs: number): boolean {
  if (last.path !== change.path || APART.has(change.path)) return false
  if (last.stroke !== undefined || change.stroke !== undefined) return last.stroke === change.stroke
  const isWhole = change.ways !== undefined || change.places !== undefined || last.ways !== undefined
  return !isWhole && atMs - last.atMs < TOGETHER_MS
}

/** Makes a log, from the edits of an older one where given. */
export function createEditLog<State>(saved: readonly Edit[] = []): EditLog<State> {
  let edits: readonly Edit[] = saved
  let undoStack: TimedChange<State>[] = []
  let redoStack: TimedChange<State>[] = []
  // Infinitely old: the next edit of the same path is a change of its own.
  const old = (change: Change<State>) => ({ ...change, atMs: Number.NEGATIVE_INFINITY })
  return {
    get edits() {
      return edits
    },
    get undoable() {
      return undoStack
    },
    get redoCount() {
      return redoStack.length
    },
    get undoes() {
      return shortOf(undoStack.at(-1))
    },
    get redoes() {
      return shortOf(redoStack.at(-1))
    },
    record(edit) {
      const id = (edits.at(-1)?.id ?? 0) + 1
      edits = [...edits.slice(1 - MAX_LOG), { id, ...edit }]
    },
    done(change, atMs) {
      redoStack = []
      const last = undoStack.at(-1)
      const joins = last !== undefined && isTogether(last, change, atMs)
      if (joins) undoStack.pop()
      // The state before the first of them is the one before all, unless something was trained in between.
      const isUnbroken = change.kept === null || change.kept.stamp === last?.stamp
      const first = joins ? { from: last.from, kept: isUnbroken ? last.kept : null } : {}
      undoStack = bounded([...undoStack, { ...change, ...first, atMs }])
    },
    recent(nowMs) {
      const last = undoStack.at(-1)
      return last !== undefined && nowMs - last.atMs < TOGETHER_MS ? last : null
    },
    settle() {
      redoStack = []
    },
    takeBack: () => undoStack.pop() ?? null,
    takeAgain: () => redoStack.pop() ?? null,
    tookBack(change) {
      redoStack = bounded([...redoStack, old(change)])
    },
    tookAgain(change) {
      undoStack = bounded([...undoStack, old(change)])
    },
  }
}
