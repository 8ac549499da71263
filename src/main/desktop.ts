/** Entry of the desktop app: sandbox and scheme before anything else, then one `setup…` after the other. */
import { dirname, join } from 'node:path'
import { app, nativeTheme, session } from 'electron'
import { version } from '../../package.json'
import type { AppInfo, Language } from '../shared/protocol.ts'
import { chooseModel } from './desktop/dialogs.ts'
import { leaveOnClose, setupIpc } from './desktop/ipc.ts'
import { setupMenu } from './desktop/menu.ts'
import { registerPageScheme, setupScheme } from './desktop/scheme.ts'
import { setupSecurity } from './desktop/security.ts'
import { callAttention, openWindow, showWindow } from './desktop/window.ts'
import { readPageFiles } from './page/files.ts'
import { findPlaces } from './services/places.ts'
import { createServices } from './services/services.ts'

type Settings = AppInfo['settings']

/** Theme and menu follow the settings. */
function followSettings(settings: Settings, systemLanguage: Language): void {
  nativeTheme.themeSource = settings.theme
  setupMenu(settings.language === 'system' ? systemLanguage : settings.language)
}

/** Electron's own word on the language, where a desktop session sets no variables (macOS, Windows). */
function desktopLanguage(): Language {
  return (app.getPreferredSystemLanguages()[0] ?? app.getLocale()).toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

async function start(): Promise<void> {
  const places = findPlaces()
  await app.whenReady()
  const systemLanguage = desktopLanguage()
  let lastFolder = places.library
  const services = createServices({
    shell: 'desktop',
    version,
    places,
    systemLanguage,
    chooseFile: async () => {
      const path = await chooseModel(lastFolder)
      if (path !== null) lastFolder = dirname(path)
      return path
    },
    onSettings: (settings) => followSettings(settings, systemLanguage),
  })
  const open = () => {
    const window = openWindow(services.log)
    leaveOnClose(window, services)
    return window
  }
  setupSecurity(session.defaultSession, services.log)
  setupScheme(session.defaultSession, await readPageFiles(join(import.meta.dirname, '../renderer')))
  setupIpc(services)
  services.onEvent(({ kind }) => {
    if (kind === 'run-ended') callAttention()
  })
  followSettings(await services.settings(), systemLanguage)
  app.on('second-instance', () => showWindow(open))
  app.on('activate', () => showWindow(open))
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => void services.dispose())
  open()
}

app.enableSandbox()
registerPageScheme()
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    app.exit(1)
  })
} else {
  app.quit()
}
