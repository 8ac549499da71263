/**
 * `npm start`: installs and builds when needed, then opens the desktop app, or the web shell where Electron is not
 * to be had. `--web` asks for the web shell; `--no-open` prints its address and waits. Standard output carries only
 * what the shell itself prints.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { obtainElectron } from './electron-binary.mjs'
import { forwardSignals } from './launch.mjs'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { exitCode, requireNode, root, say } from './tools.mjs'

const usage = 'Usage: npm start [-- [--web] [--no-open] [--port N]]'
/** Electron that ends with an error sooner than this could not start here (no display, a missing library). */
const startedMs = 5_000

function launch(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
    forwardSignals(child)
    child.once('error', (error) => {
      say(error.message)
      resolve(1)
    })
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)))
  })
}

const webShell = (args) => launch(requireNode(), [join(root, 'out/main/web.js'), ...args])

async function desktop(executable, args) {
  const begin = performance.now()
  const code = await launch(executable, [root, ...args])
  if (code === 0 || performance.now() - begin > startedMs) return code
  say('Electron could not start here; opening Paramap in the browser.')
  return webShell(args)
}

async function start(args) {
  await ensureInstalled()
  await ensureBuilt()
  const shellArgs = args.filter((arg) => arg !== '--web')
  if (args.includes('--web')) return webShell(shellArgs)
  const executable = await obtainElectron()
  if (executable !== null) return desktop(executable, shellArgs)
  say('Electron is not here and cannot be fetched; opening Paramap in the browser.')
  return webShell(shellArgs)
}

const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) say(usage)
else process.exitCode = await start(args)
