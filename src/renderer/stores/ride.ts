/** A ride: a text that goes on word by word, shown one stop after the other. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { FaultRecord, Ride } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { asFault } from './notices.ts'
import { useRun } from './run.ts'
import { useTrip } from './trip.ts'

/** Answers that are listed at a stop. */
const listed = 5
/** Time that the bus takes from stop to stop. */
const stopMs = 700
/** A long ride takes no longer than this. */
const longestMs = 12_000

/** Whether the system asks for less motion. */
const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

export const useRide = defineStore('ride', () => {
  const run = useRun()
  const trip = useTrip()
  const ride = shallowRef<Ride | null>(null)
  const fault = shallowRef<FaultRecord | null>(null)
  const busy = ref(false)
  /** Stops that the bus has come to. */
  const reached = ref(0)
  let rides = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const steps = computed(() => ride.value?.steps.slice(0, reached.value) ?? [])
  const moving = computed(() => ride.value !== null && reached.value < ride.value.steps.length)

  /** Shows on the map who rides and where to. */
  function show(): void {
    const step = steps.value.at(-1)
    if (step === undefined) return
    const passenger = run.current?.contexts.indexOf(step.context) ?? -1
    if (passenger >= 0) trip.chosenPassenger = passenger
    trip.chosenDestination = step.taken.answer
  }

  function go(): void {
    const total = ride.value?.steps.length ?? 0
    reached.value = isStill() ? total : Math.min(total, reached.value + 1)
    show()
    clearTimeout(timer)
    if (moving.value) timer = setTimeout(go, Math.min(stopMs, longestMs / total))
  }

  /** Leaves with a text; the seed is another one each time, so that another draw may come. */
  async function leave(text: string, words: number, temperature: number): Promise<void> {
    const id = run.current?.run
    if (id === undefined || busy.value) return
    busy.value = true
    clearTimeout(timer)
    try {
      const seed = rides++
      const answer = await bridge().call('run.ride', { run: id, text, words, temperature, top: listed, seed })
      if (run.current?.run !== id) return
      ride.value = answer
      fault.value = null
      reached.value = 0
      go()
    } catch (error) {
      ride.value = null
      fault.value = asFault(error)
    } finally {
      busy.value = false
    }
  }

  /** Goes to the end at once. */
  function arrive(): void {
    reached.value = ride.value?.steps.length ?? 0
    clearTimeout(timer)
    show()
  }

  watch(
    () => [run.current?.run, run.current?.version].join(),
    () => {
      clearTimeout(timer)
      ride.value = null
      fault.value = null
      reached.value = 0
    },
  )

  return { ride, steps, moving, fault, busy, leave, arrive }
})
