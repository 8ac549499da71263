/** Whether the current run has a file, and whether it has moved on since it was written or read. */
import { defineStore } from 'pinia'
import { computed, shallowReactive, watch } from 'vue'
import { useFrame } from './frame.ts'
import { useRun } from './run.ts'

export type SavedState = 'never' | 'saved' | 'changed'

/** A point in a run's life: version of its recipe and step. */
const pointOf = (version: number, step: number): string => `${version}.${step}`
/** A point that no run comes to again. */
const gone = 'gone'
const key = (run: string): string => `paramap.saved.${run}`

export const useSaved = defineStore('saved', () => {
  const run = useRun()
  const frame = useFrame()
  const points = shallowReactive(new Map<string, string>())

  const state = computed<SavedState>(() => {
    const info = run.current
    if (info === null || info.file === null) return 'never'
    const then = points.get(info.run)
    const now = pointOf(info.version, frame.head?.step ?? 0)
    return then === undefined || then === now ? 'saved' : 'changed'
  })

  function remember(id: string, point: string): void {
    points.set(id, point)
    sessionStorage.setItem(key(id), point)
  }

  /** What the current run is now: to be handed to `mark` when this has been written. */
  const now = (): string => pointOf(run.current?.version ?? 0, frame.head?.step ?? 0)
  /** Says that a run was written as it was at a point. */
  const mark = remember

  // A run that comes with a file is as it was saved when its first frame is seen; this tab may know better.
  watch(
    () => frame.head,
    (head) => {
      const info = run.current
      if (info === null || head === null || info.file === null) return
      const known = points.get(info.run)
      if (known === undefined)
        remember(info.run, sessionStorage.getItem(key(info.run)) ?? pointOf(info.version, head.step))
      else if (head.edits.length > 0) remember(info.run, gone)
    },
  )

  return { state, now, mark }
})
