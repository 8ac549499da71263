/**
 * The web shell: the same services as the desktop's, on 127.0.0.1, for the page in a browser.
 * Any program on this computer can reach the port, and any site can make a browser try: nothing is answered but to
 * the exact host, nothing is done but for the exact origin with the token. There are no cookies and no redirects.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { type PageFiles, pageHeaders, readPageFiles } from '../page/files.ts'
import type { Services } from '../services/services.ts'
import { createAllowance } from './allowance.ts'
import { type Connection, createSocketServer, serveConnection } from './connection.ts'
import { createDoor, type Door } from './door.ts'

const LOOPBACK = '127.0.0.1'
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
const MAX_CONNECTIONS = 64
const MAX_HEADER_BYTES = 16 * 1024
/** A page takes one ticket when it opens and one each time it lost its connection. */
const TICKETS_AT_ONCE = 100
const TICKETS_A_SECOND = 10
/** How long an answer to a wrong token waits after several wrong ones. */
const PENALTY_MS = 1000
const IDLE_MS = 10 * 60 * 1000
const IDLE_CHECK_MS = 5000
const ticketAddress = /^\/ws\?ticket=([\w-]{43})$/

export interface WebShellOptions {
  readonly services: Services
  /** Folder of the built page. */
  readonly pageFolder: string
  /** 0 or nothing for any free port. */
  readonly port?: number
  /** Ends the shell after this time without a page, unless something trains. */
  readonly idleMs?: number
  /** Called when the shell ended by itself. */
  readonly onIdle?: () => void
  /** Called when a page has connected for the first time. */
  readonly onFirstClient?: () => void
}

export interface WebShell {
  /** Where the page is, with the token; for the user's eyes and browser only. */
  readonly address: string
  readonly port: number
  close(): Promise<void>
}

/** Who may have a ticket, and how often. */
interface Guard {
  readonly door: Door
  readonly take: () => boolean
}

function end(
  response: ServerResponse,
  status: number,
  body: string | Buffer = '',
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { ...pageHeaders, 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

async function giveTicket(request: IncomingMessage, response: ServerResponse, { door, take }: Guard): Promise<void> {
  if (!door.originMatches(request)) return end(response, 403)
  // Only the page itself uses the allowance up: another site's requests never come this far.
  if (!take()) return end(response, 429)
  // A ticket is asked for without a body; one that comes all the same is not read.
  if (request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0) {
    response.setHeader('connection', 'close')
    return end(response, 413)
  }
  const ticket = door.admit(request)
  if (ticket !== null) return end(response, 200, JSON.stringify({ ticket }), 'application/json; charset=utf-8')
  if (door.suspicious) await wait(PENALTY_MS)
  end(response, 403)
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  files: PageFiles,
): Promise<void> {
  if (!guard.door.hostMatches(request)) return end(response, 403)
  const address = request.url ?? ''
  if (request.method === 'POST' && address === '/ticket') return giveTicket(request, response, guard)
  if (request.method !== 'GET') return end(response, 405)
  const file = files.get(address)
  if (file === undefined) return end(response, 404)
  end(response, 200, file.bytes, file.type)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject)
      const bound = server.address()
      if (bound === null || typeof bound === 'string') reject(new Error('internal: a TCP server has a port'))
      else resolve(bound.port)
    })
  })
}

/** Calls `onIdle` when no page has been connected for a while and nothing trains. */
function watchIdle(isBusy: () => boolean, idleMs: number, onIdle: () => void): NodeJS.Timeout {
  let busyAt = performance.now()
  return setInterval(
    () => {
      if (isBusy()) busyAt = performance.now()
      else if (performance.now() - busyAt >= idleMs) onIdle()
    },
    Math.min(IDLE_CHECK_MS, idleMs / 2),
  )
}

/** Starts the web shell and answers its address. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const { services } = options
  const files = await readPageFiles(options.pageFolder)
  const connections = new Map<string, Connection>()
  const sockets = createSocketServer()
  // The host is checked here rather than by node, so that a missing one is refused like a wrong one.
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false })
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.maxConnections = MAX_CONNECTIONS
  const port = await listen(server, options.port ?? 0)
  const host = `${LOOPBACK}:${port}`
  const door = createDoor(host)
  const guard = { door, take: createAllowance(TICKETS_AT_ONCE, TICKETS_A_SECOND) }

  server.on('request', (request, response) => {
    answer(request, response, guard, files).catch((error: unknown) => {
      services.log(`request: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      if (!response.headersSent) end(response, 500)
    })
  })
  const open = (socket: WebSocket): void => {
    const client = randomUUID()
    if (connections.size === 0) options.onFirstClient?.()
    connections.set(
      client,
      serveConnection(client, socket, services, () => connections.delete(client)),
    )
  }
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (error) => services.log(`upgrade: ${error.message}`))
    const ticket = ticketAddress.exec(request.url ?? '')?.[1]
    const admitted = door.hostMatches(request) && isFromPage(door, request) && ticket !== undefined
    if (!admitted || !door.redeem(ticket)) return refuseUpgrade(socket)
    sockets.handleUpgrade(request, socket, head, open)
  })
  services.onEvent((event) => {
    for (const connection of connections.values()) connection.sendEvent(event)
  })
  services.onFrame((client, frame) => connections.get(client)?.sendFrame(frame))

  const close = async (): Promise<void> => {
    clearInterval(idle)
    for (const connection of connections.values()) connection.close()
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  const isBusy = (): boolean => connections.size > 0 || services.training
  const idle = watchIdle(isBusy, options.idleMs ?? IDLE_MS, () => void close().then(() => options.onIdle?.()))
  return { address: `http://${host}/#token=${door.token}`, port, close }
}

/** A socket from the page itself; browsers name its origin and mark it as the same site. */
function isFromPage(door: Door, request: IncomingMessage): boolean {
  return door.originMatches(request) && request.headers.upgrade?.toLowerCase() === 'websocket'
}
