/** Times one case as `bench/torch_steps.py` does: best of five loops of about 0.4 seconds after a warm-up. */
import type { Kernels } from '../../core/exec/wasm.ts'
import { Session } from '../../core/train/session.ts'
import type { BenchCase } from './cases.ts'

export interface Measurement {
  readonly case: string
  readonly parameters: number
  readonly microsecondsPerStep: number
}

const loops = 5
const loopSeconds = 0.4
const warmUpSeconds = 0.3

function trainSteps(session: Session, steps: number): void {
  for (let done = 0; done < steps; ) done += session.train(steps - done)
}

/** Microseconds of one training step. */
export function measure({ name, recipe, dataset }: BenchCase, kernels: Kernels): Measurement {
  const session = Session.create(recipe, dataset, kernels)
  const seconds = (steps: number): number => {
    const start = performance.now()
    trainSteps(session, steps)
    return (performance.now() - start) / 1000
  }
  let warm = 0
  let steps = 0
  while (warm < warmUpSeconds || steps < 3) {
    warm += seconds(1)
    steps++
  }
  const count = Math.max(3, Math.floor(loopSeconds / (seconds(Math.max(1, steps >> 3)) / Math.max(1, steps >> 3))))
  const best = Math.min(...Array.from({ length: loops }, () => seconds(count) / count))
  const parameters = session.parameterCount
  session.dispose()
  return { case: name, parameters, microsecondsPerStep: Math.round(best * 1e8) / 100 }
}
