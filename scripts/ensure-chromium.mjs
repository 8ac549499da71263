/** Finds a Chromium for tests; on Debian as root it installs one. */
import { accessSync, constants, existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fail, run, say } from './tools.mjs'

function candidates() {
  const chosen = process.env.CHROME_PATH
  if (chosen) return [chosen]
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((key) => process.env[key] ?? [])
    const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
    return folders.flatMap((folder) => programs.map((program) => join(folder, program)))
  }
  if (process.platform === 'darwin') {
    const folders = ['/Applications', join(homedir(), 'Applications')]
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge']
    return folders.flatMap((folder) => names.map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)))
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Missing or not executable: not a browser either way.
    return false
  }
}

/** Path of Chromium, Chrome or Edge (`CHROME_PATH` decides when set); null when there is none. */
export function findChromium() {
  return candidates().find(isExecutable) ?? null
}

/** Path of a browser for tests; ends with one sentence when there is none and none can be installed. */
export async function ensureChromium() {
  const found = findChromium()
  if (found !== null) return found
  if (process.env.CHROME_PATH) fail(`CHROME_PATH names ${process.env.CHROME_PATH}, which is not there.`)
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    say('Installing Chromium for the browser tests …')
    const lock = ['-o', 'DPkg::Lock::Timeout=300']
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq', ...lock], { env })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...lock, 'chromium'], { env })
    const installed = findChromium()
    if (installed !== null) return installed
  }
  fail('The browser tests need Chromium, Chrome or Edge: install one, or name its executable in CHROME_PATH.')
}
