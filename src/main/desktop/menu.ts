/** The native menu, made from one list of the page's commands; choosing one sends its id to the page. */
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../shared/protocol.ts'
import { sendEvent } from './ipc.ts'
import { type Entry, menuGroups } from './menu-list.ts'

function item(entry: Entry, language: Language): MenuItemConstructorOptions {
  if (entry === 'separator') return { type: 'separator' }
  if ('role' in entry)
    return entry.label === undefined ? { role: entry.role } : { role: entry.role, label: entry.label[language] }
  const { command, label, accelerator } = entry
  return {
    id: command,
    label: label[language],
    ...(accelerator === undefined ? {} : { accelerator }),
    // The page hears the keys itself; the menu shows them and serves the pointer.
    registerAccelerator: false,
    click: () => sendEvent({ kind: 'command', command }),
  }
}

const isMac = process.platform === 'darwin'

/** Shows the menu in this language. */
export function setupMenu(language: Language): void {
  const template: MenuItemConstructorOptions[] = menuGroups(isMac).map(({ label, entries }) => ({
    label: label[language],
    submenu: entries.map((entry) => item(entry, language)),
  }))
  Menu.setApplicationMenu(Menu.buildFromTemplate(isMac ? [{ role: 'appMenu' }, ...template] : template))
}
