/** The runs that the views show, and every act upon the current one. An edit is pending until a frame confirms it. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive } from 'vue'
import { circleRecipe, type FaultRecord, storyRecipe } from '../../core/spec/index.ts'
import type { FrameHead, RunInfo, StepUnit } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { useCurve } from './curve.ts'
import { useNotices } from './notices.ts'

/** A view that has a run of its own. */
export type Slot = 'story' | 'lab'

interface Pending {
  readonly value: unknown
  /** Version of the run that holds the value; null while the services have not answered. */
  readonly version: number | null
}

const startRecipes = { story: storyRecipe, lab: circleRecipe } as const
const slots: readonly Slot[] = ['story', 'lab']
const slotKey = (slot: Slot): string => `paramap.run.${slot}`

export const useRun = defineStore('run', () => {
  const notices = useNotices()
  const runs = shallowReactive<Record<Slot, RunInfo | null>>({ story: null, lab: null })
  const slot = ref<Slot>('story')
  const current = computed(() => runs[slot.value])
  const pending = shallowReactive(new Map<string, Pending>())
  const canUndo = ref(false)
  const canRedo = ref(false)
  /** Steps a second of each slot; null runs as fast as it can. */
  const speeds = shallowReactive<Record<Slot, number | null>>({ story: 30, lab: null })
  const queued = new Map<string, unknown>()
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
  }

  /** Does something with the current run; a refusal becomes a notice. */
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

  async function make(at: Slot): Promise<void> {
    const kept = sessionStorage.getItem(slotKey(at))
    if (kept !== null) {
      const found = await bridge()
        .call('run.info', { run: kept })
        .catch(() => null)
      if (found !== null) {
        put(at, found)
        return
      }
    }
    put(at, await bridge().call('run.create', { recipe: startRecipes[at] }))
    await setSpeedOf(at)
  }

  /** Shows the run of a slot, making it from its first recipe where there is none. */
  async function show(at: Slot): Promise<void> {
    slot.value = at
    pending.clear()
    canUndo.value = runs[at] !== null
    canRedo.value = false
    if (runs[at] !== null) return
    const work = making.get(at) ?? make(at)
    making.set(at, work)
    try {
      await work
    } catch (error) {
      notices.report(error)
    } finally {
      making.delete(at)
    }
  }

  /** Puts another run into the lab; the one that was there is closed. */
  async function adopt(info: RunInfo): Promise<void> {
    const old = runs.lab
    runs.lab = null
    put('lab', info)
    pending.clear()
    canUndo.value = false
    canRedo.value = false
    if (old !== null && old.run !== info.run) {
      useCurve().forget(old.run)
      await bridge()
        .call('run.close', { run: old.run })
        .catch((error) => notices.report(error))
    }
    await setSpeedOf('lab').catch((error) => notices.report(error))
  }

  async function create(recipe: unknown): Promise<void> {
    try {
      await adopt(await bridge().call('run.create', { recipe }))
    } catch (error) {
      notices.report(error)
    }
  }

  async function setSpeedOf(at: Slot): Promise<void> {
    const info = runs[at]
    if (info !== null) await bridge().call('run.speed', { run: info.run, stepsPerSecond: speeds[at] })
  }

  async function setSpeed(stepsPerSecond: number | null): Promise<void> {
    speeds[slot.value] = stepsPerSecond
    await act(() => setSpeedOf(slot.value))
  }

  const play = () => act((id) => bridge().call('run.play', { run: id }))
  const pause = () => act((id) => bridge().call('run.pause', { run: id }))
  const step = (unit: StepUnit) => act((id) => bridge().call('run.step', { run: id, unit }))
  const rewind = () => act((id) => bridge().call('run.rewind', { run: id }))

  /** Sends an edit and gives its fault back; while one of a path is on its way, only the last of the others follows. */
  async function edit(path: string, value: unknown): Promise<FaultRecord | null> {
    const id = current.value?.run
    if (id === undefined) return null
    const busy = pending.get(path)?.version === null
    pending.set(path, { value, version: null })
    if (busy) {
      queued.set(path, value)
      return null
    }
    try {
      const info = await bridge().call('run.edit', { run: id, path, value })
      update(info)
      canUndo.value = true
      canRedo.value = false
      if (pending.get(path)?.value === value) pending.set(path, { value, version: info.version })
    } catch (error) {
      pending.delete(path)
      queued.delete(path)
      notices.report(error)
      return null
    }
    if (!queued.has(path)) return null
    const next = queued.get(path)
    queued.delete(path)
    pending.delete(path)
    return edit(path, next)
  }

  /** Takes pending edits off that a frame has caught up with. */
  function confirm(head: FrameHead): void {
    if (head.run !== current.value?.run || pending.size === 0) return
    for (const [path, waiting] of pending) {
      const named = head.edits.some((done) => done.path === path)
      if (waiting.version !== null && (named || (head.version >= waiting.version && !path.startsWith('parameters.')))) {
        pending.delete(path)
      }
    }
  }

  async function undo(): Promise<void> {
    const info = await act((id) => bridge().call('run.undo', { run: id }))
    if (info === null) canUndo.value = false
    else {
      update(info)
      canRedo.value = true
    }
  }

  async function redo(): Promise<void> {
    const info = await act((id) => bridge().call('run.redo', { run: id }))
    if (info === null) canRedo.value = false
    else {
      update(info)
      canUndo.value = true
    }
  }

  async function refresh(id: string): Promise<void> {
    try {
      update(await bridge().call('run.info', { run: id }))
    } catch (error) {
      notices.report(error)
    }
  }

  return {
    runs,
    slot,
    current,
    pending,
    canUndo,
    canRedo,
    speeds,
    show,
    adopt,
    create,
    update,
    refresh,
    setSpeed,
    play,
    pause,
    step,
    rewind,
    edit,
    confirm,
    undo,
    redo,
  }
})
