/** A web shell over real sockets, and the small clients that ask it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { createServices } from '../../../src/main/services/services.ts'
import { startWebShell, type WebShell } from '../../../src/main/web/shell.ts'

export interface Reply {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

interface Question {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** A shell with a page of two files and a secret beside them. */
export async function startShell() {
  const folder = await mkdtemp(join(tmpdir(), 'paramap-web-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Paramap</title>')
  await writeFile(join(folder, 'page', 'assets', 'index-a1.js'), 'export {}')
  await writeFile(join(folder, 'secret.js'), 'secret')
  const places = {
    library: join(folder, 'library'),
    settings: join(folder, 'settings.json'),
    logs: join(folder, 'logs'),
  }
  const services = createServices({ shell: 'web', version: '1.2.3', places })
  const shell = await startWebShell({ services, pageFolder: join(folder, 'page') })
  const close = async (): Promise<void> => {
    await shell.close()
    await services.dispose()
    await rm(folder, { recursive: true, force: true })
  }
  return { folder, services, shell, close, ...clientOf(shell) }
}

function clientOf(shell: WebShell) {
  const token = new URL(shell.address).hash.replace('#token=', '')
  const host = `127.0.0.1:${shell.port}`
  const origin = `http://${host}`
  const admitted = { authorization: `Bearer ${token}`, origin }

  const ask = (path: string, { method = 'GET', headers = {}, body }: Question = {}): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: shell.port, path, method, headers: { host, ...headers } },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })

  /** Bytes as they are, for requests that no client library sends; answers the status line. */
  const raw = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(shell.port, '127.0.0.1', () => socket.write(bytes))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
        socket.end()
      })
      socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''))
      socket.on('error', reject)
    })

  const takeTicket = async (): Promise<string> =>
    JSON.parse((await ask('/ticket', { method: 'POST', headers: admitted })).body).ticket

  /** Opens a socket; the status code where it is refused. */
  const open = (path: string, headers: Record<string, string> = { origin }): Promise<WebSocket | number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://${host}${path}`, { headers: { host, ...headers } })
      socket.on('open', () => resolve(socket))
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      socket.on('error', () => resolve(0))
    })

  const openSocket = async (): Promise<WebSocket> => {
    const socket = await open(`/ws?ticket=${await takeTicket()}`)
    if (typeof socket === 'number') throw new Error(`refused: ${socket}`)
    return socket
  }
  return { token, host, origin, admitted, ask, raw, takeTicket, open, openSocket }
}

export type TestShell = Awaited<ReturnType<typeof startShell>>
