/** Compiles src/core/kernels (AssemblyScript) to src/core/gen/kernels.wasm. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { kernelsAreBuilt, markKernelsBuilt } from './sources.mjs'
import { fail, must, root, runTool, say } from './tools.mjs'

const entry = 'src/core/kernels/index.ts'
const target = 'src/core/gen/kernels.wasm'
/** Pages of 64 KiB: 4 MiB to begin with, 4 GiB at most. */
const memory = ['--initialMemory', '64', '--maximumMemory', '65536', '--importMemory', '--sharedMemory']

/** Compiles the kernels unless they are up to date. */
export async function buildKernels() {
  if (kernelsAreBuilt()) return
  if (!existsSync(join(root, entry))) fail(`${entry} is missing, so there are no kernels to compile.`)
  mkdirSync(join(root, 'src/core/gen'), { recursive: true })
  const features = ['--enable', 'simd,relaxed-simd,threads,bulk-memory']
  const code = ['--runtime', 'stub', '--noAssert', '--exportTable', '-O3']
  await must(
    'Compiling the kernels',
    runTool('assemblyscript', [entry, '-o', target, ...features, ...memory, ...code], { bin: 'asc' }),
  )
  markKernelsBuilt()
  say(`kernels: ${target}`)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels()
