/** What the parts of the stand-in share: the browser, the windows, and the line to the test that started it. */
import { startBrowser } from './browser.mjs'

/** Tells the test something: a ready browser, a dialog, a console line. */
export const tell = (message) => process.send?.(message)

/** The browser, once it is up. */
export const browser = startBrowser().then((started) => {
  tell({ kind: 'ready', endpoint: started.endpoint })
  return started
})

/** Open windows in the order they were made. */
export const windows = new Set()

/** Own schemes: name -> handler of requests. */
export const schemes = new Map()

/** Channels of `ipcMain.handle`. */
export const ipcHandlers = new Map()

const host = 'standin.invalid'

/** `app://page/index.html` as Chromium is shown it: `https://page.app.standin.invalid/index.html`. */
export function outward(address) {
  const [, scheme, name, rest] = /^([a-z][\w+.-]*):\/\/([^/?#]*)(.*)$/i.exec(address) ?? []
  return schemes.has(scheme) ? `https://${name || 'page'}.${scheme}.${host}${rest || '/'}` : address
}

/** The address as the app knows it. */
export function inward(address) {
  const [, name, scheme, rest] = /^https:\/\/([^/]*)\.([\w+-]+)\.standin\.invalid(.*)$/.exec(address) ?? []
  return scheme === undefined ? address : `${scheme}://${name}${rest}`
}
