/** The kernels as an engine without fused multiply-add runs them: every product is rounded before it is added to. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'
import { compileKernels, type Kernels } from '../../src/core/exec/wasm.ts'

const root = join(import.meta.dirname, '../..')
const separate = `
@inline
function separateMultiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c)
}
`

/** A kernel's source with the one relaxed instruction taken apart. */
function takenApart(source: string): string {
  const text = source.replaceAll('f32x4.relaxed_madd', 'separateMultiplyAdd')
  return text === source ? source : text + separate
}

/** Compiles the kernels' sources in that form. */
export async function separateKernels(): Promise<Kernels> {
  const made: Uint8Array[] = []
  const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '64', '--maximumMemory', '65536']
  const features = ['--enable', 'simd,relaxed-simd,threads,bulk-memory', '--runtime', 'stub', '--exportTable', '-O2']
  const { error, stderr } = await asc.main(
    ['src/core/kernels/index.ts', '--outFile', 'kernels.wasm', '--noAssert', ...features, ...memory],
    {
      readFile(name, folder = root) {
        const path = join(root, folder, name)
        return existsSync(path) ? takenApart(readFileSync(path, 'utf8')) : null
      },
      writeFile(_name, contents) {
        if (typeof contents !== 'string') made.push(Uint8Array.from(contents))
      },
      listFiles: () => [],
    },
  )
  const [bytes] = made
  if (error !== null || bytes === undefined) throw new Error(`the kernels do not compile: ${stderr.toString()}`)
  return compileKernels(new Uint8Array(bytes))
}
