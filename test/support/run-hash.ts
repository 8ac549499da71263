/** The hash of a run's parameters, asked for over the page's own socket: the page itself shows none. */
import type { Page } from 'playwright-core'

/** Has the page remember its socket; it is loaded again for that. */
export async function rememberSocket(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Plain = globalThis.WebSocket
    globalThis.WebSocket = class extends Plain {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols)
        Object.assign(globalThis, { rememberedSocket: this })
      }
    }
  })
  await page.reload()
}

/** `run.hash` of the laboratory's run. */
export function hashOfLab(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { rememberedSocket: socket } = globalThis as unknown as { rememberedSocket: WebSocket }
    const id = 1e9 + Math.floor(Math.random() * 1e6)
    return new Promise<string>((done) => {
      const listen = ({ data }: MessageEvent): void => {
        if (typeof data !== 'string') return
        const message = JSON.parse(data)
        if (message.id !== id) return
        socket.removeEventListener('message', listen)
        done(message.answer)
      }
      socket.addEventListener('message', listen)
      socket.send(
        JSON.stringify({ id, name: 'run.hash', argument: { run: sessionStorage.getItem('paramap.run.lab') } }),
      )
    })
  })
}
