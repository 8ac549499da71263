/** `npm run check`: format, lint and import rules, types, dead code, messages. `--write` mends what can be mended. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildKernels } from './build-wasm.mjs'
import { messageProblems } from './check-messages.mjs'
import { ensureInstalled } from './setup.mjs'
import { root, runTool, say } from './tools.mjs'

const write = process.argv.includes('--write')
const stdio = 'inherit'

/** Environments checked by the TypeScript compiler; the page needs Vue's. The kernels are checked by their compiler. */
const environments = ['src/core', 'src/shared', 'src/main', 'src/preload', 'src/cli', 'src/renderer', 'test', 'bench']

async function checkTypes(folder) {
  const project = join(folder, 'tsconfig.json')
  if (!existsSync(join(root, project))) return 0
  const compiler = folder === 'src/renderer' || folder === 'test' ? 'vue-tsc' : 'typescript'
  return runTool(compiler, ['--noEmit', '-p', project], { bin: compiler === 'vue-tsc' ? 'vue-tsc' : 'tsc', stdio })
}

function checkMessages() {
  const problems = messageProblems()
  for (const problem of problems) say(problem)
  return problems.length
}

await ensureInstalled()
await buildKernels()
const biome = write ? ['check', '--write', '.'] : ['ci', '--error-on-warnings', '.']
const checks = [
  ['format, lint, import rules', () => runTool('@biomejs/biome', biome, { bin: 'biome', stdio })],
  ...environments.map((folder) => [`types of ${folder}`, () => checkTypes(folder)]),
  ['dead code', () => runTool('knip', [], { stdio })],
  ['messages', checkMessages],
]
const failed = []
for (const [name, check] of checks) {
  const code = await check()
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  if (code !== 0) failed.push(name)
}
if (failed.length > 0) {
  say(`${failed.length} of ${checks.length} checks failed: ${failed.join('; ')}`)
  process.exitCode = 1
}
