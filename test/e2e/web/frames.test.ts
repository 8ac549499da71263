/** The page draws at the speed of the screen while its network trains at full speed, and is sent nothing while hidden. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import {
  animationTimes,
  type Client,
  connectClient,
  countFrames,
  quantile,
  setHidden,
  showLarge,
  shownRun,
  trainFromStart,
  unlimit,
} from '../../support/watching.ts'
import { words } from '../../support/words.ts'

/** A sixtieth of a second, rounded up. */
const frameMs = 17
const recordMs = 1500
/** Longer than any frame that was already on its way. */
const settleMs = 300

let shell: WebShell
let browser: Browser
let client: Client
let page: Page
let frames: () => Promise<number>

beforeAll(async () => {
  shell = await startWebShell()
  browser = await launchBrowser()
  client = await connectClient(shell.address)
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' })
  frames = await countFrames(page)
  await page.goto(shell.address)
})
afterAll(async () => {
  client.close()
  await browser.close()
  await shell.stop()
})

describe.each(['story', 'lab'] as const)('%s, training at full speed', (view) => {
  let run: string
  beforeAll(async () => {
    await page.getByRole('link', { name: words.ko.app[view], exact: true }).click()
    run = await shownRun(page, view)
    await unlimit(client, run)
  })
  afterAll(async () => {
    await client.call('run.pause', { run })
  })

  it('draws half of its pictures within a sixtieth of a second', async () => {
    await trainFromStart(client, run)
    await animationTimes(page, settleMs)
    await trainFromStart(client, run)
    const before = await frames()
    const times = await animationTimes(page, recordMs)
    // A shared computer cannot promise the slowest ones, so they are only told.
    console.info(`${view}: 99th percentile ${quantile(times, 0.99).toFixed(1)} ms, ${(await frames()) - before} frames`)
    expect(quantile(times, 0.5)).toBeLessThanOrEqual(frameMs)
    expect(await frames()).toBeGreaterThan(before)
  })

  it('is sent no frame while it is hidden, and again when it is in front', async () => {
    await setHidden(page, true)
    await page.waitForTimeout(settleMs)
    const before = await frames()
    await trainFromStart(client, run)
    await page.waitForTimeout(settleMs)
    // The credit that it gave before it was hidden is still good for one.
    expect((await frames()) - before).toBeLessThanOrEqual(1)
    expect((await client.head(run)).step).toBeGreaterThan(0)
    await setHidden(page, false)
    await expect.poll(frames).toBeGreaterThan(before)
  })
})

it('shows how the numbers of many parameters change while they are learned', async () => {
  await page.getByRole('link', { name: words.ko.app.lab, exact: true }).click()
  await shownRun(page, 'lab')
  const run = await showLarge(page, client, { layers: 2, units: 256, learningRate: 0.01 })
  await unlimit(client, run)
  const widest = (): Promise<string | null> => page.locator('.map-key .num').textContent()
  const first = await widest()
  await client.call('run.play', { run })
  await expect.poll(widest).not.toBe(first)
  const second = await widest()
  await expect.poll(widest).not.toBe(second)
  await client.call('run.pause', { run })
})
