/** The core as a page runs it: bundled by the test in `test/e2e/core`, called there in Chromium. */
import { compileKernels } from '../../src/core/exec/wasm.ts'
import { Session } from '../../src/core/train/session.ts'
import { bitCases, hashOf, trainSteps } from './bit-cases.ts'

/** Trains every case whose key begins with `prefix` and hashes its parameters. */
export function hashesOf(kernelBytes: BufferSource, prefix: string): Record<string, string> {
  const kernels = compileKernels(kernelBytes)
  const cases = bitCases.filter(({ key }) => key.startsWith(prefix))
  return Object.fromEntries(
    cases.map(({ key, recipe, steps, dataset }) => {
      const session = Session.create(recipe, dataset(), kernels)
      trainSteps(session, steps)
      const hash = hashOf(session)
      session.dispose()
      return [key, hash]
    }),
  )
}

Object.assign(globalThis, { hashesOf })
