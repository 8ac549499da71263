/** The app's window: sandboxed, isolated, at the place where it was left. */
import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import type { Log } from '../services/log.ts'
import { pageAddress } from './scheme.ts'

/** The page's own background in either theme, so that nothing flashes before it is drawn. */
const background = { light: '#ffffff', dark: '#16181b' } as const

/** Opens the window and answers it; it shows itself once there is something to see. */
export function openWindow(log: Log): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    title: 'Paramap',
    width: 1280,
    height: 860,
    minWidth: 360,
    minHeight: 480,
    show: false,
    windowStatePersistence: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  window.loadURL(pageAddress).catch((error: unknown) => log(`page: ${String(error)}`))
  return window
}

/** Has the taskbar or dock say that something is done, where the window is not the one in use. */
export function callAttention(): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (window.isFocused()) continue
    window.flashFrame(true)
    window.once('focus', () => window.flashFrame(false))
  }
}

/** Brings the window to the front, or opens it anew. */
export function showWindow(open: () => BrowserWindow): void {
  const window = BrowserWindow.getAllWindows()[0] ?? open()
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
