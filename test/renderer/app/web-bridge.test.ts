import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectWeb, takeToken } from '../../../src/renderer/app/web-bridge.ts'
import { noLens } from '../../../src/renderer/stores/frame.ts'
import { readCall } from '../../../src/shared/call.ts'

const token = 'T'.repeat(43)

/** Stands in for the browser's socket. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  static made: FakeSocket[] = []
  readonly url: string
  readonly sent: Record<string, unknown>[] = []
  readonly sentBytes: ArrayBuffer[] = []
  binaryType = ''
  readyState = 1
  constructor(url: string) {
    super()
    this.url = url
    FakeSocket.made.push(this)
    queueMicrotask(() => this.dispatchEvent(new Event('open')))
  }
  send(message: string | ArrayBuffer): void {
    if (typeof message === 'string') this.sent.push(JSON.parse(message))
    else this.sentBytes.push(message)
  }
  say(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }
  drop(): void {
    this.readyState = 3
    this.dispatchEvent(new Event('close'))
  }
}

const socket = (): FakeSocket => {
  const last = FakeSocket.made.at(-1)
  if (last === undefined) throw new Error('no socket')
  return last
}
const fetched = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
  FakeSocket.made = []
  fetched.mockReset().mockResolvedValue({ ok: true, status: 200, json: async () => ({ ticket: 'once' }) })
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', fetched)
  location.hash = `#token=${token}`
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the token', () => {
  it('is taken out of the address at once and found again after a reload', () => {
    expect(takeToken()).toBe(token)
    expect(location.hash).toBe('')
    expect(takeToken()).toBe(token)
  })

  it('goes into a header, never into an address', async () => {
    await connectWeb(() => {})
    expect(fetched.mock.calls[0]).toEqual([
      '/ticket',
      { method: 'POST', headers: { Authorization: `Bearer ${token}` } },
    ])
    expect(socket().url).toContain('/ws?ticket=once')
    expect(socket().url).not.toContain(token)
  })

  it('that is missing or wrong is said', async () => {
    fetched.mockResolvedValue({ ok: false, status: 403 })
    await expect(connectWeb(() => {})).rejects.toEqual({ code: 'SHELL-002', values: {} })
    location.hash = ''
    sessionStorage.clear()
    await expect(connectWeb(() => {})).rejects.toEqual({ code: 'SHELL-002', values: {} })
  })
})

describe('the client of the web shell', () => {
  it('pairs answers and faults with their calls', async () => {
    const bridge = await connectWeb(() => {})
    const one = bridge.call('run.play', { run: 'a' })
    const two = bridge.call('run.pause', { run: 'a' })
    const [first, second] = socket().sent
    socket().say(JSON.stringify({ id: second?.id, fault: { code: 'RUN-001', values: {} } }))
    socket().say(JSON.stringify({ id: first?.id, answer: null }))
    await expect(one).resolves.toBeNull()
    await expect(two).rejects.toEqual({ code: 'RUN-001', values: {} })
  })

  it('sends bytes behind the text of their call', async () => {
    const bridge = await connectWeb(() => {})
    void bridge.call('model.upload', { name: '나', bytes: Uint8Array.of(7, 8, 9) })
    const { text, bytes } = readCall(new Uint8Array(socket().sentBytes.at(-1) ?? new ArrayBuffer(0))) ?? {}
    expect(JSON.parse(new TextDecoder().decode(text))).toEqual({
      id: 1,
      name: 'model.upload',
      argument: { name: '나' },
    })
    expect(bytes).toEqual(Uint8Array.of(7, 8, 9))
  })

  it('hands frames and events on', async () => {
    const bridge = await connectWeb(() => {})
    const heard: unknown[] = []
    bridge.onFrame((frame) => heard.push(frame.byteLength))
    bridge.onEvent((event) => heard.push(event.kind))
    socket().say(new ArrayBuffer(8))
    socket().say(JSON.stringify({ event: { kind: 'command', command: 'train' } }))
    expect(heard).toEqual([8, 'command'])
  })

  it('rejects what is pending when the connection is lost, then connects and watches again', async () => {
    const states: boolean[] = []
    const bridge = await connectWeb((open) => states.push(open))
    bridge.watch('a', noLens)
    const pending = bridge.call('run.info', { run: 'a' })
    const before = socket()
    before.drop()
    await expect(pending).rejects.toEqual({ code: 'SHELL-003', values: {} })
    await expect(bridge.call('run.info', { run: 'a' })).rejects.toEqual({ code: 'SHELL-003', values: {} })
    await vi.advanceTimersByTimeAsync(5000)
    expect(socket()).not.toBe(before)
    expect(socket().sent).toEqual([{ watch: { run: 'a', lens: noLens } }])
    expect(states).toEqual([false, true])
  })
})
