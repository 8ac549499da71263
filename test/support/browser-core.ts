/** The core as a page runs it: bundled by the test in `test/e2e/core`, called there in Chromium. */
import { buildDataset } from '../../src/core/data/build.ts'
import { compileKernels } from '../../src/core/exec/wasm.ts'
import { weightsHash } from '../../src/core/io/hash.ts'
import { acceptRecipe } from '../../src/core/spec/index.ts'
import { Session } from '../../src/core/train/session.ts'

/** Trains a recipe for so many steps and hashes its parameters. */
export function hashAfter(kernelBytes: BufferSource, recipe: unknown, steps: number): string {
  const accepted = acceptRecipe(recipe)
  const session = Session.create(accepted, buildDataset(accepted), compileKernels(kernelBytes))
  for (let done = 0; done < steps; ) done += session.train(steps - done)
  const { tensors } = session.snapshot()
  const parameters = session.parameters.map(({ name, shape }) => {
    return { name, shape, data: tensors.get(name)?.data ?? new Float32Array() }
  })
  return weightsHash(parameters)
}

Object.assign(globalThis, { hashAfter })
