/** Starts Chromium and speaks its debugging protocol, with one emitter a session. */
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'

const startMs = 20_000
const closeMs = 3_000

const flags = [
  '--remote-debugging-port=0',
  '--headless=new',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--force-color-profile=srgb',
]

function endpointOf(child) {
  return new Promise((resolve, reject) => {
    let output = ''
    const stop = (why) => reject(new Error(`${why}: ${output.slice(-400)}`))
    const timer = setTimeout(() => stop('the browser did not start'), startMs)
    child.once('exit', (code) => stop(`the browser ended with ${code}`))
    child.stderr.on('data', (data) => {
      output += data
      const address = /DevTools listening on (ws:\S+)/.exec(output)?.[1]
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    })
  })
}

async function connect(address) {
  const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 256 << 20 })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

/** The debugging protocol over one socket: `send`, and an emitter a session. */
function protocolOver(socket) {
  const events = new EventEmitter()
  const sessions = new Map()
  const pending = new Map()
  let last = 0
  socket.on('message', (raw) => {
    const message = JSON.parse(String(raw))
    if (message.id === undefined) {
      const target = message.sessionId === undefined ? events : sessions.get(message.sessionId)
      target?.emit(message.method, message.params)
      return
    }
    const call = pending.get(message.id)
    pending.delete(message.id)
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`))
    else call?.resolve(message.result)
  })
  socket.on('close', () => {
    for (const call of pending.values()) call.reject(new Error(`${call.method}: the browser is gone`))
    pending.clear()
  })
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      last += 1
      pending.set(last, { resolve, reject, method })
      socket.send(JSON.stringify({ id: last, method, params, sessionId }))
    })
  const session = (id) => {
    const emitter = Object.assign(new EventEmitter(), { send: (method, params) => send(method, params, id) })
    sessions.set(id, emitter)
    return emitter
  }
  return { events, send, session }
}

/** Starts the browser named by CHROME_PATH. */
export async function startBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'paramap-browser-'))
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []
  const program = process.env.CHROME_PATH ?? '/usr/bin/chromium'
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, ...sandbox, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const endpoint = await endpointOf(child)
  const socket = await connect(endpoint)
  const protocol = protocolOver(socket)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const close = async () => {
    const patience = () => new Promise((resolve) => setTimeout(resolve, closeMs))
    protocol.send('Browser.close').catch(() => child.kill())
    await Promise.race([ended, patience()])
    if (child.exitCode === null) child.kill('SIGKILL')
    socket.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  return { ...protocol, endpoint, close, ended }
}
