/** BrowserWindow and webContents over a page of the browser. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { app, ipcMain } from './app.mjs'
import { pack, unpack } from './codec.mjs'
import { nativeTheme, session } from './parts.mjs'
import { browser, inward, ipcHandlers, outward, schemes, tell, windows } from './state.mjs'
import { pageWorldSource, preloadWorldSource } from './worlds.mjs'

const world = 'preload'

class WebContents extends EventEmitter {
  #window
  #context
  #waiting = []

  constructor(window) {
    super()
    this.#window = window
    this.id = window.id
    this.session = session.defaultSession
    this.address = ''
  }

  get mainFrame() {
    const contents = this
    return {
      url: this.getURL(),
      parent: null,
      origin: new URL(this.getURL()).origin,
      get top() {
        return contents.mainFrame
      },
    }
  }

  getURL() {
    return inward(this.address) || 'about:blank'
  }
  getTitle() {
    return this.#window.getTitle()
  }
  isDestroyed() {
    return this.#window.isDestroyed()
  }
  isCrashed() {
    return false
  }
  setWindowOpenHandler(handler) {
    this.openHandler = handler
  }
  setZoomFactor() {}
  getZoomFactor() {
    return 1
  }
  openDevTools() {}
  toggleDevTools() {}
  focus() {}
  reload() {
    void this.#window.send('Page.reload')
  }

  send(channel, ...args) {
    this.deliver(pack({ channel, args }))
  }

  /** Passes text to the preload's world, now or when it is there. */
  deliver(text) {
    if (this.#context === undefined) this.#waiting.push(text)
    else
      this.#window
        .send('Runtime.evaluate', { expression: `standinDeliver(${JSON.stringify(text)})`, contextId: this.#context })
        .catch((error) => tell({ kind: 'lost', message: String(error) }))
  }

  setContext(id) {
    this.#context = id
    if (id === undefined) return
    for (const text of this.#waiting.splice(0)) this.deliver(text)
  }

  async executeJavaScript(expression) {
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true }
    const { result, exceptionDetails } = await this.#window.send('Runtime.evaluate', options)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
}

let lastId = 0
let isFirst = true

async function closeOthers(protocol, kept) {
  const { targetInfos } = await protocol.send('Target.getTargets')
  const others = targetInfos.filter((target) => target.type === 'page' && target.targetId !== kept)
  for (const { targetId } of others) await protocol.send('Target.closeTarget', { targetId })
}

/** A window; only sandboxed and context-isolated ones can be made. */
export class BrowserWindow extends EventEmitter {
  static getAllWindows() {
    return [...windows]
  }
  static fromId(id) {
    return [...windows].find((window) => window.id === id) ?? null
  }
  static fromWebContents(contents) {
    return [...windows].find((window) => window.webContents === contents) ?? null
  }
  static getFocusedWindow() {
    return [...windows].at(-1) ?? null
  }

  #session
  #target
  #frame
  #destroyed = false
  #opened
  #visible
  #title
  #bounds

  constructor(options = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const preferences = options.webPreferences ?? {}
    const open = preferences.nodeIntegration || preferences.contextIsolation === false || preferences.sandbox === false
    if (open || preferences.webviewTag || preferences.webSecurity === false) {
      throw new Error('stand-in: only sandboxed, context-isolated windows without webview are supported')
    }
    lastId += 1
    this.id = lastId
    this.#title = options.title ?? app.getName()
    this.#visible = options.show !== false
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.webContents = new WebContents(this)
    windows.add(this)
    this.#opened = this.#open(preferences.preload)
    app.emit('browser-window-created', {}, this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  async #open(preload) {
    const protocol = await browser
    const { width, height } = this.#bounds
    const target = { url: 'about:blank', newWindow: true, width, height }
    this.#target = (await protocol.send('Target.createTarget', target)).targetId
    if (isFirst) {
      isFirst = false
      await closeOthers(protocol, this.#target)
    }
    const attach = { targetId: this.#target, flatten: true }
    this.#session = protocol.session((await protocol.send('Target.attachToTarget', attach)).sessionId)
    protocol.events.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === this.#target) this.#gone()
    })
    await protocol.send('Target.setDiscoverTargets', { discover: true })
    this.#listen()
    await this.#prepare(preload === undefined ? '' : readFileSync(preload, 'utf8'))
  }

  async #prepare(preload) {
    const page = this.#session
    const { width, height } = this.#bounds
    await page.send('Page.enable')
    await page.send('Runtime.enable')
    this.#frame = (await page.send('Page.getFrameTree')).frameTree.frame.id
    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
    await page.send('Fetch.enable', { patterns: [{ urlPattern: 'https://*.standin.invalid/*' }] })
    await page.send('Runtime.addBinding', { name: 'standinSend', executionContextName: world })
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldSource })
    await page.send('Page.addScriptToEvaluateOnNewDocument', { worldName: world, source: preloadWorldSource(preload) })
    await this.showTheme()
  }

  #listen() {
    const page = this.#session
    const contents = this.webContents
    page.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === world && context.auxData.frameId === this.#frame) contents.setContext(context.id)
    })
    page.on('Runtime.executionContextsCleared', () => contents.setContext(undefined))
    page.on('Runtime.bindingCalled', ({ payload }) => void this.#receive(unpack(payload)))
    page.on('Runtime.consoleAPICalled', ({ type, args }) =>
      tell({ kind: 'console', level: type, message: args.map((arg) => arg.value ?? arg.description).join(' ') }),
    )
    page.on('Runtime.exceptionThrown', ({ exceptionDetails }) =>
      tell({ kind: 'page-error', message: exceptionDetails.exception?.description ?? exceptionDetails.text }),
    )
    page.on('Page.domContentEventFired', () => contents.emit('dom-ready', {}))
    page.once('Page.loadEventFired', () => this.emit('ready-to-show'))
    page.on('Page.loadEventFired', () => contents.emit('did-finish-load', {}))
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      contents.address = frame.url
      contents.emit('did-navigate', {}, inward(frame.url))
    })
    page.on('Page.windowOpen', ({ url }) => {
      const { action } = contents.openHandler?.({ url: inward(url), disposition: 'new-window' }) ?? { action: 'allow' }
      tell({ kind: 'window-open', url, action })
    })
    page.on('Fetch.requestPaused', (request) => void this.#serve(request))
    page.on('Inspector.targetCrashed', () =>
      contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    )
  }

  async #serve({ requestId, request }) {
    try {
      const address = inward(request.url)
      const handler = schemes.get(address.split(':')[0])
      const answer = (await handler?.(new Request(address, request))) ?? new Response('', { status: 404 })
      await this.#session.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: answer.status,
        responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
      })
    } catch (error) {
      tell({ kind: 'protocol-error', message: String(error) })
    }
  }

  async #receive(message) {
    const contents = this.webContents
    const event = { sender: contents, senderFrame: contents.mainFrame, frameId: 1, processId: 1 }
    if (message.kind === 'preload-error') tell(message)
    else if (message.kind === 'send') ipcMain.emit(message.channel, event, ...message.args)
    else contents.deliver(pack(await answerTo(message, event)))
  }

  async send(method, params) {
    await this.#opened
    return this.#session.send(method, params)
  }

  async loadURL(address) {
    await this.#opened
    const loaded = new Promise((resolve) => this.#session.once('Page.loadEventFired', resolve))
    const { errorText } = await this.#session.send('Page.navigate', { url: outward(address) })
    if (errorText) throw new Error(`${errorText} loading '${address}'`)
    await loaded
  }

  showTheme() {
    const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light'
    return this.#session?.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
  }

  /** Asks the listeners of `close`; answers false when one of them prevents it. */
  async tryClose() {
    let isPrevented = false
    this.emit('close', {
      preventDefault: () => {
        isPrevented = true
      },
    })
    if (!isPrevented) await this.destroy()
    return !isPrevented
  }
  close() {
    void this.tryClose()
  }
  async destroy() {
    await this.#opened
    if (this.#destroyed) return
    await (await browser).send('Target.closeTarget', { targetId: this.#target })
    this.#gone()
  }
  #gone() {
    if (this.#destroyed) return
    this.#destroyed = true
    windows.delete(this)
    this.webContents.emit('destroyed')
    this.emit('closed')
    if (windows.size === 0) app.windowsAreClosed()
  }

  isDestroyed() {
    return this.#destroyed
  }
  show() {
    this.#visible = true
    this.emit('show')
  }
  hide() {
    this.#visible = false
    this.emit('hide')
  }
  isVisible() {
    return this.#visible
  }
  focus() {}
  restore() {}
  maximize() {}
  setMenu() {}
  setMenuBarVisibility() {}
  setBackgroundColor() {}
  setTitleBarOverlay() {}
  setProgressBar() {}
  isFocused() {
    return this.#visible
  }
  flashFrame() {}
  isMinimized() {
    return false
  }
  isMaximized() {
    return false
  }
  isFullScreen() {
    return false
  }
  setFullScreen() {}
  getBounds() {
    return { ...this.#bounds }
  }
  getNormalBounds() {
    return this.getBounds()
  }
  setBounds(bounds) {
    Object.assign(this.#bounds, bounds)
  }
  getTitle() {
    return this.#title
  }
  setTitle(title) {
    this.#title = title
  }
}

async function answerTo({ id, channel, args }, event) {
  try {
    const handler = ipcHandlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return { reply: id, result: structuredClone(await handler(event, ...args)) }
  } catch (error) {
    return { reply: id, error: `Error invoking remote method '${channel}': ${error}` }
  }
}
