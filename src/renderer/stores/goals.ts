/** How far each context is: the probability of its right answers, asked for at a pace that can be read. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { plainText } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useFrame } from './frame.ts'
import { useNotices } from './notices.ts'
import { createRenewal } from './renewal.ts'
import { useRun } from './run.ts'

/** A probability that counts as arrived. */
export const arrivedAt = 0.95
/** Contexts that are followed. */
const mostContexts = 12
/** Answers that are asked for with each. */
const mostAnswers = 100
const everyMs = 200
const stillMs = 30

/** One context with the answers that are right for it. */
interface Goal {
  readonly context: string
  readonly answers: readonly { readonly text: string; readonly probability: number }[]
  /** Of all right answers together. */
  readonly probability: number
}

export const useGoals = defineStore('goals', () => {
  const run = useRun()
  const frame = useFrame()
  const known = shallowRef<{ readonly run: string; readonly goals: readonly Goal[] }>({ run: '', goals: [] })

  const wanted = computed<ReadonlyMap<string, readonly string[]>>(() => {
    const data = run.current?.recipe.data
    const answers = new Map<string, string[]>()
    if (run.slot !== 'story' || data?.source !== 'sentences') return answers
    for (const { context, answer, reward } of data.examples) {
      const key = plainText(context)
      const right = answers.get(key) ?? []
      const text = plainText(answer)
      if (reward <= 0 || right.includes(text) || (right.length === 0 && answers.size >= mostContexts)) continue
      answers.set(key, [...right, text])
    }
    return answers
  })

  const list = computed(() => (known.value.run === run.current?.run ? known.value.goals : []))
  const arrived = computed(() => list.value.length > 0 && list.value.every((goal) => goal.probability > arrivedAt))

  async function load(): Promise<void> {
    const id = run.current?.run
    if (id === undefined) return
    try {
      const goals = await Promise.all(
        [...wanted.value].map(async ([context, right]): Promise<Goal> => {
          const asked = { run: id, text: context, words: 1, temperature: 0, top: mostAnswers, seed: 0 }
          const next = (await bridge().call('run.ride', asked)).steps[0]?.next ?? []
          const answers = right.map((text) => ({
            text,
            probability: next.find((word) => word.text === text)?.probability ?? 0,
          }))
          return { context, answers, probability: answers.reduce((sum, { probability }) => sum + probability, 0) }
        }),
      )
      if (run.current?.run === id) known.value = { run: id, goals }
    } catch (error) {
      useNotices().report(error)
    }
  }
  const renewal = createRenewal(load, () => (frame.status === 'running' ? everyMs : stillMs))

  watch(
    () => [
      run.slot,
      run.current?.run,
      run.current?.version,
      frame.head?.step,
      frame.head?.status,
      frame.head?.edits.length,
      frame.head?.undoCount,
      frame.head?.redoCount,
    ],
    () => {
      if (wanted.value.size > 0) renewal.ask()
    },
    { immediate: true },
  )

  return { list, arrived }
})
