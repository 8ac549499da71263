/** electron-vite's `?asset` and `?nodeWorker` imports, which exist only in its build, for vitest. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'
import type {} from 'vitest/config'

const assetRequest = /\?asset(&|$)/
const workerRequest = /\?nodeWorker$/
const withoutQuery = (id: string): string => id.replace(/\?.*$/, '')

function loadAsset(id: string): string | null {
  return assetRequest.test(id) ? `export default ${JSON.stringify(withoutQuery(id))}` : null
}

const assets: Plugin = { name: 'paramap:asset', enforce: 'pre', load: loadAsset }

/** Bundles a worker as the build does and answers the address of the bundle. */
async function bundleWorker(entry: string): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'paramap-worker-'))
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [assets],
    build: {
      ssr: entry,
      outDir,
      target: 'node24',
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: { output: { entryFileNames: 'worker.mjs' } },
    },
  })
  return pathToFileURL(join(outDir, 'worker.mjs')).href
}

/** The vitest plugin: an asset is its own path, a worker is bundled once and started from a temporary file. */
export function electronViteImports(): Plugin {
  const bundles = new Map<string, Promise<string>>()
  return {
    name: 'paramap:electron-vite-imports',
    enforce: 'pre',
    // A bundle holds more than the worker's own file, so that file unchanged says nothing: it is made in every run.
    configureVitest: ({ defineCacheKeyGenerator }) =>
      defineCacheKeyGenerator(({ id }) => (workerRequest.test(id) ? false : undefined)),
    async load(id) {
      if (!workerRequest.test(id)) return loadAsset(id)
      const entry = withoutQuery(id)
      const bundle = bundles.get(entry) ?? bundleWorker(entry)
      bundles.set(entry, bundle)
      const address = JSON.stringify(await bundle)
      return [
        `import { Worker } from 'node:worker_threads'`,
        `export default (options) => new Worker(new URL(${address}), options)`,
      ].join('\n')
    },
  }
}
