/** Builds everything into out/: kernels, shells, preload, page, command line, licences. `npm ci` runs it. */
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildKernels } from './build-wasm.mjs'
import { licenceText } from './licences.mjs'
import { packData, packedFiles } from './pack-data.mjs'
import { isBuilt, markBuilt } from './sources.mjs'
import { must, root, runTool, say } from './tools.mjs'

const force = process.argv.includes('--force')

/** `npm ci` inside start and test: they build themselves afterwards. */
const skip = process.env.PARAMAP_SKIP_PREPARE === '1' || !existsSync(join(root, 'node_modules/electron-vite'))

if (!skip && (force || !isBuilt())) {
  const begin = performance.now()
  say('Building …')
  await buildKernels()
  packData()
  rmSync(join(root, 'out'), { recursive: true, force: true })
  await must(
    'The build',
    runTool('electron-vite', ['build', '--logLevel', 'warn'], { env: { NODE_ENV: 'production' } }),
  )
  // The command line reads kernels and data at the same place beside the core as in the sources.
  for (const name of ['kernels.wasm', ...packedFiles]) {
    cpSync(join(root, 'src/core/gen', name), join(root, 'out/core/gen', name))
  }
  writeFileSync(join(root, 'out/renderer/licenses.txt'), licenceText())
  markBuilt()
  say(`Built in ${((performance.now() - begin) / 1000).toFixed(1)} s`)
}
