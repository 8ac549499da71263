/**
 * What runs in the page: contextBridge between the page's world and the preload's isolated world. Calls are
 * synchronous DOM events; values are cloned by `CustomEvent.detail`; functions and promises are proxied.
 */
import { codecSource } from './codec.mjs'

/** One end of the bridge; the other end runs the same code with the names exchanged. */
function bridgeEnd(me, other) {
  const functions = new Map()
  const promises = new Map()
  const numbers = new WeakMap()
  let last = 0
  let reply

  const fire = (detail) => window.dispatchEvent(new CustomEvent(`standin-${other}`, { detail }))
  const isPlain = (value) => [Object.prototype, null].includes(Object.getPrototypeOf(value))
  const mapValues = (object, change) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

  function wrap(value) {
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
    if (typeof value === 'function') {
      if (!numbers.has(value)) {
        last += 1
        numbers.set(value, last)
        functions.set(last, value)
      }
      return { standinFunction: numbers.get(value) }
    }
    if (value instanceof Promise) {
      last += 1
      const promise = last
      value.then(
        (result) => fire({ kind: 'settle', promise, value: wrap(result) }),
        (error) => fire({ kind: 'settle', promise, isRejected: true, value: wrap(error) }),
      )
      return { standinPromise: promise }
    }
    if (value instanceof Error) return { standinError: value.message }
    if (Array.isArray(value)) return value.map(wrap)
    return value !== null && typeof value === 'object' && isPlain(value) ? mapValues(value, wrap) : value
  }

  function unwrap(value) {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(unwrap)
    if (value.standinFunction) return (...args) => invoke(value.standinFunction, args)
    if (value.standinPromise) {
      return new Promise((resolve, reject) => promises.set(value.standinPromise, { resolve, reject }))
    }
    if (value.standinError) return new Error(value.standinError)
    return isPlain(value) ? mapValues(value, unwrap) : value
  }

  function invoke(number, args) {
    reply = undefined
    fire({ kind: 'call', number, args: wrap(args) })
    const answer = reply
    if (answer?.error !== undefined) throw new Error(answer.error)
    return unwrap(answer?.value)
  }

  function freeze(value) {
    if (value === null || typeof value !== 'object') return value
    Object.values(value).forEach(freeze)
    return Object.freeze(value)
  }

  const handlers = {
    call({ number, args }) {
      try {
        fire({ kind: 'return', value: wrap(functions.get(number)(...unwrap(args))) })
      } catch (error) {
        fire({ kind: 'return', error: String(error?.message ?? error) })
      }
    },
    return(message) {
      reply = message
    },
    settle({ promise, value, isRejected }) {
      const waiting = promises.get(promise)
      promises.delete(promise)
      if (isRejected) waiting?.reject(unwrap(value))
      else waiting?.resolve(unwrap(value))
    },
    expose({ key, api }) {
      Object.defineProperty(window, key, { value: freeze(unwrap(api)), enumerable: true })
    },
  }
  window.addEventListener(
    `standin-${me}`,
    (event) => {
      event.stopImmediatePropagation()
      handlers[event.detail.kind](event.detail)
    },
    true,
  )
  return { expose: (key, api) => fire({ kind: 'expose', key, api: wrap(api) }) }
}

/** The renderer's half of ipc, over the binding `standinSend` and the function `standinDeliver`. */
function rendererIpc(send) {
  const listeners = new Map()
  const waiting = new Map()
  let last = 0
  const ipcRenderer = {
    invoke(channel, ...args) {
      last += 1
      const id = last
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        send({ kind: 'invoke', id, channel, args })
      })
    },
    send: (channel, ...args) => send({ kind: 'send', channel, args }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    off(channel, listener) {
      const rest = (listeners.get(channel) ?? []).filter((other) => other !== listener)
      listeners.set(channel, rest)
      return ipcRenderer
    },
    removeListener: (channel, listener) => ipcRenderer.off(channel, listener),
  }
  function deliver(message) {
    if (message.reply === undefined) {
      for (const listener of listeners.get(message.channel) ?? []) listener({ sender: ipcRenderer }, ...message.args)
      return
    }
    const call = waiting.get(message.reply)
    waiting.delete(message.reply)
    if (message.error === undefined) call?.resolve(message.result)
    else call?.reject(new Error(message.error))
  }
  return { ipcRenderer, deliver }
}

/** Script for the page's own world. */
export const pageWorldSource = `(${bridgeEnd})('page', 'preload')`

/** Script for the preload's isolated world: ipc, the bridge, then the preload itself as CommonJS. */
export function preloadWorldSource(preload) {
  return `(() => {
${codecSource}
const post = (message) => standinSend(JSON.stringify(encode(message)))
const { ipcRenderer, deliver } = (${rendererIpc})(post)
globalThis.standinDeliver = (text) => deliver(decode(JSON.parse(text)))
const bridge = (${bridgeEnd})('preload', 'page')
const electron = {
  ipcRenderer,
  contextBridge: { exposeInMainWorld: bridge.expose },
  webUtils: { getPathForFile: (file) => file.name },
}
const require = (name) => {
  if (name === 'electron' || name === 'electron/renderer') return electron
  throw new Error('module not found: ' + name)
}
const process = { type: 'renderer', sandboxed: true, contextIsolated: true, platform: ${JSON.stringify(process.platform)}, versions: {}, env: {}, argv: [] }
const module = { exports: {} }
try {
  (function (exports) {
${preload}
  }).call(globalThis, module.exports)
} catch (error) {
  post({ kind: 'preload-error', message: String(error?.stack ?? error) })
}
})()`
}
