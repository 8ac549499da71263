/** A point of the plane that is tried: it travels through the network in the passenger's place. */
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { surfaceSpan } from '../charts/surface.ts'
import { useRun } from './run.ts'

/** x and y. */
export type Place = readonly [number, number]

const digits = 100

/** Keeps a place on the plane, to two digits. */
export function onPlane(x: number, y: number): Place {
  const within = (value: number): number =>
    Math.round(Math.max(-surfaceSpan, Math.min(surfaceSpan, value)) * digits) / digits
  return [within(x), within(y)]
}

export const useProbe = defineStore('probe', () => {
  const run = useRun()
  /** null while no point is tried. */
  const place = shallowRef<Place | null>(null)

  // Another run has another plane.
  watch(
    () => run.current?.run,
    () => {
      place.value = null
    },
  )
  return { place }
})
