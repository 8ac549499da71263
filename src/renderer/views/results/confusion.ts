/** What a class report says at a glance. */
import type { ClassReport } from '../../../core/spec/index.ts'

/** One class answered for another. */
export interface MixUp {
  readonly actual: number
  readonly answered: number
  readonly count: number
}

/** The commonest mix-ups, most first. */
export function mixUps(report: ClassReport, most: number): readonly MixUp[] {
  const size = report.classes.length
  return report.counts
    .map((count, at): MixUp => ({ actual: Math.floor(at / size), answered: at % size, count }))
    .filter(({ actual, answered, count }) => count > 0 && actual !== answered)
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
}
