/** app, ipcMain and protocol. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { browser, ipcHandlers, schemes, tell, windows } from './state.mjs'

const manifest = JSON.parse(readFileSync(resolve('package.json'), 'utf8'))
const userData = process.env.STANDIN_USER_DATA ?? join(tmpdir(), 'paramap-standin')

class App extends EventEmitter {
  #ready = false
  #quitting = false
  #paths = new Map([
    ['home', homedir()],
    ['temp', tmpdir()],
    ['userData', userData],
  ])

  isPackaged = false
  name = manifest.productName ?? manifest.name
  commandLine = { appendSwitch() {}, hasSwitch: () => false, getSwitchValue: () => '' }

  async whenReady() {
    await browser
    if (this.#ready) return
    this.#ready = true
    this.emit('ready', {})
  }
  isReady() {
    return this.#ready
  }
  getPath(name) {
    return this.#paths.get(name) ?? join(userData, name)
  }
  setPath(name, path) {
    this.#paths.set(name, path)
  }
  getAppPath() {
    return process.cwd()
  }
  getVersion() {
    return manifest.version
  }
  getName() {
    return this.name
  }
  setName(name) {
    this.name = name
  }
  getLocale() {
    return process.env.STANDIN_LOCALE ?? 'en-US'
  }
  getPreferredSystemLanguages() {
    return [this.getLocale()]
  }
  getSystemLocale() {
    return this.getLocale()
  }
  requestSingleInstanceLock() {
    return true
  }
  releaseSingleInstanceLock() {}
  enableSandbox() {}
  setAppUserModelId() {}
  disableHardwareAcceleration() {}
  setAboutPanelOptions() {}
  showAboutPanel() {}
  focus() {}

  /** Called by the last window that goes. */
  windowsAreClosed() {
    if (this.#quitting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else void this.quit()
  }

  async quit() {
    if (this.#quitting || this.#isPrevented('before-quit')) return
    this.#quitting = true
    for (const window of [...windows]) {
      if (await window.tryClose()) continue
      this.#quitting = false
      return
    }
    if (this.#isPrevented('will-quit')) {
      this.#quitting = false
      return
    }
    this.emit('quit', {}, 0)
    await this.exit(0)
  }

  #isPrevented(event) {
    let isPrevented = false
    this.emit(event, {
      preventDefault: () => {
        isPrevented = true
      },
    })
    return isPrevented
  }

  async exit(code = 0) {
    await (await browser).close()
    tell({ kind: 'exit', code })
    process.exit(code)
  }
}

/** Electron's `app`. */
export const app = new App()

/** Electron's `ipcMain`. */
export const ipcMain = Object.assign(new EventEmitter(), {
  handle(channel, handler) {
    if (ipcHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    ipcHandlers.set(channel, handler)
  },
  removeHandler: (channel) => ipcHandlers.delete(channel),
})

/** Electron's `protocol`; requests are answered by `BrowserWindow`. */
export const protocol = {
  registerSchemesAsPrivileged() {},
  handle: (scheme, handler) => schemes.set(scheme, handler),
  unhandle: (scheme) => schemes.delete(scheme),
  isProtocolHandled: (scheme) => schemes.has(scheme),
}
