/** What is selected or hovered on the map, and how the map is captioned. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Selection } from '../map/selection.ts'
import { useRun } from './run.ts'

export type Captions = 'map' | 'maths'

export const useSelection = defineStore('selection', () => {
  const run = useRun()
  const selected = shallowRef<Selection | null>(null)
  const hovered = shallowRef<Selection | null>(null)
  /** The story begins with the metaphor, the lab with the numbers. */
  const captionsOf = ref<{ story: Captions; lab: Captions }>({ story: 'map', lab: 'maths' })
  const captions = computed(() => captionsOf.value[run.slot])

  function setCaptions(next: Captions): void {
    captionsOf.value = { ...captionsOf.value, [run.slot]: next }
  }
  function toggleCaptions(): void {
    setCaptions(captions.value === 'map' ? 'maths' : 'map')
  }

  // A selection names a tensor and a place in it: both may be gone when the run or its shape changes.
  watch(
    () => [run.current?.run, run.current?.layers.map((layer) => layer.units).join()].join(),
    () => {
      selected.value = null
      hovered.value = null
    },
  )
  return { selected, hovered, captions, setCaptions, toggleCaptions }
})
