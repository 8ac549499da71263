/** Every optimizer's kernel against float64 for counts that no vector of four divides, with and without penalties. */
import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../src/core/exec/program.ts'
import type { Storage } from '../../../src/core/graph/node.ts'
import { optimizers } from '../../../src/core/optim/index.ts'
import { cellCount, cellValues, clipNormEffect, updateEffects } from '../../../src/core/optim/update.ts'
import { optimizers as names, type OptimizerName, type TrainingSpec } from '../../../src/core/spec/index.ts'
import { newBackend, relativeError, someNumbers } from '../../support/compute.ts'
import { recipeOf } from '../../support/sessions.ts'

const counts = [0, 1, 2, 3, 4, 5, 7, 8, 9, 17, 33]
const updates = 3

function trainingOf(name: OptimizerName): TrainingSpec {
  const { training } = recipeOf('circle', { optimizer: { name, learningRate: 0.05 }, l1: 0.01, l2: 0.02 })
  return { ...training, clip: { norm: 2, value: 0.4 } }
}

/** Parameters and state after some updates; the first half is weights, which are penalised, the rest biases. */
function updated(kind: Backend['kind'], name: OptimizerName, count: number): readonly ArrayLike<number>[] {
  const backend = newBackend(kind)
  const optimizer = optimizers[name]
  const flat = (label: string): Storage => ({ name: label, shape: [count] })
  const at = {
    parameters: flat('parameters'),
    gradients: flat('gradients'),
    slots: optimizer.slots.map(flat),
    cells: { name: 'cells', shape: [2 * cellCount(optimizer)] },
    steps: { name: 'steps', shape: [] },
  }
  const half = Math.floor(count / 2)
  const segments = [
    { first: 0, count: half, penalised: true },
    { first: half, count: count - half, penalised: false },
  ]
  backend.write(at.parameters, someNumbers(count, 3))
  backend.write(at.cells, cellValues(optimizer, trainingOf(name)))
  const after = [clipNormEffect(at), ...updateEffects(optimizer, at, segments)]
  const runnable = backend.load({ before: [], roots: [], after, cursor: null, advanceBy: 0, guard: null })
  for (let update = 0; update < updates; update++) {
    backend.write(at.gradients, someNumbers(count, 5 + update))
    runnable.run(1)
  }
  return [at.parameters, ...at.slots].map((storage) => backend.read(storage).slice())
}

// Some roundings of 6e-8 an update; Adam's root and division add a few.
const allowed = 5e-6

describe('an update of any number of parameters', () => {
  it.each(names)('with %s is that of float64', (name) => {
    for (const count of counts) {
      const [found, expected] = (['wasm', 'reference'] as const).map((kind) => updated(kind, name, count))
      expected?.forEach((values, index) => {
        expect(relativeError(found?.[index] ?? [], values), `${count} parameters, tensor ${index}`).toBeLessThan(
          allowed,
        )
      })
      if (count > 0) expect(Array.from(expected?.[0] ?? [])).not.toEqual(Array.from(someNumbers(count, 3)))
    }
  })
})
