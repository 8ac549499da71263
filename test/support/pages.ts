/** A browser for tests, and pages that remember everything they should not have done. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, type ConsoleMessage, chromium, type Page } from 'playwright-core'
import { readFrame } from '../../src/shared/frame.ts'
import type { Edit, SectionName } from '../../src/shared/protocol.ts'

const screenshotFolder = 'test/e2e/screenshots'

/** Starts the browser named by CHROME_PATH (`npm run e2e` sets it). */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
}

/** Faults of a page, each one sentence: console errors, exceptions, policy reports, requests to other origins. */
export function watchPage(page: Page, origin: string): readonly string[] {
  const faults: string[] = []
  const note = (kind: string, text: string): void => void faults.push(`${kind}: ${text}`)
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning') note(message.type(), message.text())
  })
  page.on('pageerror', (error) => note('exception', error.message))
  page.on('requestfailed', (request) => note('failed request', request.url()))
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    const isOwn = asked === origin || protocol === 'blob:' || protocol === 'data:'
    if (!isOwn) note('foreign request', request.url())
  })
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) note('foreign socket', socket.url())
  })
  return faults
}

/** What frames of the web shell's socket have brought to this page. */
interface Frames {
  /** Edits that they confirmed, in order; grows. */
  readonly edits: readonly Edit[]
  /** A section of the newest frame that has it; empty before the first. */
  section(name: SectionName): Float32Array
}

function watchFrames(page: Page): Frames {
  const edits: Edit[] = []
  const sections = new Map<SectionName, Float32Array>()
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') return
      const frame = readFrame(Uint8Array.from(payload).buffer)
      edits.push(...frame.head.edits)
      for (const [name, values] of frame.sections) if (values.length > 0) sections.set(name, values)
    })
  })
  return { edits, section: (name) => sections.get(name) ?? new Float32Array() }
}

interface OpenPage {
  readonly page: Page
  readonly faults: readonly string[]
}

async function newPage(browser: Browser, address: string, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'ko-KR',
    acceptDownloads: true,
    ...options,
  })
  const page = await context.newPage()
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return { page, faults: watchPage(page, new URL(address).origin) }
}

/** A page of the web shell, opened, with the list of its faults. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const opened = await newPage(browser, address, options)
  await opened.page.goto(address)
  return opened
}

/** The same, with what frames bring: the browser then writes each as text for the test, which makes it slower. */
export async function openWatchedPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage & Frames> {
  const opened = await newPage(browser, address, options)
  const frames = watchFrames(opened.page)
  await opened.page.goto(address)
  return { ...opened, ...frames }
}

/** Findings of axe-core, each with the elements it names. */
export async function accessibilityFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(how: axe.RunOptions): Promise<axe.AxeResults> } }
    return checker.run({ resultTypes: ['violations'] })
  })
  // What floats over a control (a tooltip, a list) is told with that control, wherever it hangs in the page.
  const floats = (id: string, html: string): boolean => id === 'region' && /^<[^>]*\bel-popper\b/.test(html)
  return violations.flatMap(({ id, nodes }) => {
    const left = nodes.filter(({ html }) => !floats(id, html))
    return left.length === 0 ? [] : [`${id}: ${left.map(({ target }) => target.join(' ')).join(', ')}`]
  })
}

/** Writes a picture of the page to test/e2e/screenshots. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshotFolder, { recursive: true })
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`), animations: 'disabled' })
}
