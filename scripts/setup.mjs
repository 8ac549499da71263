/** What a fresh checkout needs before anything runs: packages and a build, each only when it is missing or stale. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isBuilt } from './sources.mjs'
import { fail, must, projectNode, root, run, say } from './tools.mjs'

function lockedPackages(file) {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).packages ?? {}) : null
}

/** True when node_modules holds what package-lock.json asks for. */
export function isInstalled() {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const present = lockedPackages(join(root, 'node_modules/.package-lock.json'))
  if (wanted === null || present === null) return false
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.peer || present[path]?.version === entry.version,
  )
}

/** Installs with `npm ci` when needed; all its output goes to stderr. */
export async function ensureInstalled() {
  if (!isInstalled()) {
    say('Installing packages (npm ci) …')
    const npm = process.env.npm_execpath
    const args = ['ci', '--ignore-scripts=false', '--loglevel=error', '--no-fund', '--no-audit']
    const env = { PARAMAP_SKIP_PREPARE: '1' }
    const viaNode = npm?.endsWith('.js') && existsSync(npm)
    await must(
      'Installing packages',
      viaNode
        ? run(process.execPath, [npm, ...args], { env })
        : run('npm', args, { env, shell: process.platform === 'win32' }),
    )
  }
  if (projectNode() === null) await installNode()
}

/** Where npm did not run the install script of the package `node`, runs it: it links the binary for this machine. */
async function installNode() {
  const script = join(root, 'node_modules/node/installArchSpecificPackage.js')
  if (existsSync(script)) {
    await run(process.execPath, [script], { cwd: join(root, 'node_modules/node') })
  }
  if (projectNode() === null) {
    fail(`Paramap needs Node 22.18 or newer; this is ${process.versions.node} and no newer copy could be installed.`)
  }
}

/** Builds when a source is newer than the last build. */
export async function ensureBuilt() {
  if (isBuilt()) return
  await must('The build', run(process.execPath, [join(root, 'scripts/build.mjs')]))
}
