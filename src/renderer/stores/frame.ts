/** The newest frame of the run that is shown. Frames are pulled: one credit when the last one is drawn, none while hidden. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { type Frame, readFrame } from '../../shared/frame.ts'
import type { Lens, RunInfo, RunStatus, SectionName } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { paced as paceOf } from '../charts/paced.ts'
import { areDrawn, takeTurns } from '../charts/turns.ts'
import { createPace } from '../map/pace.ts'
import { createArrivals } from './arriving.ts'
import { useCurve } from './curve.ts'
import { useEdits } from './edits.ts'
import { useRun } from './run.ts'

/** While a run trains, what is written in words is renewed this often; pictures follow every frame. */
const writtenMs = 100

/** Nothing but the numbers of the head and the curve. */
export const noLens: Lens = {
  parameters: false,
  gradients: false,
  nodeMap: 0,
  surface: 0,
  passenger: null,
  destination: null,
}

/** What decides whether a frame's arrays still fit the layers of a run. */
function shapeOf(info: RunInfo): string {
  return `${info.run}:${info.layers.map(({ units, shape = [] }) => `${units}/${shape.join()}`).join('-')}`
}

/** Sections that come with some frames only where they take long, if a lens asks for them. */
function seldom(lens: Lens): readonly SectionName[] {
  return [
    ...(lens.surface > 0 ? (['surface'] as const) : []),
    ...(lens.parameters ? (['parameters'] as const) : []),
    ...(lens.gradients ? (['gradients'] as const) : []),
    ...(lens.destination === null ? [] : (['contributions'] as const)),
  ]
}

/** A frame with what the one before it had of the same run and version, where it comes without. */
export function keepSeldom(frame: Frame, before: Frame | null, lens: Lens): Frame {
  if (before?.head.run !== frame.head.run || before.head.version !== frame.head.version) return frame
  const kept = seldom(lens).flatMap((name) => {
    const data = before.sections.get(name)
    return data === undefined || frame.sections.has(name) ? [] : [[name, data] as const]
  })
  return kept.length === 0 ? frame : { ...frame, sections: new Map([...frame.sections, ...kept]) }
}

export const useFrame = defineStore('frame', () => {
  const run = useRun()
  const edits = useEdits()
  const curve = useCurve()
  const lens = shallowRef<Lens>(noLens)
  const besideLens = computed<Lens>(() => ({ ...noLens, surface: lens.value.surface }))
  const newest = shallowRef<Frame | null>(null)
  let newestShape = ''
  const arrivals = createArrivals()
  const pace = createPace()
  /** Of the same run and version as the newest one. */
  const paced = shallowRef<Frame | null>(null)
  let toWrite: Frame | null = null
  const writing = takeTurns(() => {
    paced.value = toWrite
  })
  /** The newest frame of the run beside the current one. */
  const other = shallowRef<Frame | null>(null)
  /** Where pictures still wait as a frame comes, the next one is asked for when they are drawn: a slow page is sent fewer. */
  const credit = takeTurns(ask)

  /** The newest frame that fits the shape of the current run. */
  const latest = computed(() => {
    const info = run.current
    return info !== null && newest.value?.head.run === info.run && newestShape === shapeOf(info) ? newest.value : null
  })
  /** What pictures are drawn from. */
  const source = (): Frame | null => latest.value
  const head = computed(() => (newest.value?.head.run === run.current?.run ? (newest.value?.head ?? null) : null))
  /** The frame that text is written from, and its head. */
  const written = computed(() => (latest.value === null ? null : paced.value))
  const writtenHead = computed(() => (head.value === null ? null : (paced.value?.head ?? null)))
  const beside = computed(() => (other.value?.head.run === run.beside?.run ? other.value : null))
  const besideWritten = paceOf(() => beside.value, writtenMs)
  const status = computed<RunStatus>(() => head.value?.status ?? 'ready')

  /** A view of one section of what is written; empty where the frame has none. */
  function section(name: SectionName): Float32Array {
    return written.value?.sections.get(name) ?? new Float32Array(0)
  }

  function ask(): void {
    const info = run.current
    if (info === null || document.visibilityState !== 'visible') return
    bridge().watch(info.run, lens.value)
    if (run.beside !== null) bridge().watch(run.beside.run, besideLens.value)
  }

  function takeBeside(frame: Frame, info: RunInfo): void {
    run.companionStatus = frame.head.status
    if (frame.head.version > info.version) void run.refresh(info.run)
    else if (frame.head.version === info.version) other.value = keepSeldom(frame, other.value, besideLens.value)
  }

  function take(frame: Frame): void {
    curve.add(frame)
    edits.confirm(frame.head)
    const info = run.current
    if (run.beside !== null && frame.head.run === run.beside.run) takeBeside(frame, run.beside)
    if (info === null || frame.head.run !== info.run) return
    if (frame.head.version > info.version) {
      void run.refresh(info.run)
      return
    }
    const fits = frame.head.version === info.version || newestShape === shapeOf(info)
    if (!fits) return
    newestShape = shapeOf(info)
    newest.value = keepSeldom(arrivals.take(frame), newest.value, lens.value)
    toWrite = pace.take(newest.value, performance.now(), writtenMs)
    // While one run trains, its words are renewed in a frame of their own.
    if (frame.head.status !== 'running' || paced.value?.head.run !== frame.head.run) paced.value = toWrite
    else if (toWrite !== paced.value) writing.ask()
  }

  /** Starts the loop: listens for frames and asks for the next one. */
  function start(): void {
    bridge().onFrame((buffer) => {
      const isBehind = !areDrawn()
      take(readFrame(buffer))
      if (isBehind) credit.ask()
      else requestAnimationFrame(ask)
    })
    document.addEventListener('visibilitychange', ask)
    watch([() => run.current?.run, () => run.beside?.run, lens], ask, { immediate: true })
  }

  return { lens, latest, source, head, written, writtenHead, beside, besideWritten, status, section, start, ask }
})
