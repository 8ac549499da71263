/** What a session remembers of praise and scolding: how many answers were drawn, and what reward to expect. */
import { exp, log } from '../data/elementary.ts'
import { Stream } from '../data/random.ts'

/** Stream of the draws among those of `sampling`; the command line's generated texts use 0. */
const teachingStream = 1
const drawsKey = 'teaching.draws'
const baselinePrefix = 'teaching.baseline.'
/** Contexts whose expected reward is kept; the one not rewarded longest makes room. */
const mostBaselines = 10_000

/** One draw. */
export interface Draw {
  readonly answer: number
  readonly drawnFrom: readonly number[]
  /** From 0 to below 1. */
  readonly draw: number
}

/** Probabilities at another temperature: `p^(1/T)` over their sum; all of it at the first likeliest for 0. */
export function atTemperature(probabilities: readonly number[], temperature: number): readonly number[] {
  const most = Math.max(...probabilities)
  if (temperature === 0) {
    const best = probabilities.indexOf(most)
    return probabilities.map((_, index) => (index === best ? 1 : 0))
  }
  if (temperature === 1) return probabilities
  // Divided by the largest, so that a low temperature does not make all of them 0.
  const weights = probabilities.map((p) => (p > 0 ? exp(log(p / most) / temperature) : 0))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/** The index at which the running sum of the shares exceeds `draw`; for rounding at the end, the last that can be; the first where they are no numbers. */
export function pick(shares: readonly number[], draw: number): number {
  let left = draw * shares.reduce((sum, share) => sum + share, 0)
  const found = shares.findIndex((share) => {
    left -= share
    return left < 0
  })
  return Math.max(0, found >= 0 ? found : shares.findLastIndex((share) => share > 0))
}

/** Draws and expected rewards of a session; all of it travels in the snapshot's counters. */
export class Lesson {
  #draws = 0
  #baselines = new Map<string, number>()

  get draws(): number {
    return this.#draws
  }

  /** The expected reward of a context; 0 before the first. */
  baseline(context: string): number {
    return this.#baselines.get(context) ?? 0
  }

  /** Moves a context's expectation towards a reward: `b + rate (r - b)`; returns the new one. */
  expect(context: string, reward: number, rate: number): number {
    const before = this.baseline(context)
    const next = before + rate * (reward - before)
    this.#baselines.delete(context)
    if (next !== 0) this.#baselines.set(context, next)
    if (this.#baselines.size > mostBaselines) {
      for (const oldest of this.#baselines.keys()) {
        this.#baselines.delete(oldest)
        break
      }
    }
    return next
  }

  /** Draws an answer; the n-th draw of a seed is the same on every computer. */
  draw(probabilities: readonly number[], temperature: number, seed: number): Draw {
    const stream = new Stream(seed, 'sampling', teachingStream)
    stream.counter = this.#draws
    this.#draws++
    const draw = stream.uniform()
    const drawnFrom = atTemperature(probabilities, temperature)
    return { answer: pick(drawnFrom, draw), drawnFrom, draw }
  }

  /** Begins again. */
  clear(): void {
    this.#draws = 0
    this.#baselines = new Map()
  }

  counters(): Record<string, number> {
    return Object.fromEntries([
      ...(this.#draws === 0 ? [] : [[drawsKey, this.#draws] as const]),
      ...[...this.#baselines].map(([context, value]) => [baselinePrefix + context, value] as const),
    ])
  }

  load(counters: Readonly<Record<string, number>>): void {
    this.clear()
    this.#draws = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.floor(counters[drawsKey] ?? 0)))
    for (const [key, value] of Object.entries(counters)) {
      if (key.startsWith(baselinePrefix)) this.#baselines.set(key.slice(baselinePrefix.length), value)
    }
  }
}
