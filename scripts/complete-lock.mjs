/**
 * Adds to package-lock.json what npm leaves out when the registry at hand does not carry every platform's binaries:
 * entries for optional packages of other systems. Without them `npm ci` calls the lock file out of step. Run it after
 * each `npm install`. Versions are those that the parents ask for exactly; os and cpu are read from the names.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root, say } from './tools.mjs'

const file = process.argv[2] ?? join(root, 'package-lock.json')
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** Where a package finds another: its own node_modules, then those above. */
function* placesFor(name, from) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    yield place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`
    if (place === '') return
    if (!place.includes('/node_modules/')) place = ''
  }
}

function isLocked(packages, name, from) {
  return [...placesFor(name, from)].some((place) => packages[place] !== undefined)
}

function entryFor(name, version) {
  const words = name.split(/[/-]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.some((word) => word === processor))
  const libc =
    words.includes('musl') || words.includes('linuxmusl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : null
  if (os.length + cpu.length === 0) fail(`${name} is missing from the lock file and is no platform's binary.`)
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    dev: true,
    ...(libc !== null && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  }
}

const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = new Map()
for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isLocked(lock.packages, name, path)) continue
    added.set(`node_modules/${name}`, entryFor(name, version.replace(/^[~^=]/, '')))
  }
}
const entries = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => (a < b ? -1 : 1))
lock.packages = Object.fromEntries(entries)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
say(`${added.size} entries added`)
for (const name of added.keys()) say(`  ${name}`)
