/**
 * Counter-based random numbers: the n-th number of a stream is a function of seed, purpose, index and n alone,
 * so the whole state is one number that a checkpoint can hold, and no stream disturbs another.
 * Philox4x32-10 of Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
import { cos, log } from './elementary.ts'

/** What random numbers are drawn for; each has a stream of its own. The ids are part of the promise of equal bits. */
const purposes = { init: 1, shuffle: 2, data: 3, split: 4, sampling: 5, dropout: 6 } as const
export type Purpose = keyof typeof purposes

// Multipliers and key increments of the paper, table 2 and section 3.3 (golden ratio and sqrt(3) - 1).
const multiplier0 = 0xd2511f53
const multiplier1 = 0xcd9e8d57
const increment0 = 0x9e3779b9
const increment1 = 0xbb67ae85
const rounds = 10

const two32 = 2 ** 32

/** The upper 32 bits of a product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const low = aHigh * bLow + ((aLow * bLow) >>> 16)
  const middle = aLow * bHigh + (low & 0xffff)
  return (aHigh * bHigh + (low >>> 16) + (middle >>> 16)) >>> 0
}

/** Turns a counter of four words and a key of two into four random words, written over the counter. */
export function philox(words: Uint32Array, key0: number, key1: number): void {
  let [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = words
  let k0 = key0
  let k1 = key1
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multiplier0, c0)
    const high1 = multiplyHigh(multiplier1, c2)
    const low0 = Math.imul(multiplier0, c0)
    const low1 = Math.imul(multiplier1, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + increment0) >>> 0
    k1 = (k1 + increment1) >>> 0
  }
  words[0] = c0
  words[1] = c1
  words[2] = c2
  words[3] = c3
}

/** The last word of the counters that `drawOf` uses; streams have 0 there. */
const ofThings = 1

/** A number from 0 (included) to 1 (excluded) that belongs to three words, whatever else is drawn. */
export function drawOf(seed: number, purpose: Purpose, one: number, two: number, three: number): number {
  const words = Uint32Array.of(one, two, three, ofThings)
  philox(words, seed >>> 0, purposes[purpose])
  return (words[0] ?? 0) / two32
}

/** One stream of random numbers; `index` tells apart streams of one purpose (the epoch of a shuffle). */
export class Stream {
  /** How many 32-bit numbers were drawn; setting it goes to any place of the stream. At most 2^53. */
  counter = 0
  readonly #key0: number
  readonly #key1: number
  readonly #index: number
  readonly #words = new Uint32Array(4)
  /** The block of four numbers that `#words` holds. */
  #block = -1

  /** `seed` and `index` are whole numbers from 0 to 2^32 - 1. */
  constructor(seed: number, purpose: Purpose, index = 0) {
    this.#key0 = seed >>> 0
    this.#key1 = purposes[purpose]
    this.#index = index >>> 0
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const block = Math.floor(this.counter / 4)
    if (block !== this.#block) {
      this.#words[0] = block % two32
      this.#words[1] = Math.floor(block / two32)
      this.#words[2] = this.#index
      this.#words[3] = 0
      philox(this.#words, this.#key0, this.#key1)
      this.#block = block
    }
    const value = this.#words[this.counter % 4] ?? 0
    this.counter++
    return value
  }

  /** A number from 0 (included) to 1 (excluded), a multiple of 2^-32. Draws one. */
  uniform(): number {
    return this.uint32() / two32
  }

  /** A number of the normal distribution of mean 0 and variance 1 (Box and Muller 1958). Draws two. */
  normal(): number {
    const radius = Math.sqrt(-2 * log((this.uint32() + 1) / two32))
    return radius * cos(2 * Math.PI * this.uniform())
  }

  /** A whole number from 0 to n - 1, each equally likely (Lemire 2019). Draws one, rarely more. 1 <= n <= 2^32. */
  below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > two32) throw new RangeError(`below: 1 <= n <= 2^32, got ${n}`)
    if (n === two32) return this.uint32()
    const rejected = two32 % n
    for (;;) {
      const value = this.uint32()
      if (Math.imul(value, n) >>> 0 >= rejected) return multiplyHigh(value, n)
    }
  }

  /** The numbers 0 to n - 1 in random order (Fisher and Yates); `out` of length n is filled where given. */
  permutation(n: number, out: Uint32Array = new Uint32Array(n)): Uint32Array {
    for (let i = 0; i < n; i++) {
      const j = this.below(i + 1)
      out[i] = out[j] ?? 0
      out[j] = i
    }
    return out
  }
}
