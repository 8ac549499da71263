/**
 * What a backend is asked to run: a graph's results and the effects before and after it.
 *
 * One run of a program is one step: `before`, then every root, then `after`. Effects touch storages that a graph cannot
 * change (a batch is fetched, parameters move, scores are counted).
 */
import type { Node, Storage } from '../graph/node.ts'
import type { Tensor } from '../ops/op.ts'

/** Byte address of a storage. */
export type StorageAddress = (storage: Storage) => number

/** Something a step does apart from computing its graph. */
export interface Effect {
  readonly name: string
  readonly reads: readonly Storage[]
  readonly writes: readonly Storage[]
  /** Floating-point operations, for deciding whether threads share it. */
  readonly flops: number
  /** Float64 meaning; `at` gives the storages' values. */
  reference(at: (storage: Storage) => Tensor): void
  readonly kernel: { readonly name: string; arguments(at: StorageAddress): readonly number[] }
}

export interface Root {
  readonly node: Node
  readonly into: Storage
}

export interface Program {
  readonly before: readonly Effect[]
  readonly roots: readonly Root[]
  readonly after: readonly Effect[]
  /** Counted up by `advanceBy` after each step: the place in the data. */
  readonly cursor: Storage | null
  readonly advanceBy: number
  /** A run of several steps ends early after the one in which this value is not finite. */
  readonly guard: Storage | null
}

/** A program made ready; `run` returns the number of steps done, fewer when the guard's value was not finite. */
export interface Runnable {
  run(steps: number): number
}

/** Owns the storages' memory and runs programs on it. */
export interface Backend {
  readonly kind: 'reference' | 'wasm'
  load(program: Program): Runnable
  write(storage: Storage, data: ArrayLike<number>): void
  /** The present values; a view into the backend's memory where it has one, so valid until the next call. */
  read(storage: Storage): Float32Array | Float64Array
  /** Frees what the backend holds; it is not used afterwards. */
  dispose(): void
}
