/** All about the selected parameter, asked for again at a pace that can be read. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Passport, Sweep } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useFrame } from './frame.ts'
import { useNotices } from './notices.ts'
import { createRenewal } from './renewal.ts'
import { useRun } from './run.ts'
import { useSelection } from './selection.ts'
import { useTrip } from './trip.ts'

const everyMs = 250
const sweepEveryMs = 700
const stillMs = 40
const sweepPoints = 61

interface Place {
  readonly run: string
  readonly name: string
  readonly index: number
}

export const usePassport = defineStore('passport', () => {
  const run = useRun()
  const frame = useFrame()
  const selection = useSelection()
  const trip = useTrip()
  const known = shallowRef<{ readonly place: Place; readonly passport: Passport } | null>(null)
  const swept = shallowRef<{ readonly place: Place; readonly sweep: Sweep } | null>(null)

  /** The weight or bias that is selected (a stop means its bias). */
  const place = computed<Place | null>(() => {
    const info = run.current
    const selected = selection.selected
    if (info === null || selected === null) return null
    const tensor = info.parameters.find(({ name }) => name === selected.parameter)
    if (tensor === undefined || selected.index < 0 || selected.index >= tensor.size) return null
    return { run: info.run, name: tensor.name, index: selected.index }
  })
  const isNow = (then: Place): boolean =>
    then.run === place.value?.run && then.name === place.value.name && then.index === place.value.index

  const current = computed(() => (known.value !== null && isNow(known.value.place) ? known.value.passport : null))
  const sweep = computed(() => (swept.value !== null && isNow(swept.value.place) ? swept.value.sweep : null))

  async function load(): Promise<void> {
    const asked = place.value
    if (asked === null) return
    try {
      const destination = frame.lens.passenger === null ? null : trip.destination
      const passport = await bridge().call('run.parameter', { ...asked, passenger: trip.passenger, destination })
      if (isNow(asked)) known.value = { place: asked, passport }
    } catch (error) {
      if (isNow(asked)) useNotices().report(error)
    }
  }
  async function loadSweep(): Promise<void> {
    const asked = place.value
    if (asked === null) return
    try {
      const answer = await bridge().call('run.sweep', { ...asked, from: null, to: null, points: sweepPoints })
      if (isNow(asked)) swept.value = { place: asked, sweep: answer }
    } catch (error) {
      if (isNow(asked)) useNotices().report(error)
    }
  }
  const running = (): boolean => frame.status === 'running'
  const renewal = createRenewal(load, () => (running() ? everyMs : stillMs))
  const sweepRenewal = createRenewal(loadSweep, () => (running() ? sweepEveryMs : stillMs))

  watch(
    () => [
      place.value,
      run.current?.version,
      frame.head?.step,
      frame.head?.status,
      frame.head?.edits.length,
      frame.head?.undoCount,
      frame.head?.redoCount,
      trip.passenger,
      trip.destination,
    ],
    () => {
      if (place.value === null) return
      renewal.ask()
      sweepRenewal.ask()
    },
    { immediate: true },
  )

  return { place, current, sweep }
})
