/** Compute threads: every one has an instance of the kernels over the same memory and does its part of each job. */

/** What a thread needs to join; can be sent to another thread. */
export interface CrewPlace {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly isWide: boolean
  /** This thread's place among `size` threads; the first, 0, leads. */
  readonly place: number
  readonly size: number
  /** Addresses: where threads meet, where jobs are left, and memory of this thread's own for packing and rows. */
  readonly meeting: number
  readonly job: number
  readonly packing: number
  readonly panel: number
  readonly scratch: number
}

/** Threads that the host lends; the core itself starts none. */
export interface Crew {
  /** Threads with the leader. */
  readonly size: number
  /** Lets a thread run `followCrew(place)`; it is free again when that returns. */
  start(place: CrewPlace): void
}

/**
 * A follower's whole life: joins, does its part of every job, returns when the leader lets it go.
 *
 * It uses nothing from outside its own text, because hosts start threads from that text (`followCrew.toString()`).
 */
export function followCrew(place: CrewPlace): void {
  const instance = new WebAssembly.Instance(place.module, { env: { memory: place.memory } })
  const call = (name: string, ...words: number[]): number => {
    const kernel = instance.exports[name]
    if (typeof kernel !== 'function') throw new Error(`internal: no kernel ${name}`)
    return kernel(...words)
  }
  const { table } = instance.exports
  if (!(table instanceof WebAssembly.Table)) throw new Error('internal: the kernels export no table')
  // the same order as the leader's: see fillTable in exec/wasm.ts
  const names = Object.keys(instance.exports).filter((name) => typeof instance.exports[name] === 'function')
  const first = table.grow(names.length)
  for (const [index, name] of names.sort().entries()) table.set(first + index, instance.exports[name])
  call('usePanel', place.panel)
  call('usePacking', place.packing)
  call('useScratch', place.scratch)
  call('useWideBlock', place.isWide ? 1 : 0)
  call('joinCrew', place.place, place.size, place.meeting)
  call('follow', place.job)
}
