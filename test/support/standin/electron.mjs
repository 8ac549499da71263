/**
 * A stand-in for Electron's main-process API over a stock Chromium, for tests only: life cycle, windows, own scheme,
 * ipc, menus by id, scripted dialogs, theme. Not covered: native menus and dialogs, accelerators, MessagePorts,
 * fuses, session-level policy, Electron's own V8.
 */
import { app, ipcMain, protocol } from './app.mjs'
import { dialog, Menu, MenuItem, nativeImage, nativeTheme, screen, scriptDialog, session, shell } from './parts.mjs'
import { BrowserWindow } from './window.mjs'

process.versions.electron ??= '45.0.0-standin'
process.type ??= 'browser'

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
}

/** What a test may ask for. */
const requests = {
  dialog: ({ dialog: kind, answer }) => scriptDialog(kind, answer),
  menu: ({ id }) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click?.({}, BrowserWindow.getFocusedWindow(), {}),
  theme: ({ source }) => {
    nativeTheme.themeSource = source
  },
  quit: () => void app.quit(),
}

process.on('message', (message) => requests[message.kind]?.(message))
process.on('disconnect', () => void app.exit(1))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void app.exit(130))
void app.whenReady()
