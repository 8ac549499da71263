/** Parameters that training leaves alone: frozen ones, and ones that are switched off, which is held at 0. */
import type { Storage } from '../graph/node.ts'
import type { Hold, ParameterInfo } from '../spec/index.ts'
import { placeOf } from './places.ts'
import { stretchOf, type Workshop } from './workshop.ts'

const frozenPrefix = 'frozen.'
const offPrefix = 'off.'

interface Held {
  readonly frozen: boolean
  readonly off: number | null
}

/** What held parameters that follow each other, or the optimizer's memories of them, were before a step. */
interface Stretch {
  readonly storage: Storage
  readonly values: Float32Array
}

/** Places as stretches [first, count]. */
function stretchesOf(places: Iterable<number>): readonly (readonly [number, number])[] {
  const stretches: [number, number][] = []
  for (const place of [...places].sort((a, b) => a - b)) {
    const last = stretches.at(-1)
    if (last !== undefined && last[0] + last[1] === place) last[1]++
    else stretches.push([place, 1])
  }
  return stretches
}

/**
 * The held parameters of a session. After each step value and optimizer's memories are put back, so that a step leaves
 * them as they were, bit for bit; a session without any pays nothing. Their gradients are still computed and count
 * towards the common norm that `clip.norm` bounds.
 */
export class Holds {
  #held = new Map<number, Held>()
  #stretches: readonly (readonly [number, number])[] | null = null
  #kept: readonly Stretch[] = []

  get any(): boolean {
    return this.#held.size > 0
  }

  at(place: number): Held {
    return this.#held.get(place) ?? { frozen: false, off: null }
  }

  /** All that is held. */
  places(): Iterable<number> {
    return this.#held.keys()
  }

  set(place: number, held: Held): void {
    this.#stretches = null
    if (held.frozen || held.off !== null) this.#held.set(place, held)
    else this.#held.delete(place)
  }

  /** Freezes or switches off, or no longer; `values` are the parameters, of which one may have moved. */
  hold(
    place: number,
    what: 'frozen' | 'off',
    isHeld: boolean,
    values: Float32Array,
  ): { from: boolean; moved: boolean } {
    const held = this.at(place)
    if (what === 'frozen') {
      this.set(place, { ...held, frozen: isHeld })
      return { from: held.frozen, moved: false }
    }
    const from = held.off !== null
    if (from === isHeld) return { from, moved: false }
    this.set(place, { ...held, off: isHeld ? (values[place] ?? 0) : null })
    values[place] = isHeld ? 0 : (held.off ?? 0)
    return { from, moved: true }
  }

  /** Notes what must stay. */
  before({ backend, at }: Workshop): void {
    if (!this.any) return
    this.#stretches ??= stretchesOf(this.#held.keys())
    const stretches = this.#stretches
    this.#kept = [at.parameters, ...at.slots].flatMap((flat) => {
      const values = backend.read(flat)
      return stretches.map(([first, count]) => ({
        storage: stretchOf(flat, first, count),
        values: Float32Array.from(values.subarray(first, first + count)),
      }))
    })
  }

  /** Puts back what a step moved. */
  after({ backend }: Workshop): void {
    for (const { storage, values } of this.#kept) backend.write(storage, values)
    this.#kept = []
  }

  /** Start values: what is switched off begins at 0 and would come back as its start value. */
  restart(values: Float32Array): void {
    for (const [place, held] of this.#held) {
      if (held.off === null) continue
      this.#held.set(place, { ...held, off: values[place] ?? 0 })
      values[place] = 0
    }
  }

  list(parameters: readonly ParameterInfo[]): readonly Hold[] {
    return parameters.flatMap(({ name, offset, size }) =>
      [...this.#held]
        .filter(([place]) => place >= offset && place < offset + size)
        .sort(([a], [b]) => a - b)
        .map(([place, held]) => ({ name, index: place - offset, ...held })),
    )
  }

  /** Other layers: holds stay with their parameters. */
  move(sources: Int32Array): void {
    if (!this.any) return
    const held = new Map<number, Held>()
    sources.forEach((source, place) => {
      const old = this.#held.get(source)
      if (old !== undefined) held.set(place, old)
    })
    this.#held = held
    this.#stretches = null
  }

  counters(parameters: readonly ParameterInfo[]): Record<string, number> {
    return Object.fromEntries(
      this.list(parameters).flatMap(({ name, index, frozen, off }) => [
        ...(frozen ? [[`${frozenPrefix}${name}.${index}`, 1] as const] : []),
        ...(off === null ? [] : [[`${offPrefix}${name}.${index}`, off] as const]),
      ]),
    )
  }

  load(counters: Readonly<Record<string, number>>, parameters: readonly ParameterInfo[]): void {
    this.#held = new Map()
    this.#stretches = null
    for (const [key, value] of Object.entries(counters)) {
      const found = /^(frozen|off)\.(.+)\.(\d{1,9})$/.exec(key)
      const place = placeOf(parameters, found?.[2] ?? '', Number(found?.[3]))
      if (place === undefined || !Number.isFinite(Math.fround(value))) continue
      this.set(place, { ...this.at(place), ...(found?.[1] === 'off' ? { off: Math.fround(value) } : { frozen: true }) })
    }
  }
}
