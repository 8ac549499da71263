/** The web shell's client: a token from the address, a one-time ticket, one WebSocket that reconnects. */
import { packCall } from '../../shared/call.ts'
import type { Answer, AppEvent, Bridge, CallName, Lens } from '../../shared/protocol.ts'

const tokenKey = 'paramap.token'
const firstRetryMs = 250
const longestRetryMs = 4000

/** What a closed connection rejects with. */
const offline = { code: 'SHELL-003', values: {} } as const

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (fault: unknown) => void
}

/** Reads the token from the address and removes it at once; after a reload it comes from this tab's storage. */
export function takeToken(): string | null {
  const found = new URLSearchParams(location.hash.slice(1)).get('token')
  if (found === null) return sessionStorage.getItem(tokenKey)
  history.replaceState(null, '', location.pathname + location.search)
  sessionStorage.setItem(tokenKey, found)
  return found
}

async function openSocket(token: string): Promise<WebSocket> {
  const response = await fetch('/ticket', { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
  if (!response.ok) throw { code: response.status === 403 ? 'SHELL-002' : 'SHELL-003', values: {} }
  const { ticket }: { ticket: string } = await response.json()
  const socket = new WebSocket(`ws://${location.host}/ws?ticket=${encodeURIComponent(ticket)}`)
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('error', () => reject(offline), { once: true })
  })
}

/** A run and one beside it. */
const mostWatched = 2

/** Connects to the services of the web shell; `onLink` hears when the connection is lost and when it is back. */
export async function connectWeb(onLink: (open: boolean) => void): Promise<Bridge> {
  const token = takeToken()
  if (token === null) throw { code: 'SHELL-002', values: {} }
  const frameListeners = new Set<(frame: ArrayBuffer) => void>()
  const eventListeners = new Set<(event: AppEvent) => void>()
  const waiting = new Map<number, Waiting>()
  /** The runs that were watched last; a page shows at most two at once. */
  const watched = new Map<string, Lens>()
  let nextId = 1
  let retryMs = firstRetryMs
  let socket: WebSocket | null = null

  const send = (message: string | ArrayBuffer): boolean => {
    if (socket?.readyState !== WebSocket.OPEN) return false
    socket.send(message)
    return true
  }
  const giveCredit = (run: string, lens: Lens): boolean => send(JSON.stringify({ watch: { run, lens } }))
  const receive = (data: unknown): void => {
    if (data instanceof ArrayBuffer) {
      for (const listener of frameListeners) listener(data)
      return
    }
    const message = JSON.parse(String(data))
    if ('event' in message) {
      for (const listener of eventListeners) listener(message.event)
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if ('fault' in message) call?.reject(message.fault)
    else call?.resolve(message.answer)
  }
  const lost = (): void => {
    socket = null
    for (const call of waiting.values()) call.reject(offline)
    waiting.clear()
    onLink(false)
    setTimeout(again, retryMs)
  }
  const again = async (): Promise<void> => {
    retryMs = Math.min(retryMs * 2, longestRetryMs)
    try {
      adopt(await openSocket(token))
    } catch {
      setTimeout(again, retryMs)
      return
    }
    retryMs = firstRetryMs
    for (const [run, lens] of watched) giveCredit(run, lens)
    onLink(true)
  }
  const adopt = (next: WebSocket): void => {
    socket = next
    next.addEventListener('message', (event) => receive(event.data))
    next.addEventListener('close', lost, { once: true })
  }
  adopt(await openSocket(token))

  return {
    call: <Name extends CallName>(name: Name, argument: unknown) =>
      new Promise<Answer<Name>>((resolve, reject) => {
        const id = nextId++
        waiting.set(id, { resolve: (answer) => resolve(answer as Answer<Name>), reject })
        if (!send(packCall(id, name, argument))) {
          waiting.delete(id)
          reject(offline)
        }
      }),
    watch(run, lens) {
      watched.delete(run)
      watched.set(run, lens)
      for (const other of [...watched.keys()].slice(0, -mostWatched)) watched.delete(other)
      giveCredit(run, lens)
    },
    onFrame(listener) {
      frameListeners.add(listener)
      return () => frameListeners.delete(listener)
    },
    onEvent(listener) {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
  }
}
