/** The points of the current run's data, for the decision surface; fetched again when the data changes. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { PointSet } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'

export const usePoints = defineStore('points', () => {
  const run = useRun()
  const held = shallowRef<{ readonly run: string; readonly set: PointSet } | null>(null)
  const current = computed(() => (held.value !== null && held.value.run === run.current?.run ? held.value.set : null))

  /** What the points follow from: another text here means other points. */
  const origin = computed(() => {
    const info = run.current
    if (info === null || info.recipe.data.source !== 'points') return null
    return JSON.stringify([info.run, info.recipe.data, info.recipe.seed])
  })

  async function load(): Promise<void> {
    const info = run.current
    const asked = origin.value
    if (info === null || asked === null) return
    try {
      const set = await bridge().call('run.points', { run: info.run })
      if (asked === origin.value) held.value = { run: info.run, set }
    } catch (error) {
      useNotices().report(error)
    }
  }
  watch(origin, load, { immediate: true })
  return { current }
})
