/** Menus, dialogs, theme and the rest of what the desktop shell touches. */
import { EventEmitter } from 'node:events'
import { protocol } from './app.mjs'
import { tell, windows } from './state.mjs'

export class MenuItem {
  constructor(options) {
    Object.assign(this, options)
    if (Array.isArray(options.submenu)) this.submenu = Menu.buildFromTemplate(options.submenu)
  }
}

export class Menu {
  static #application = null
  items = []

  static buildFromTemplate(template) {
    const menu = new Menu()
    menu.items = template.map((item) => (item instanceof MenuItem ? item : new MenuItem(item)))
    return menu
  }
  static setApplicationMenu(menu) {
    Menu.#application = menu
  }
  static getApplicationMenu() {
    return Menu.#application
  }
  append(item) {
    this.items.push(item)
  }
  popup() {}
  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

const scripted = { open: [], save: [], message: [] }

/** Queues what the next dialog of a kind answers. */
export const scriptDialog = (kind, answer) => scripted[kind].push(answer)

/** A dialog that answers what the test scripted, else as if the person had cancelled. */
const answering =
  (kind, cancelled) =>
  async (...args) => {
    const answer = scripted[kind].shift() ?? cancelled
    tell({ kind: 'dialog', dialog: kind, options: JSON.parse(JSON.stringify(args.at(-1) ?? {})), answer })
    return answer
  }

export const dialog = {
  showOpenDialog: answering('open', { canceled: true, filePaths: [] }),
  showSaveDialog: answering('save', { canceled: true, filePath: '' }),
  showMessageBox: answering('message', { response: 0, checkboxChecked: false }),
  showErrorBox: (title, content) => tell({ kind: 'dialog', dialog: 'error', options: { title, content } }),
}

export const shell = {
  openExternal: async (address) => tell({ kind: 'open-external', address }),
  openPath: async (path) => {
    tell({ kind: 'open-path', path })
    return ''
  },
  showItemInFolder: (path) => tell({ kind: 'show-item', path }),
}

class NativeTheme extends EventEmitter {
  #source = 'system'
  get themeSource() {
    return this.#source
  }
  set themeSource(source) {
    this.#source = source
    for (const window of windows) void window.showTheme()
    this.emit('updated')
  }
  get shouldUseDarkColors() {
    return this.#source === 'dark'
  }
}

export const nativeTheme = new NativeTheme()

export const session = {
  defaultSession: {
    protocol,
    webRequest: { onBeforeRequest() {}, onHeadersReceived() {} },
    setPermissionRequestHandler() {},
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
    setDisplayMediaRequestHandler() {},
    on() {},
  },
}

const display = { id: 1, scaleFactor: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
})

export const nativeImage = {
  createFromPath: () => ({ isEmpty: () => true }),
  createEmpty: () => ({ isEmpty: () => true }),
}
