/** What is told of the run beside its surface: which part is open, and its numbers, renewed at a pace that can be read. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { LayerMoment, Report } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useFrame } from './frame.ts'
import { useNotices } from './notices.ts'
import { createRenewal } from './renewal.ts'
import { useRun } from './run.ts'

/** Parts of the results, in order. */
export const resultTabs = ['loss', 'accuracy', 'report', 'heaps'] as const
export type ResultTab = (typeof resultTabs)[number]

const everyMs = 600
const stillMs = 40

interface Known<Value> {
  readonly run: string
  readonly layer: number
  readonly value: Value
}

export const useResults = defineStore('results', () => {
  const run = useRun()
  const frame = useFrame()
  const wanted = ref<ResultTab>('loss')
  const wantedLayer = ref(1)
  const known = shallowRef<Known<Report> | null>(null)
  const looked = shallowRef<Known<readonly LayerMoment[]> | null>(null)

  const tabs = computed(() => resultTabs.filter((tab) => tab !== 'accuracy' || run.current?.task === 'classes'))
  const tab = computed({
    get: () => (tabs.value.includes(wanted.value) ? wanted.value : 'loss'),
    set: (next: ResultTab) => {
      wanted.value = next
    },
  })
  /** The layer whose histograms are shown: 0 is the input. */
  const layer = computed({
    get: () => Math.min(wantedLayer.value, Math.max(0, (run.current?.layers.length ?? 1) - 1)),
    set: (next: number) => {
      wantedLayer.value = next
    },
  })
  const report = computed(() => (known.value?.run === run.current?.run ? (known.value?.value ?? null) : null))
  const moments = computed(() =>
    looked.value?.run === run.current?.run && looked.value?.layer === layer.value ? (looked.value?.value ?? []) : [],
  )

  async function load(): Promise<void> {
    const id = run.current?.run
    if (id === undefined) return
    const asked = layer.value
    try {
      if (tab.value === 'report')
        known.value = { run: id, layer: 0, value: await bridge().call('run.report', { run: id }) }
      if (tab.value === 'heaps') {
        const value = await bridge().call('run.histograms', { run: id, layer: asked })
        looked.value = { run: id, layer: asked, value }
      }
    } catch (error) {
      if (id === run.current?.run) useNotices().report(error)
    }
  }
  const renewal = createRenewal(load, () => (frame.status === 'running' ? everyMs : stillMs))

  watch(
    () => [
      tab.value,
      layer.value,
      run.current?.run,
      run.current?.version,
      frame.head?.step,
      frame.head?.status,
      frame.head?.undoCount,
      frame.head?.redoCount,
    ],
    () => {
      if (tab.value === 'report' || tab.value === 'heaps') renewal.ask()
    },
    { immediate: true },
  )

  return { tab, tabs, layer, report, moments }
})
