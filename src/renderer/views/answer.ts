/** The model's answer to a context, before and after: what the probabilities were when training last began, and are now. */
import { computed, shallowRef, watch } from 'vue'
import { useFrame } from '../stores/frame.ts'
import { useRun } from '../stores/run.ts'

export interface AnswerLine {
  readonly name: string
  readonly before: number
  readonly after: number
  /** The answer that is praised in the data. */
  readonly praised: boolean
}

/** Probabilities of the output stops for the passenger of the lens. */
export function useAnswer() {
  const run = useRun()
  const frame = useFrame()
  const before = shallowRef<readonly number[]>([])
  /** Outputs of the frame that was last seen. */
  let shown: readonly number[] = []

  const outputs = computed<readonly number[]>(() => {
    const last = run.current?.layers.at(-1)
    const activations = frame.section('activations')
    if (last === undefined || activations.length === 0) return []
    return Array.from(activations.subarray(last.firstNode, last.firstNode + last.units))
  })

  watch(
    () => frame.written,
    (next, old) => {
      if (next === null) return
      const newRun = old?.head.run !== next.head.run || old.head.step > next.head.step
      const idle = next.head.status !== 'running' && old?.head.status !== 'running'
      if (newRun || next.head.step === 0 || before.value.length !== outputs.value.length) before.value = outputs.value
      else if (idle && old !== null && old !== undefined && old.head.step !== next.head.step) before.value = shown
      else if (old?.head.status !== 'running' && next.head.status === 'running') before.value = shown
      shown = outputs.value
    },
    { immediate: true },
  )

  /** Index of the answer that the data praises most. */
  const destination = computed(() => {
    const data = run.current?.recipe.data
    if (data?.source !== 'sentences') return null
    const best = data.examples.reduce((a, b) => (b.reward > a.reward ? b : a))
    const index = run.current?.layers.at(-1)?.names.indexOf(best.answer) ?? -1
    return index < 0 ? null : index
  })

  const lines = computed<readonly AnswerLine[]>(() =>
    outputs.value.map((after, i) => ({
      name: run.current?.layers.at(-1)?.names[i] ?? String(i + 1),
      before: before.value[i] ?? after,
      after,
      praised: i === destination.value,
    })),
  )
  /** The most probable answer. */
  const best = computed(() =>
    lines.value.reduce<AnswerLine | null>((a, b) => (a === null || b.after > a.after ? b : a), null),
  )

  return { lines, best, destination }
}
