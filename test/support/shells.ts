/** Starts the built shells for tests, each with its own empty home. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from 'playwright-core'

const startMs = 20_000
const stopMs = 10_000

/** What every shell is started with: a library and settings of its own, and a fixed language. */
interface ShellOptions {
  readonly language?: 'ko' | 'en'
}

/** A running web shell. */
export interface WebShell {
  readonly address: string
  readonly pid: number | undefined
  /** Lines on standard output so far; the first is the address. */
  readonly lines: readonly string[]
  readonly home: string
  stop(): Promise<number>
}

function environment(home: string, { language = 'ko' }: ShellOptions): NodeJS.ProcessEnv {
  const locale = language === 'ko' ? 'ko_KR.UTF-8' : 'en_GB.UTF-8'
  return { ...process.env, PARAMAP_HOME: home, XDG_CONFIG_HOME: home, LANG: locale, LC_ALL: locale, LANGUAGE: language }
}

function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'paramap-home-'))
}

function built(path: string): string {
  const file = resolve(path)
  if (!existsSync(file)) throw new Error(`${path} is not built: run npm run build`)
  return file
}

async function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return child.exitCode
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
  const code = await new Promise<number>((done) => child.once('exit', (status) => done(status ?? 1)))
  clearTimeout(timer)
  return code
}

/** Starts `out/main/web.js --no-open` and waits for its line. */
export async function startWebShell(options: ShellOptions = {}): Promise<WebShell> {
  const home = newHome()
  const child = spawn(process.execPath, [built('out/main/web.js'), '--no-open'], {
    env: environment(home, options),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const address = await new Promise<string>((done, reject) => {
    const timer = setTimeout(() => reject(new Error('the web shell printed no address')), startMs)
    child.once('exit', (code) => reject(new Error(`the web shell ended with ${code}`)))
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line)?.[0]
      if (found === undefined) return
      clearTimeout(timer)
      done(found)
    })
  })
  const stop = async (): Promise<number> => {
    child.kill('SIGTERM')
    const code = await ended(child)
    rmSync(home, { recursive: true, force: true })
    return code
  }
  return { address, pid: child.pid, lines, home, stop }
}

/** What the stand-in tells. */
interface Told {
  readonly kind: string
  readonly message?: string
  readonly level?: string
  readonly endpoint?: string
}

/** The desktop shell's built code, running on the stand-in for Electron. */
export interface DesktopShell {
  readonly page: Page
  /** Everything that the stand-in told so far: dialogs, console lines, errors. */
  readonly told: readonly Told[]
  /** Answers the next dialog, chooses a menu item, changes the theme. */
  ask(request: Readonly<Record<string, unknown>>): void
  readonly home: string
  quit(): Promise<number>
}

function isTold(message: unknown): message is Told {
  return typeof message === 'object' && message !== null && 'kind' in message
}

async function firstPage(browser: Browser): Promise<Page> {
  const deadline = Date.now() + startMs
  while (Date.now() < deadline) {
    const pages = browser.contexts().flatMap((context) => context.pages())
    const page = pages.find((candidate) => candidate.url().includes('standin.invalid'))
    if (page !== undefined) return page
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error('the desktop shell opened no page')
}

/** Starts `out/main/desktop.js` on the stand-in and connects to its page. */
export async function startDesktopShell(options: ShellOptions = {}): Promise<DesktopShell> {
  const home = newHome()
  const standIn = resolve('test/support/standin/register.mjs')
  const locale = options.language === 'en' ? 'en-GB' : 'ko-KR'
  const child = fork(built('out/main/desktop.js'), [], {
    execArgv: ['--import', standIn],
    env: { ...environment(home, options), STANDIN_USER_DATA: join(home, 'user-data'), STANDIN_LOCALE: locale },
  })
  const told: Told[] = []
  const endpoint = await new Promise<string>((done, reject) => {
    const timer = setTimeout(() => reject(new Error('the stand-in did not start')), startMs)
    child.once('exit', (code) => reject(new Error(`the desktop shell ended with ${code}`)))
    child.on('message', (message) => {
      if (!isTold(message)) return
      told.push(message)
      if (message.kind !== 'ready' || message.endpoint === undefined) return
      clearTimeout(timer)
      done(message.endpoint)
    })
  })
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true })
  const page = await firstPage(browser)
  const quit = async (): Promise<number> => {
    child.send({ kind: 'quit' })
    const code = await ended(child)
    await browser.close()
    rmSync(home, { recursive: true, force: true })
    return code
  }
  return { page, told, home, ask: (request) => void child.send(request), quit }
}
