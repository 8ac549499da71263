/** `node --import register.mjs out/main/desktop.js`: `electron` becomes the stand-in beside this file. */
import { registerHooks } from 'node:module'

const standIn = new URL('./electron.mjs', import.meta.url).href
const names = new Set(['electron', 'electron/main', 'electron/common'])

registerHooks({
  resolve(specifier, context, next) {
    return names.has(specifier) ? { url: standIn, shortCircuit: true } : next(specifier, context)
  },
})
