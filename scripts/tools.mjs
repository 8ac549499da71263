/** The project's own tools and the Node they run on. Runs on Node 20 with nothing installed. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Oldest Node that compiles relaxed SIMD, strips types and has `module.registerHooks`. */
const minimum = [22, 18]

function isRecent(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1])
}

/** Node 24 from node_modules, or the running Node where it is recent enough; null when neither is there. */
export function projectNode() {
  const bundled = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(bundled)) return bundled
  return isRecent(process.versions.node) ? process.execPath : null
}

/** `projectNode`, or an end with one clear sentence. */
export function requireNode() {
  const node = projectNode()
  if (node !== null) return node
  fail(
    `Paramap needs Node ${minimum.join('.')} or newer. This is Node ${process.versions.node}, and the copy that ` +
      'npm brings along (package "node") is not in node_modules. Run `npm ci`, or install a newer Node.',
  )
}

/** Ends the process with one sentence on stderr. */
export function fail(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}

/** Writes one line of progress on stderr. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Path of a tool's script as its package declares it. */
export function toolPath(packageName, bin = packageName) {
  const folder = join(root, 'node_modules', packageName)
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) fail(`${packageName} is not installed. Run \`npm ci\`.`)
  const declared = JSON.parse(readFileSync(manifest, 'utf8')).bin
  return join(folder, typeof declared === 'string' ? declared : declared[bin])
}

/** Exit code a shell would give: 128 + the signal's number when a signal ended the child. */
export function exitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0)
}

/** Runs a program and answers its exit code. Its standard output goes to stderr unless `stdio` says otherwise. */
export function run(command, args, { stdio = ['ignore', 2, 2], env = {}, cwd = root, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio, cwd, shell, env: { ...process.env, ...env } })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)))
  })
}

/** Runs a tool of node_modules on the project's Node. */
export function runTool(packageName, args, { bin, ...options } = {}) {
  return runNode([toolPath(packageName, bin), ...args], options)
}

/** Runs a script on the project's Node. */
export function runNode(args, options) {
  return run(requireNode(), args, options)
}

/** Ends this process with the child's code when it is not 0. */
export async function must(what, running) {
  const code = await running
  if (code !== 0) fail(`${what} failed (exit ${code}).`, code)
}
