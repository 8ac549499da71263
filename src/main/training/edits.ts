/** Edits of a run: the log of what took effect when, and the stacks to take back and make again. */
import type { Edit } from '../../shared/protocol.ts'

/** One step of undo: what stood at the path before and after. */
export interface Change {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

interface TimedChange extends Change {
  readonly atMs: number
}

/** Edits of one path that follow each other this closely (a slider being moved) are taken back together. */
const TOGETHER_MS = 1000
const MAX_LOG = 2000
const MAX_UNDO = 500

export interface EditLog {
  readonly edits: readonly Edit[]
  record(edit: Omit<Edit, 'id'>): void
  /** Remembers a change that a person made, so that it can be taken back. */
  done(change: Change, atMs: number): void
  /** The change to take back; null for none. */
  undo(): Change | null
  /** The change to make again; null for none. */
  redo(): Change | null
}

/** Makes a log, from the edits of an older one where given. */
export function createEditLog(saved: readonly Edit[] = []): EditLog {
  let edits: readonly Edit[] = saved
  let undoStack: TimedChange[] = []
  let redoStack: TimedChange[] = []
  const move = (source: TimedChange[], target: TimedChange[]): Change | null => {
    const change = source.pop()
    if (change === undefined) return null
    // Infinitely old: the next edit of the same path is a change of its own.
    target.push({ ...change, atMs: Number.NEGATIVE_INFINITY })
    return change
  }
  return {
    get edits() {
      return edits
    },
    record(edit) {
      const id = (edits.at(-1)?.id ?? 0) + 1
      edits = [...edits.slice(1 - MAX_LOG), { id, ...edit }]
    },
    done(change, atMs) {
      redoStack = []
      const last = undoStack.at(-1)
      const together = last !== undefined && last.path === change.path && atMs - last.atMs < TOGETHER_MS
      if (together) undoStack.pop()
      undoStack.push({ ...change, from: together ? last.from : change.from, atMs })
      undoStack = undoStack.slice(-MAX_UNDO)
    },
    undo: () => move(undoStack, redoStack),
    redo: () => move(redoStack, undoStack),
  }
}
