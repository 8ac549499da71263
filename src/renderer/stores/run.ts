/** The runs that the views show, and what is done with the current one: play, step, rewind, replace. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive } from 'vue'
import { circleRecipe, storyRecipe } from '../../core/spec/index.ts'
import type { RunInfo } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { besideKey, createCompanion, drive } from './companion.ts'
import { useNotices } from './notices.ts'
import { createStage, findRun } from './stage.ts'

/** A view that has a run of its own. */
export type Slot = 'story' | 'lab'

const startRecipes = { story: storyRecipe, lab: circleRecipe } as const
const slots: readonly Slot[] = ['story', 'lab']
const slotKey = (slot: Slot): string => `paramap.run.${slot}`
const speedKey = (slot: Slot): string => `paramap.speed.${slot}`
/** Steps a second at first: both are slow enough to watch; null is as fast as it can. */
const startSpeeds: Readonly<Record<Slot, number | null>> = { story: 30, lab: 250 }

/** The speed that this tab gave the runs of a slot before it was loaded again. */
function keptSpeed(slot: Slot): number | null {
  const kept = sessionStorage.getItem(speedKey(slot))
  if (kept === null) return startSpeeds[slot]
  return kept === 'fastest' ? null : Number(kept)
}

/** The run that this tab showed before it was loaded again, where it still lives. */
async function keptRun(key: string): Promise<RunInfo | null> {
  const kept = sessionStorage.getItem(key)
  return kept === null ? null : findRun(kept)
}

export const useRun = defineStore('run', () => {
  const notices = useNotices()
  const runs = shallowReactive<Record<Slot, RunInfo | null>>({ story: null, lab: null })
  const slot = ref<Slot>('story')
  const current = computed(() => runs[slot.value])
  const speeds = shallowReactive<Record<Slot, number | null>>({ story: keptSpeed('story'), lab: keptSpeed('lab') })
  const second = createCompanion(() => slot.value === 'lab')
  /** True when the run of the slot that is shown could not be made. */
  const failed = ref(false)
  const making = new Map<Slot, Promise<void>>()

  function put(at: Slot, info: RunInfo): void {
    const old = runs[at]
    if (old !== null && old.run === info.run && old.version > info.version) return
    runs[at] = info
    sessionStorage.setItem(slotKey(at), info.run)
  }

  /** Replaces what is known of a run, wherever it is shown. */
  function update(info: RunInfo): void {
    for (const at of slots) if (runs[at]?.run === info.run) put(at, info)
    second.renew(info)
  }

  /** The run beside the lab's takes its place, and the other way round. */
  const swap = (): void => second.swapWith(runs.lab, (info) => put('lab', info))

  /** Does something with the current run; a refusal becomes a notice and null. */
  async function act<Result>(work: (id: string) => Promise<Result>): Promise<Result | null> {
    const id = current.value?.run
    if (id === undefined) return null
    try {
      return await work(id)
    } catch (error) {
      notices.report(error)
      return null
    }
  }

  async function sendSpeed(at: Slot): Promise<void> {
    const shown = [runs[at], ...(at === 'lab' ? [second.companion.value] : [])]
    for (const info of shown) {
      if (info !== null) await bridge().call('run.speed', { run: info.run, stepsPerSecond: speeds[at] })
    }
  }

  async function make(at: Slot): Promise<void> {
    const kept = await keptRun(slotKey(at))
    if (at === 'lab') await stage.restorePlaces()
    if (at === 'lab' && kept !== null) second.companion.value = await keptRun(besideKey)
    put(at, kept ?? (await bridge().call('run.create', { recipe: startRecipes[at] })))
    await sendSpeed(at)
  }

  /** Shows the run of a slot, making it from its first recipe where there is none. */
  async function show(at: Slot): Promise<void> {
    slot.value = at
    if (runs[at] !== null) return
    const work = making.get(at) ?? make(at)
    making.set(at, work)
    failed.value = false
    await work.catch((error) => {
      failed.value = true
      notices.report(error)
    })
    making.delete(at)
  }

  const stage = createStage({
    present: () => (runs.lab === null ? null : { info: runs.lab, beside: second.companion.value }),
    async show({ info, beside }) {
      second.accompany(beside)
      runs.lab = null
      put('lab', info)
      await sendSpeed('lab')
    },
    isShown: () => slot.value === 'lab',
  })

  /** Makes a run from a recipe and puts it into the lab. */
  async function create(recipe: unknown): Promise<void> {
    await bridge().call('run.create', { recipe }).then(stage.adopt).catch(notices.report)
  }

  async function refresh(id: string): Promise<void> {
    try {
      update(await bridge().call('run.info', { run: id }))
    } catch (error) {
      notices.report(error)
    }
  }

  async function setSpeed(stepsPerSecond: number | null): Promise<void> {
    speeds[slot.value] = stepsPerSecond
    sessionStorage.setItem(speedKey(slot.value), String(stepsPerSecond ?? 'fastest'))
    await act(() => sendSpeed(slot.value))
  }
  return {
    runs,
    slot,
    current,
    speeds,
    failed,
    act,
    update,
    swap,
    show,
    create,
    refresh,
    setSpeed,
    ...stage,
    ...second,
    ...drive(act, second),
  }
})
