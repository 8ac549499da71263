/** Tells whether what was built still matches its sources. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './tools.mjs'

const stamp = join(root, 'out/.sources')
const kernelsStamp = join(root, 'src/core/gen/.sources')
/** Made by the build, so no source of it. */
const generated = new Set(['gen', 'node_modules'])

function* filesUnder(path) {
  if (!existsSync(path)) return
  if (statSync(path).isFile()) {
    yield path
    return
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!generated.has(entry.name)) yield* filesUnder(join(path, entry.name))
  }
}

/** Digest of path, size and time of change of every file under the given paths. */
function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of [...filesUnder(join(root, path))].sort()) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file}\n${size}\n${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

const kernelSources = () => fingerprint(['src/core/kernels', 'scripts/build-wasm.mjs'])
const allSources = () =>
  fingerprint([
    'src',
    'electron.vite.config.ts',
    'package-lock.json',
    'scripts/build.mjs',
    'scripts/build-wasm.mjs',
    'scripts/pack-data.mjs',
    'scripts/little-stories.mjs',
  ])

function matches(file, digest) {
  return existsSync(file) && readFileSync(file, 'utf8') === digest
}

function write(file, digest) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, digest)
}

/** True when `out/` was built from the sources as they are. */
export const isBuilt = () => matches(stamp, allSources())
/** Remembers that `out/` was built from the sources as they are. */
export const markBuilt = () => write(stamp, allSources())
/** True when the kernels were compiled from the sources as they are. */
export const kernelsAreBuilt = () =>
  existsSync(join(root, 'src/core/gen/kernels.wasm')) && matches(kernelsStamp, kernelSources())
/** Remembers that the kernels were compiled from the sources as they are. */
export const markKernelsBuilt = () => write(kernelsStamp, kernelSources())
