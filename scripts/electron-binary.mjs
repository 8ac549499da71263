/**
 * Finds Electron's binary, or fetches it where its place answers within seconds.
 * Never imports `electron`: its index.js downloads synchronously and can hang.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, say } from './tools.mjs'

const folder = join(root, 'node_modules/electron')
const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
/** How long a closed network may keep a user waiting. */
const probeMs = 4_000
/** The binary has about 120 MB: ten minutes are 1.6 Mbit/s. */
const downloadMs = 600_000

function version() {
  const manifest = join(folder, 'package.json')
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : null
}

/** Path of the executable when the binary is there in the right version; null otherwise. */
export function electronBinary() {
  const wanted = version()
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
  const stamp = join(dist, 'version')
  const executable = join(dist, executables[process.platform] ?? 'electron')
  if (wanted === null || !existsSync(stamp) || !existsSync(executable)) return null
  return readFileSync(stamp, 'utf8').trim().replace(/^v/, '') === wanted ? executable : null
}

async function canDownload() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const address = `${base}v${version()}/SHASUMS256.txt`
    const answer = await fetch(address, { method: 'HEAD', redirect: 'follow', signal: AbortSignal.timeout(probeMs) })
    return answer.ok
  } catch {
    // No route, no name, no answer in time: all mean that there is nothing to fetch.
    return false
  }
}

/** The binary's path, fetched when it can be; null when it is not to be had. */
export async function obtainElectron() {
  const present = electronBinary()
  if (present !== null || version() === null) return present
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || !(await canDownload())) return null
  say('Fetching Electron …')
  const limit = AbortSignal.timeout(downloadMs)
  const fetched = run(process.execPath, [join(folder, 'install.js')])
  await Promise.race([fetched, new Promise((resolve) => limit.addEventListener('abort', resolve))])
  return electronBinary()
}
