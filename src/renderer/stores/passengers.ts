/** Pictures of the training data, fetched as far as they are shown: who may travel through the network. */
import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef, watch } from 'vue'
import { bridge } from '../app/bridge.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'
import { useTrip } from './trip.ts'

/** A row of the training data: pixels from 0 to 255, and its class. */
export interface Passenger {
  readonly pixels: readonly number[]
  readonly height: number
  readonly width: number
  readonly class: number
}

/** Rows fetched at once. */
const batch = 24

export const usePassengers = defineStore('passengers', () => {
  const run = useRun()
  const trip = useTrip()
  const known = shallowReactive(new Map<number, Passenger>())
  const asked = new Set<number>()
  const origin = shallowRef('')

  /** True where the data are pictures. */
  const arePictures = computed(() => run.current?.layers[0]?.shape?.length === 3)
  const count = computed(() => run.current?.trainSamples ?? 0)
  const chosen = computed(() => Math.min(trip.passenger, Math.max(0, count.value - 1)))

  // Other data are other pictures.
  watch(
    () => JSON.stringify([run.current?.run, run.current?.recipe.data, run.current?.recipe.seed]),
    (text) => {
      origin.value = text
      known.clear()
      asked.clear()
    },
    { immediate: true },
  )

  async function load(from: number): Promise<void> {
    const info = run.current
    if (info === null || asked.has(from)) return
    asked.add(from)
    const text = origin.value
    try {
      const { pictures, classes, height, width } = await bridge().call('run.pictures', {
        run: info.run,
        from,
        count: batch,
      })
      if (text !== origin.value) return
      pictures.forEach((pixels, n) => {
        known.set(from + n, { pixels, height, width, class: classes[n] ?? 0 })
      })
    } catch (error) {
      asked.delete(from)
      useNotices().report(error)
    }
  }
  /** Has these rows fetched. */
  function want(first: number, last: number): void {
    if (!arePictures.value) return
    for (let from = Math.floor(Math.max(0, first) / batch) * batch; from <= last; from += batch) void load(from)
  }
  /** Chooses a row, as far as there are rows. */
  function choose(row: number): void {
    trip.chosenPassenger = Math.max(0, Math.min(count.value - 1, row))
  }

  return { known, arePictures, count, chosen, want, choose }
})
