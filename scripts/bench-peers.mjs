/**
 * `npm run bench:peers`: Paramap and its peers on this computer in one run, as microseconds a step and ratios.
 *
 * Installs the JavaScript peers into `bench/node_modules` (they are no part of the app) and builds when needed; PyTorch is
 * used where a Python that has it is found (PYTHON names it). What is missing is said and left out. Options: see
 * `bench/compare.ts`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { root, run, runNode, say } from './tools.mjs'

const bench = join(root, 'bench')

function lockedVersions(file) {
  if (!existsSync(file)) return null
  const packages = Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages ?? {})
  return packages.filter(([path]) => path !== '').map(([path, { version }]) => `${path} ${version}`)
}

function hasPeers() {
  const present = lockedVersions(join(bench, 'node_modules/.package-lock.json'))
  return present !== null && lockedVersions(join(bench, 'package-lock.json')).every((each) => present.includes(each))
}

async function installPeers() {
  if (hasPeers()) return
  say('Installing the peers (npm ci in bench) …')
  const args = ['ci', '--ignore-scripts', '--loglevel=error', '--no-fund', '--no-audit']
  const code = await run('npm', args, { cwd: bench, shell: process.platform === 'win32' })
  if (code !== 0) say('They could not be installed.')
}

const again = process.argv.includes('--again')
await ensureInstalled()
if (!again) {
  await ensureBuilt()
  await installPeers()
}
process.exitCode = await runNode([join(bench, 'compare.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
