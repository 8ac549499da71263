/** The bridge: the few functions that the page has in its hands, over named channels. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { FaultRecord } from '../core/spec/index.ts'
import { channels } from '../main/desktop/channels.ts'
import type { AppEvent, Bridge, Lens } from '../shared/protocol.ts'

interface Reply {
  readonly answer?: unknown
  readonly fault?: FaultRecord
}

/** Rejects with the plain record: an `Error` would lose its fields on the way into the page's world. */
async function call(name: string, argument: unknown): Promise<unknown> {
  const reply: Reply = await ipcRenderer.invoke(channels.call, name, argument)
  return reply.fault === undefined ? reply.answer : Promise.reject(reply.fault)
}

/** Hears a channel without handing Electron's event to the page. */
function listen<Message>(channel: string, listener: (message: Message) => void): () => void {
  const receive = (_event: IpcRendererEvent, message: Message): void => listener(message)
  ipcRenderer.on(channel, receive)
  return () => void ipcRenderer.off(channel, receive)
}

const bridge = {
  call,
  watch: (run: string, lens: Lens): void => ipcRenderer.send(channels.watch, { run, lens }),
  onFrame: (listener: (frame: ArrayBuffer) => void) => listen(channels.frame, listener),
  onEvent: (listener: (event: AppEvent) => void) => listen(channels.event, listener),
}

// The page calls by the types of `Bridge`; on this side every argument is checked again.
contextBridge.exposeInMainWorld('paramap', bridge as Bridge)
