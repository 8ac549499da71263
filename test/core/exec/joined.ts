/**
 * Prints the hashes of all cases as 256-bit kernels compute them: a process of its own, run by `joined.test.ts`, because
 * V8's flag holds for a whole process.
 */
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Session } from '../../../src/core/train/session.ts'
import { loadKernels } from '../../../src/main/training/kernels.ts'
import { bitCases, hashOf, trainSteps } from '../../support/bit-cases.ts'

// The program sets it after it has timed the plain build, whose functions then stay as they are; here every one is joined.
setFlagsFromString('--experimental-wasm-revectorize')
const kernels = loadKernels(join(import.meta.dirname, '../../../src/core/gen/kernels.wasm'), 'joined')
const hashes = Object.fromEntries(
  bitCases.map(({ key, recipe, steps, dataset }) => {
    const session = Session.create(recipe, dataset(), kernels)
    trainSteps(session, steps)
    return [key, hashOf(session)]
  }),
)
process.stdout.write(JSON.stringify({ isWide: kernels.isWide, hashes }))
