/** Teaching by hand: the model answers a context, a person praises or scolds, and what that one step changed is kept. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { type FaultRecord, plainText, type Said } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useEdits } from './edits.ts'
import { useFrame } from './frame.ts'
import { useLastStep } from './last-step.ts'
import { asFault, useNotices } from './notices.ts'
import { useRun } from './run.ts'
import { useTrip } from './trip.ts'

export const useTeaching = defineStore('teaching', () => {
  const run = useRun()
  const frame = useFrame()
  const trip = useTrip()
  const edits = useEdits()
  const notices = useNotices()
  /** A context that was typed and is none of the examples'. */
  const typed = ref<string | null>(null)
  /** What is wrong with the text that was typed. */
  const fault = shallowRef<FaultRecord | null>(null)
  const said = shallowRef<Said | null>(null)
  const lastStep = useLastStep()
  const presses = ref(0)
  const busy = ref(false)

  const context = computed(() => typed.value ?? run.current?.contexts[trip.passenger] ?? '')

  function forget(): void {
    said.value = null
    lastStep.forget()
    fault.value = null
  }

  /** Chooses one of the contexts of the examples. */
  function choose(index: number): void {
    forget()
    typed.value = null
    trip.chosenPassenger = index
    trip.chosenDestination = null
  }

  /** Does something with the run, at rest so that before and after can be read; one thing at a time. */
  async function atRest<Result>(work: (id: string) => Promise<Result>, refused: (error: unknown) => void) {
    const id = run.current?.run
    if (id === undefined || busy.value) return null
    busy.value = true
    try {
      if (frame.status === 'running') await run.pause()
      const answer = await work(id)
      return run.current?.run === id ? answer : null
    } catch (error) {
      refused(error)
      return null
    } finally {
      busy.value = false
    }
  }

  async function ask(text: string, refused: (error: unknown) => void): Promise<boolean> {
    const answer = await atRest(
      (id) => bridge().call('run.say', { run: id, context: text, temperature: null }),
      refused,
    )
    if (answer !== null) {
      said.value = answer
      fault.value = null
    }
    return answer !== null
  }

  /** Has the model answer the context that is chosen. */
  const say = (): Promise<boolean> => ask(context.value, notices.report)

  /** Asks about a typed context; what is wrong with it is said beside the field. */
  async function askTyped(text: string): Promise<boolean> {
    const plain = plainText(text)
    const known = run.current?.contexts.indexOf(plain) ?? -1
    if (known >= 0) {
      choose(known)
      return say()
    }
    const isAnswered = await ask(plain, (error) => {
      fault.value = asFault(error)
    })
    if (isAnswered && typed.value !== plain) {
      lastStep.forget()
      typed.value = plain
    }
    return isAnswered
  }

  /** Rewards the answer that was said: one real step. The next answer follows by itself. */
  async function reward(amount: number): Promise<void> {
    const about = said.value
    if (about === null) return
    const { context: asked, answer } = about
    const step = await edits.change(() =>
      atRest((id) => bridge().call('run.reward', { run: id, context: asked, answer, reward: amount }), notices.report),
    )
    if (step === null) return
    lastStep.note(step)
    presses.value += 1
    await ask(about.context, notices.report)
  }

  watch(
    () => [run.current?.run, run.current?.contexts.join('\n'), run.current?.layers.at(-1)?.names.join('\n')].join('\n'),
    () => {
      forget()
      typed.value = null
    },
  )
  watch(
    () => run.current?.run,
    () => {
      presses.value = 0
    },
  )

  return { typed, context, fault, said, presses, busy, choose, say, askTyped, reward }
})
