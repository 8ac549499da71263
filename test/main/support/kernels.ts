/** The compiled kernels, as the worker has them. */
import { readFileSync } from 'node:fs'
import { compileKernels } from '../../../src/core/exec/wasm.ts'
import kernelsPath from '../../../src/core/gen/kernels.wasm?asset&asarUnpack'

export const kernels = compileKernels(readFileSync(kernelsPath))
