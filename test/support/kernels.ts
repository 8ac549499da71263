import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileKernels } from '../../src/core/exec/wasm.ts'

/** The kernels as `npm run build:wasm` left them. */
export const kernels = compileKernels(readFileSync(join(import.meta.dirname, '../../src/core/gen/kernels.wasm')))
