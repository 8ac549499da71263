/** Runs a built entry on the project's Node: in this process where its Node serves, else in a child. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { exitCode, fail, requireNode, root } from './tools.mjs'

/** Passes a signal on and lets the child decide when to end. */
export function forwardSignals(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const forward = (signal) => child.kill(signal)
  for (const signal of signals) process.on(signal, forward)
  child.once('exit', () => {
    for (const signal of signals) process.off(signal, forward)
  })
}

/** Runs `entry` (a path under the checkout) with this process's arguments and streams. */
export async function launch(entry) {
  const file = join(root, entry)
  if (!existsSync(file)) fail(`${entry} is not built. Run \`npm run build\`.`)
  const node = requireNode()
  if (node === process.execPath || Number(process.versions.node.split('.')[0]) >= 24) {
    process.argv[1] = file
    await import(pathToFileURL(file).href)
    return
  }
  const child = spawn(node, [file, ...process.argv.slice(2)], { stdio: 'inherit' })
  forwardSignals(child)
  child.once('exit', (code, signal) => process.exit(exitCode(code, signal)))
}
