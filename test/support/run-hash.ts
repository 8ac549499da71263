/** The hash of a run's parameters: the page itself shows none. */
import type { Page } from 'playwright-core'

/** Hash of the laboratory's run, asked for through a connection of its own. */
export function hashOfLab(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const token = sessionStorage.getItem('paramap.token')
    const reply = await fetch('/ticket', { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
    const { ticket } = await reply.json()
    const socket = new WebSocket(`ws://${location.host}/ws?ticket=${encodeURIComponent(ticket)}`)
    const message = await new Promise<string>((resolve, reject) => {
      socket.onerror = reject
      socket.onmessage = ({ data }) => resolve(data)
      socket.onopen = () => {
        const argument = { run: sessionStorage.getItem('paramap.run.lab') }
        socket.send(JSON.stringify({ id: 1, name: 'run.hash', argument }))
      }
    })
    socket.close()
    return JSON.parse(message).answer
  })
}
