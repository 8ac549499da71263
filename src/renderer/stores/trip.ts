/** Who rides where: passenger and destination that were chosen, the strongest routes between them, the one that is lit. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { type FaultRecord, type Route, type RouteList, valueCount } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import type { PlateLens } from '../map/plates.ts'
import type { RoutePlace } from '../map/selection.ts'
import { useFrame } from './frame.ts'
import { asFault } from './notices.ts'
import { createRenewal } from './renewal.ts'
import { useRun } from './run.ts'
import { useSelection } from './selection.ts'

/** How many routes are asked for, and how often while it trains. */
const listed = 8
const everyMs = 500
/** A calm look at what stands needs no waiting. */
const stillMs = 60

export const useTrip = defineStore('trip', () => {
  const run = useRun()
  const frame = useFrame()
  /** What numbers the buses. */
  const lens = ref<PlateLens>('contribution')
  /** Whether the list of routes is open. */
  const open = ref(false)
  /** null leaves the choice to the view. */
  const chosenPassenger = ref<number | null>(null)
  const chosenDestination = ref<number | null>(null)
  const list = shallowRef<RouteList | null>(null)
  /** Why there are none. */
  const fault = shallowRef<FaultRecord | null>(null)
  const place = ref(0)

  const passenger = computed(() => chosenPassenger.value ?? frame.lens.passenger ?? 0)
  const destination = computed(() => chosenDestination.value ?? frame.lens.destination ?? 0)
  const route = computed<Route | null>(() => (open.value ? (list.value?.routes[place.value] ?? null) : null))
  /** The chosen route, a line a gap; null for none. */
  const lit = computed<readonly RoutePlace[] | null>(() => {
    const stops = route.value?.stops
    if (stops === undefined || stops.length !== run.current?.layers.length) return null
    const { layers } = run.current
    return stops.slice(1).map((to, gap) => {
      // Of a picture a route takes one pixel.
      const from = stops[gap] ?? 0
      const layer = layers[gap]
      const each = layer === undefined ? 1 : valueCount(layer) / layer.units
      return each === 1 ? { gap, from, to } : { gap, from: Math.floor(from / each), to, part: from % each }
    })
  })

  async function load(): Promise<void> {
    const info = run.current
    if (info === null || !open.value) return
    const asked = { run: info.run, passenger: passenger.value, destination: destination.value, count: listed }
    try {
      const answer = await bridge().call('run.routes', asked)
      if (run.current?.run !== info.run) return
      list.value = answer
      fault.value = null
    } catch (error) {
      list.value = null
      fault.value = asFault(error)
    }
  }
  const renewal = createRenewal(load, () => (frame.status === 'running' ? everyMs : stillMs))

  watch(
    () => [open.value, run.current?.run, run.current?.version, frame.head?.step, passenger.value, destination.value],
    () => {
      if (open.value) renewal.ask()
    },
  )
  watch(
    () => [run.current?.run, run.current?.layers.length, run.current?.layers.at(-1)?.units].join(),
    () => {
      chosenPassenger.value = null
      chosenDestination.value = null
      list.value = null
      place.value = 0
    },
    { flush: 'sync' },
  )

  // Another run has other routes.
  watch(
    () => run.current?.run,
    () => {
      open.value = false
    },
  )

  /** Opens the list, letting go of what is selected, or closes it. */
  function toggle(): void {
    open.value = !open.value
    if (open.value) useSelection().selected = null
  }

  return {
    toggle,
    lens,
    open,
    chosenPassenger,
    chosenDestination,
    passenger,
    destination,
    list,
    fault,
    place,
    route,
    lit,
  }
})
