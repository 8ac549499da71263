/** Edits of the current run: sent once, pending until a frame confirms them, undone and made again. */
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { groupOf, hyperparameterAt, recipeValue } from '../../core/spec/index.ts'
import type { FrameHead } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'
import { createUndo, nothingDone } from './undo.ts'

interface Pending {
  readonly value: unknown
  /** Version of the run that holds the value; null while the services have not answered. */
  readonly version: number | null
}

/** An edit of one learned number: it leaves the version of the run as it is. */
const ofParameter = (path: string): boolean => path.startsWith('parameters.')

/** Whether an edit of this draws new parameters, so that training starts over. */
function startsOver(path: string): boolean {
  const entry = hyperparameterAt(path)
  return entry?.effect === 'parameters' && groupOf(entry) === 'training'
}

export const useEdits = defineStore('edits', () => {
  const run = useRun()
  const notices = useNotices()
  const pending = shallowReactive(new Map<string, Pending>())
  const stacks = createUndo()
  const { change } = stacks.doing
  /** The last value that came while one of the same path was on its way. */
  const queued = new Map<string, unknown>()
  /** Paths that a frame confirmed before the services answered, and the version of the newest frame. */
  const early = new Set<string>()
  let shownVersion = 0
  let newest: FrameHead | null = null

  watch(
    () => run.current?.run,
    () => {
      pending.clear()
      queued.clear()
      early.clear()
      shownVersion = 0
      newest = null
      // The first frame of a run says what was done to it.
      stacks.know(nothingDone)
    },
  )

  /** The value that a path has or is about to have; undefined where nothing is pending. */
  function pendingValue(path: string): unknown {
    return pending.get(path)?.value
  }

  async function send(id: string, path: string, value: unknown): Promise<void> {
    const from = run.current === null ? undefined : recipeValue(run.current.recipe, path)
    stacks.withdraw()
    pending.set(path, { value, version: null })
    early.delete(path)
    const info = await change(() => bridge().call('run.edit', { run: id, path, value }))
    run.update(info)
    notices.settle(path)
    const done = early.has(path) || (shownVersion >= info.version && !ofParameter(path))
    if (done) {
      pending.delete(path)
      learn()
    } else if (pending.has(path)) pending.set(path, { value, version: info.version })
    if (startsOver(path)) stacks.offerUndo('edit.startedOver', { path, from, to: value })
  }

  /** Changes one value of the recipe or one parameter; while one of a path is on its way, only the last other follows. */
  async function edit(path: string, value: unknown): Promise<void> {
    const id = run.current?.run
    if (id === undefined) return
    if (pending.get(path)?.version === null) {
      queued.set(path, value)
      // What is shown is the last wish, so that the next one builds on it.
      pending.set(path, { value, version: null })
      return
    }
    try {
      await send(id, path, value)
      while (queued.has(path) && run.current?.run === id) {
        const next = queued.get(path)
        queued.delete(path)
        await send(id, path, next)
      }
    } catch (error) {
      pending.delete(path)
      queued.delete(path)
      notices.report(error)
    }
  }

  /** Takes off the pending edits that a frame has caught up with. */
  function confirm(head: FrameHead): void {
    if (head.run !== run.current?.run) return
    shownVersion = head.version
    newest = head
    for (const [path, { version }] of pending) {
      const named = head.edits.some((done) => done.path === path)
      if (named && version === null) early.add(path)
      if (version !== null && (named || (head.version >= version && !ofParameter(path)))) pending.delete(path)
    }
    learn()
  }

  /** Takes what the newest frame says of undo, unless an edit is on its way or its answer is newer. */
  function learn(): void {
    if (newest === null || pending.size > 0 || newest.version < (run.current?.version ?? 0)) return
    stacks.know(newest)
  }

  return { pending, ...stacks.doing, offerUndo: stacks.offerUndo, pendingValue, edit, confirm }
})
