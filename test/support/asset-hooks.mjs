/** `--import` this to run files that hold electron-vite's `?asset` imports on plain Node: an asset is its own path. */
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const assetRequest = /\?asset(&|$)/

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!assetRequest.test(specifier)) return nextResolve(specifier, context)
    const path = fileURLToPath(new URL(specifier.replace(/\?.*$/, ''), context.parentURL))
    const source = `export default ${JSON.stringify(path)}`
    return { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
  },
})
