/**
 * One page's connection. The wire protocol of the web shell:
 *
 * 1. The address is `http://127.0.0.1:PORT/#token=TOKEN` (43 characters base64url). The page reads the token from
 *    `location.hash`, removes it at once with `history.replaceState` and keeps it in this tab.
 * 2. `POST /ticket` with `Authorization: Bearer TOKEN`, no body, same origin answers `{"ticket":"…"}`;
 *    403 for a wrong token, 429 for too many requests. A ticket serves once, within 30 seconds.
 * 3. `new WebSocket('ws://127.0.0.1:PORT/ws?ticket=TICKET')`, `binaryType = 'arraybuffer'`.
 * 4. Page to services, one JSON text a message:
 *    - `{"id":7,"name":"run.create","argument":{…}}` is a call (argument null where there is none)
 *    - `{"watch":{"run":"…","lens":{…}}}` is one credit: at most one frame of this run comes back
 *    Binary is a call that carries a file or a piece of one (`src/shared/call.ts`)
 * 5. Services to page:
 *    - text `{"id":7,"answer":…}` or `{"id":7,"fault":{"code":…,"at":…,"values":…}}`
 *    - text `{"event":{"kind":…}}`, an `AppEvent`
 *    - binary: one frame (`src/shared/frame.ts`)
 * 6. 1 MB of JSON a message, 6 MB of bytes behind it, nested at most 64 deep. What breaks the protocol closes the
 *    socket: 4400 malformed, 1008 too many, 1009 too large. A page whose socket closed takes a new ticket with the
 *    same token, connects and watches again; its runs live on.
 */
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { faultRecord } from '../../core/spec/index.ts'
import { lengthBytes, readCall, withBytes } from '../../shared/call.ts'
import { type AppEvent, maxCallBytes } from '../../shared/protocol.ts'
import { isRecord, isShallow } from '../services/arguments.ts'
import type { Services } from '../services/services.ts'
import { createAllowance } from './allowance.ts'

const MAX_JSON_BYTES = 1024 * 1024
/** A call that carries a piece of a file is the largest message. */
export const MAX_MESSAGE_BYTES = lengthBytes + MAX_JSON_BYTES + maxCallBytes
/** Sixty credits and as many edits a second are usual. */
const MESSAGES_AT_ONCE = 2000
const MESSAGES_A_SECOND = 500
/** A page that reads slower than frames come gives its credits, but they wait. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024
const DRAIN_CHECK_MS = 50
/** Pings find a page that vanished without closing. */
const PING_MS = 30_000

const MALFORMED = 4400
const TOO_MANY = 1008
const TOO_LARGE = 1009

/** Makes the socket server that `serveConnection` is given sockets from. */
export function createSocketServer(): WebSocketServer {
  return new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
}

/** What the shell sends to a page. */
export interface Connection {
  readonly client: string
  sendEvent(event: AppEvent): void
  sendFrame(frame: ArrayBuffer): void
  close(): void
}

/** A mark of byte order stays, so that it is refused: it is no JSON. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function parse(text: Uint8Array): Record<string, unknown> | null {
  try {
    const message: unknown = JSON.parse(decoder.decode(text))
    return isRecord(message) && isShallow(message) ? message : null
  } catch {
    // Not JSON is one of the malformed messages that the caller refuses.
    return null
  }
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

/** Serves a page over an open socket until it closes. */
export function serveConnection(
  client: string,
  socket: WebSocket,
  services: Services,
  onClose: () => void,
): Connection {
  const take = createAllowance(MESSAGES_AT_ONCE, MESSAGES_A_SECOND)
  const send = (message: object): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  const giveCredit = (watch: unknown): void => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      setTimeout(giveCredit, DRAIN_CHECK_MS, watch)
      return
    }
    try {
      services.watch(client, watch)
    } catch (error) {
      services.log(`watch refused: ${error instanceof Error ? error.message : String(error)}`)
      socket.close(MALFORMED, 'malformed watch')
    }
  }
  const answer = async (id: number, name: unknown, argument: unknown): Promise<void> => {
    try {
      send({ id, answer: (await services.call(name, argument)) ?? null })
    } catch (error) {
      send({ id, fault: faultRecord(error) })
    }
  }
  /** Acts on a message, or answers the code with which the socket closes. */
  const receive = (data: RawData, isBinary: boolean): number | null => {
    if (!take()) return TOO_MANY
    const parts = isBinary ? readCall(bytesOf(data)) : { text: bytesOf(data), bytes: null }
    if (parts === null) return MALFORMED
    const { text, bytes } = parts
    if (text.length > MAX_JSON_BYTES || (bytes?.length ?? 0) > maxCallBytes) return TOO_LARGE
    const message = parse(text)
    if (message === null) return MALFORMED
    const { id, watch } = message
    if (watch !== undefined) giveCredit(watch)
    else if (typeof id === 'number' && Number.isSafeInteger(id))
      void answer(id, message.name, withBytes(message.argument ?? null, bytes))
    else return MALFORMED
    return null
  }

  let alive = true
  const pinger = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, PING_MS)
  socket.on('pong', () => {
    alive = true
  })
  socket.on('message', (data, isBinary) => {
    const code = receive(data, isBinary)
    if (code !== null) socket.close(code, 'the message was refused')
  })
  socket.on('error', (error) => services.log(`socket: ${error.message}`))
  socket.on('close', () => {
    clearInterval(pinger)
    services.leave(client)
    onClose()
  })
  return {
    client,
    sendEvent: (event) => send({ event }),
    sendFrame(frame) {
      if (socket.readyState === socket.OPEN) socket.send(frame)
    },
    close: () => socket.close(1001, 'ended'),
  }
}
