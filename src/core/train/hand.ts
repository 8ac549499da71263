/** What a person does to a session beside its recipe: teaching by hand, holding parameters, looking at them closely. */
import type { ParameterInfo } from '../spec/index.ts'
import { Holds } from './holds.ts'
import { Lesson } from './lesson.ts'
import { Watch } from './watch.ts'
import type { Workshop } from './workshop.ts'

export class Hand {
  readonly lesson = new Lesson()
  readonly holds = new Holds()
  readonly watch = new Watch()

  /** True where steps need care: without it a machine can do them by itself. */
  get isBusy(): boolean {
    return this.holds.any || this.watch.any
  }

  /**
   * Lets a machine do up to `steps` steps, the first of number `first`: held parameters stay, and the last step is
   * looked at. Returns how many were done, fewer where steps have to be done one by one. Without holds or watched
   * parameters it is `run` itself; with them the steps are the same, bit for bit.
   */
  around(workshop: Workshop, steps: number, first: number, run: (steps: number) => number): number {
    const { holds, watch } = this
    if (!this.isBusy) return run(steps)
    if (!holds.any && steps > 1) return run(steps - 1)
    watch.before(workshop)
    holds.before(workshop)
    const ran = run(1)
    watch.updated(workshop, first)
    holds.after(workshop)
    watch.after(workshop)
    return ran
  }

  /** What a snapshot has to hold. */
  counters(parameters: readonly ParameterInfo[]): Record<string, number> {
    return { ...this.lesson.counters(), ...this.holds.counters(parameters) }
  }

  load(counters: Readonly<Record<string, number>>, parameters: readonly ParameterInfo[]): void {
    this.lesson.load(counters)
    this.holds.load(counters, parameters)
  }

  /** Back to the start values, which are given; what is switched off stays so. */
  restart(values: Float32Array): void {
    this.lesson.clear()
    this.holds.restart(values)
  }

  /** Other layers: for each new parameter the place of the old one, below 0 where there is none. */
  move(sources: Int32Array): void {
    this.holds.move(sources)
    this.watch.clear()
  }
}
