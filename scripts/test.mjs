/** `npm test`: installs and compiles what is missing, then runs every test that needs no window. */
import { buildKernels } from './build-wasm.mjs'
import { packData } from './pack-data.mjs'
import { ensureInstalled } from './setup.mjs'
import { runTool } from './tools.mjs'

await ensureInstalled()
await buildKernels()
packData()
const projects = ['--project', 'node', '--project', 'dom']
const args = process.argv.slice(2)
const chosen = args.includes('--project') ? [] : projects
process.exitCode = await runTool('vitest', ['run', ...chosen, ...args], { stdio: 'inherit' })
