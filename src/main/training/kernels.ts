/** Loads the kernels for this process: compiled as they are, and once more for 256-bit vectors where V8 can join pairs. */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { kernelsAgree, timeOf } from '../../core/exec/self-test.ts'
import { compileKernels, type Kernels } from '../../core/exec/wasm.ts'

/** `plain` leaves V8 as it is, `joined` takes the 256-bit build where its bits agree, `fastest` measures both. */
export type KernelChoice = 'plain' | 'joined' | 'fastest'

/** Compiles the kernels at `path` and keeps the faster build whose bits agree. Throws `KERNEL-001` where none runs. */
export function loadKernels(path: string, choice: KernelChoice = 'fastest'): Kernels {
  const bytes = readFileSync(path)
  const plain = compileKernels(bytes)
  if (choice === 'plain') return plain
  const now = (): number => performance.now()
  // the flag counts when the engine makes its fast code, so the plain build is timed before it is set
  const plainTime = timeOf(plain, now)
  setFlagsFromString('--experimental-wasm-revectorize')
  const joined = compileKernels(bytes, true)
  // timed first: what is compared is then the fast code of both, not the first, slow one
  const joinedTime = timeOf(joined, now)
  if (!kernelsAgree(plain, joined)) return plain
  return choice === 'joined' || joinedTime < plainTime ? joined : plain
}
