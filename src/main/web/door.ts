/** Who may come in: exact host and origin, the token compared in constant time, tickets that serve once. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const TOKEN_BYTES = 32
const TICKET_MS = 30_000
/** Unused tickets at most; a page takes one for each connection. */
const MAX_TICKETS = 64
/** Wrong tokens before every further answer to one is held back. */
const FREE_FAILURES = 5

export interface Door {
  readonly token: string
  /** True when the request names this very address as its host, once. */
  hostMatches(request: IncomingMessage): boolean
  /** True when the request comes from the page of this very address. */
  originMatches(request: IncomingMessage): boolean
  /** A ticket for the request's token; null for a wrong one. */
  admit(request: IncomingMessage): string | null
  /** True once for a ticket, within its time. */
  redeem(ticket: string): boolean
  /** True when so many tokens were wrong that answers should wait. */
  readonly suspicious: boolean
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** The only value of a header; null where it is missing or repeated. */
function single(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name]
  return values?.length === 1 ? (values[0] ?? null) : null
}

/** Makes the door for an address: `host` is `127.0.0.1:PORT`. */
export function createDoor(host: string): Door {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const origin = `http://${host}`
  const tickets = new Map<string, number>()
  let failures = 0
  return {
    token,
    hostMatches: (request) => single(request, 'host') === host,
    originMatches(request) {
      const site = request.headers['sec-fetch-site']
      return single(request, 'origin') === origin && (site === undefined || site === 'same-origin')
    },
    admit(request) {
      if (!sameText(single(request, 'authorization') ?? '', `Bearer ${token}`)) {
        failures++
        return null
      }
      failures = 0
      const now = performance.now()
      for (const [ticket, madeAt] of tickets) {
        if (now - madeAt > TICKET_MS || tickets.size >= MAX_TICKETS) tickets.delete(ticket)
      }
      const ticket = randomBytes(TOKEN_BYTES).toString('base64url')
      tickets.set(ticket, now)
      return ticket
    },
    redeem(ticket) {
      const madeAt = tickets.get(ticket)
      tickets.delete(ticket)
      return madeAt !== undefined && performance.now() - madeAt <= TICKET_MS
    },
    get suspicious() {
      return failures > FREE_FAILURES
    },
  }
}
