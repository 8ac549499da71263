/** The one owner of `ipcMain`: calls and credits come in after the sender is checked, frames and events go out. */
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron'
import { Fault, faultRecord } from '../../core/spec/index.ts'
import type { AppEvent } from '../../shared/protocol.ts'
import type { Services } from '../services/services.ts'
import { channels } from './channels.ts'
import { isPageAddress } from './scheme.ts'

/** True for the top frame of one of our windows that shows our page. */
function isOurPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  if (senderFrame === null || (senderFrame.parent ?? null) !== null) return false
  return isPageAddress(senderFrame.url) && BrowserWindow.fromWebContents(sender) !== null
}

/** Sends an event to every window. */
export function sendEvent(event: AppEvent): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(channels.event, event)
  }
}

/** Connects the pages with the services. */
export function setupIpc(services: Services): void {
  ipcMain.handle(channels.call, async (event, name: unknown, argument: unknown) => {
    if (!isOurPage(event)) throw new Error('internal: a call from a foreign page')
    try {
      return { answer: (await services.call(name, argument)) ?? null }
    } catch (error) {
      return { fault: faultRecord(error) }
    }
  })
  ipcMain.on(channels.watch, (event, watch: unknown) => {
    if (!isOurPage(event)) return services.log('watch refused: a foreign page')
    try {
      services.watch(String(event.sender.id), watch)
    } catch (error) {
      services.log(`watch refused: ${error instanceof Fault ? error.message : String(error)}`)
    }
  })
  services.onEvent(sendEvent)
  services.onFrame((client, frame) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => String(webContents.id) === client)
    if (window !== undefined && !window.isDestroyed()) window.webContents.send(channels.frame, frame)
  })
}

/** Forgets the credits of a window that closes. */
export function leaveOnClose(window: BrowserWindow, services: Services): void {
  const client = String(window.webContents.id)
  window.on('closed', () => services.leave(client))
}
