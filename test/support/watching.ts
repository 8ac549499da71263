/** What measuring the page while it watches needs: a second client that drives runs, and the times of frames. */
import type { Browser, Page } from 'playwright-core'
import { WebSocket } from 'ws'
import { circleRecipe } from '../../src/core/spec/index.ts'
import { readFrame } from '../../src/shared/frame.ts'
import type { Argument, CallName, FrameHead, Lens, RunInfo } from '../../src/shared/protocol.ts'

/** The head of a frame and nothing else. */
const headOnly: Lens = {
  parameters: false,
  gradients: false,
  nodeMap: 0,
  surface: 0,
  passenger: null,
  destination: null,
}
/** The largest that the recipe allows. */
const mostEpochs = 1_000_000

/** A client of the web shell that is no page. */
export interface Client {
  call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<unknown>
  /** Where the run is now, by one frame. */
  head(run: string): Promise<FrameHead>
  close(): void
}

/** Connects to a web shell as its page does. */
export async function connectClient(address: string): Promise<Client> {
  const { origin, host, hash } = new URL(address)
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? ''
  const response = await fetch(`${origin}/ticket`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, Origin: origin },
  })
  const { ticket }: { ticket: string } = JSON.parse(await response.text())
  const socket = new WebSocket(`ws://${host}/ws?ticket=${ticket}`, { origin })
  socket.binaryType = 'arraybuffer'
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const waiting = new Map<number, (message: { fault?: unknown }) => void>()
  let onHead: ((head: FrameHead) => void) | null = null
  socket.on('message', (data) => {
    if (data instanceof ArrayBuffer) return onHead?.(readFrame(data).head)
    const message: { id?: number; fault?: unknown } = JSON.parse(String(data))
    if (message.id !== undefined) waiting.get(message.id)?.(message)
  })
  let nextId = 1
  return {
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        waiting.set(id, (message) => (message.fault === undefined ? resolve(message) : reject(message.fault)))
        socket.send(JSON.stringify({ id, name, argument }))
      }),
    head: (run) =>
      new Promise((resolve) => {
        onHead = resolve
        socket.send(JSON.stringify({ watch: { run, lens: headOnly } }))
      }),
    close: () => socket.close(),
  }
}

/** The run that a view of the page shows. */
export function shownRun(page: Page, view: 'story' | 'lab'): Promise<string> {
  return page
    .waitForFunction((key) => sessionStorage.getItem(key), `paramap.run.${view}`)
    .then(async (handle) => String(await handle.jsonValue()))
}

/** Makes a run of the circle with so many hidden layers, trained by Adam, and puts it into the page's laboratory. */
export async function showLarge(
  page: Page,
  client: Client,
  { layers, units, learningRate }: { readonly layers: number; readonly units: number; readonly learningRate: number },
): Promise<string> {
  const network = Array.from({ length: layers }, () => ({ layer: 'dense', units, activation: 'tanh' }))
  const training = { ...circleRecipe.training, optimizer: { name: 'adam', learningRate } }
  const made = (await client.call('run.create', { recipe: { ...circleRecipe, network, training } })) as {
    readonly answer: RunInfo
  }
  const { run } = made.answer
  await page.evaluate((id) => sessionStorage.setItem('paramap.run.lab', id), run)
  await page.reload()
  await page.locator('.route-map canvas').waitFor()
  return run
}

/** Has a run train at full speed from step 0, to an end that is far away. */
export async function trainFromStart(client: Client, run: string): Promise<void> {
  await client.call('run.rewind', { run })
  await client.call('run.play', { run })
}

/** Lifts the limits of speed and length. */
export async function unlimit(client: Client, run: string): Promise<void> {
  await client.call('run.speed', { run, stepsPerSecond: null })
  await client.call('run.edit', { run, path: 'training.stop.epochs', value: mostEpochs })
}

/** Tells the page that it is hidden, as its browser does, or that it is in front again. */
export function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((isHidden) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: isHidden ? 'hidden' : 'visible' })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

/** Counts the frames that the services send to a page; call before the page is opened. */
export async function countFrames(page: Page): Promise<() => Promise<number>> {
  // In the page: told of by the browser, every frame would be written as text first, which costs more than drawing it.
  await page.addInitScript(() => {
    const counted = window as typeof window & { frameCount: number }
    counted.frameCount = 0
    const Plain = window.WebSocket
    window.WebSocket = class extends Plain {
      constructor(...address: ConstructorParameters<typeof Plain>) {
        super(...address)
        this.addEventListener('message', ({ data }) => {
          if (typeof data !== 'string') counted.frameCount++
        })
      }
    }
  })
  return () => page.evaluate(() => (window as typeof window & { frameCount: number }).frameCount)
}

/** The value that a share of the sorted values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Times between animation frames of the page for so long, in ms. */
export function animationTimes(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        let first = 0
        let last = 0
        const next = (now: number): void => {
          if (last > 0) times.push(now - last)
          else first = now
          last = now
          if (now - first < ms) requestAnimationFrame(next)
          else resolve(times)
        }
        requestAnimationFrame(next)
      }),
    forMs,
  )
}

/** An event of a trace; `ts` in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ts: number
}

/** Does something; with what it answers, the times between the pictures that Chromium's trace says it drew meanwhile, in ms. */
export async function traceDrawing<Result>(
  browser: Browser,
  page: Page,
  act: () => Promise<Result>,
): Promise<{ drawn: readonly number[]; result: Result }> {
  await browser.startTracing(page, { categories: ['-*', 'disabled-by-default-devtools.timeline.frame'] })
  const result = await act()
  const trace: { traceEvents: readonly TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString('utf8'))
  const at = trace.traceEvents.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1000)
  at.sort((a, b) => a - b)
  return { drawn: at.slice(1).map((time, index) => time - (at[index] ?? time)), result }
}
