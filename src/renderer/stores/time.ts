/** The past of the run that is shown: its moments, a look at one of them, going on from there, the best one. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { FrameHead, Moment } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { useEdits } from './edits.ts'
import { useFrame } from './frame.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'

/** While a run trains its moments are asked for this often. */
const askMs = 1000
/** A step that a person moved to stands at most this long after it was answered. */
const longestWaitMs = 1000

const finishedBy = {
  epochs: 'past.byEpochs',
  seconds: 'past.bySeconds',
  loss: 'past.byLoss',
  patience: 'past.byPatience',
} as const

/** Looking at a past step: the step that a person moved to stands until a frame shows it. */
function createLook(head: () => FrameHead | null, nowStep: () => number) {
  const run = useRun()
  const frame = useFrame()
  /** The step that a person moved to and that no frame shows yet. */
  const wanted = ref<number | null>(null)
  let isSending = false

  /** Shows a past step; while one look is on its way, only the last other follows. */
  async function look(step: number): Promise<void> {
    wanted.value = step
    if (isSending) return
    isSending = true
    for (let sent: number | null = null; wanted.value !== null && wanted.value !== sent; ) {
      const target: number = wanted.value
      sent = target
      const isShown = await run.act(async (id) => {
        await bridge().call('run.look', { run: id, step: target >= nowStep() ? null : target })
        return true
      })
      if (isShown === null && wanted.value === target) wanted.value = null
    }
    isSending = false
    settle()
    // Where something else was done before a frame showed it.
    const last = wanted.value
    setTimeout(() => {
      if (!isSending && wanted.value === last) wanted.value = null
    }, longestWaitMs)
  }
  /** What was wanted is shown: from now on the frames tell where the run is. */
  function settle(): void {
    if (!isSending && (head()?.step === wanted.value || frame.status === 'running')) wanted.value = null
  }
  watch(head, settle)

  return { wanted, look }
}

export const useTime = defineStore('time', () => {
  const run = useRun()
  const frame = useFrame()
  const edits = useEdits()
  const notices = useNotices()
  const moments = shallowRef<readonly Moment[]>([])
  const head = computed(() => frame.writtenHead)
  const isLooking = computed(() => (head.value?.presentStep ?? null) !== null)
  const nowStep = computed(() => head.value?.presentStep ?? head.value?.step ?? 0)
  /** Every step that can be shown, the present last. */
  const steps = computed(() => [
    ...moments.value.map(({ step }) => step).filter((step) => step < nowStep.value),
    nowStep.value,
  ])
  const { wanted, look } = createLook(
    () => head.value,
    () => nowStep.value,
  )
  const shownStep = computed(() => wanted.value ?? head.value?.step ?? 0)
  const best = computed(() => head.value?.best ?? null)
  let askedAt = Number.NEGATIVE_INFINITY

  async function ask(): Promise<void> {
    askedAt = performance.now()
    const id = run.current?.run
    if (id === undefined) return
    // A run that is closed by now has no moments, and the page's other calls say so.
    const found = await bridge()
      .call('run.moments', { run: id })
      .catch(() => [])
    if (run.current?.run === id) moments.value = found
  }

  const backToNow = () => {
    wanted.value = null
    return run.act((id) => bridge().call('run.look', { run: id, step: null }))
  }
  /** Does something that can be taken back and answers nothing. */
  const change = (name: 'run.go-on' | 'run.best') =>
    edits.change(() =>
      run.act(async (id) => {
        await bridge().call(name, { run: id })
        return true
      }),
    )
  const goOn = () => {
    wanted.value = null
    return change('run.go-on').then(ask)
  }
  const takeBest = () => change('run.best')

  watch(
    () => run.current?.run,
    () => {
      moments.value = []
      wanted.value = null
    },
  )
  watch(
    () => [head.value?.run, head.value?.status, nowStep.value] as const,
    ([id, status, now], [oldId, oldStatus, before]) => {
      // A run may be over before anybody has seen it running.
      const isEnd = id === oldId && oldStatus !== 'finished' && (oldStatus === 'running' || now > before)
      if (status !== 'running' || performance.now() - askedAt > askMs) void ask()
      const reason = head.value?.stopReason ?? null
      if (isEnd && status === 'finished' && reason !== null) notices.tell(finishedBy[reason])
    },
  )

  return { steps, shownStep, nowStep, isLooking, best, look, backToNow, goOn, takeBest }
})
