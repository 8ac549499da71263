/** A ride: a text that goes on word by word, shown one stop after the other. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { FaultRecord, Ride, RideStep } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { asFault } from './notices.ts'
import { useRun } from './run.ts'
import { useTrip } from './trip.ts'

/** Answers that are listed at a stop. */
const listed = 5
/** Time that the bus takes to the next word. */
const stopMs = 1200
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
  /** How far it has come on its way to the next word, 0 to 1; null where it stands. */
  const bus = ref<number | null>(null)
  let rides = 0
  let animation = 0

  const steps = computed(() => ride.value?.steps.slice(0, reached.value) ?? [])
  const moving = computed(() => ride.value !== null && reached.value < ride.value.steps.length)

  /** Shows on the map who rides and where to. */
  function show(step: RideStep): void {
    const passenger = run.current?.contexts.indexOf(step.context) ?? -1
    if (passenger >= 0) trip.chosenPassenger = passenger
    trip.chosenDestination = step.taken.answer
  }
  function halt(): void {
    cancelAnimationFrame(animation)
    bus.value = null
  }
  /** Goes to the end at once. */
  function arrive(): void {
    halt()
    reached.value = ride.value?.steps.length ?? 0
    const last = steps.value.at(-1)
    if (last !== undefined) show(last)
  }
  /** Drives to the next word, then to the one after it. */
  function drive(): void {
    const total = ride.value?.steps.length ?? 0
    const step = ride.value?.steps[reached.value]
    if (step === undefined) return
    if (isStill()) {
      arrive()
      return
    }
    show(step)
    const begunAt = performance.now()
    const go = (now: number): void => {
      const share = (now - begunAt) / Math.min(stopMs, longestMs / total)
      if (share < 1) {
        bus.value = Math.max(0, share)
        animation = requestAnimationFrame(go)
        return
      }
      halt()
      reached.value += 1
      drive()
    }
    animation = requestAnimationFrame(go)
  }

  /** Leaves with a text; the seed is another one each time, so that another draw may come. */
  async function leave(text: string, words: number, temperature: number): Promise<void> {
    const id = run.current?.run
    if (id === undefined || busy.value) return
    busy.value = true
    halt()
    try {
      const seed = rides++
      const answer = await bridge().call('run.ride', { run: id, text, words, temperature, top: listed, seed })
      if (run.current?.run !== id) return
      ride.value = answer
      fault.value = null
      reached.value = 0
      drive()
    } catch (error) {
      ride.value = null
      fault.value = asFault(error)
    } finally {
      busy.value = false
    }
  }

  watch(
    () => [run.current?.run, run.current?.version].join(),
    () => {
      halt()
      ride.value = null
      fault.value = null
      reached.value = 0
    },
  )

  return { ride, steps, moving, bus, fault, busy, leave, arrive }
})
