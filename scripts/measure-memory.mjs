/**
 * `npm run measure:memory`: whether memory stays flat while a network is watched. The built web shell and a real
 * Chromium at 1440 x 900, the laboratory training one long run, each part of the results shown in turn.
 *
 * After `--warm-up N` minutes (2), for `--minutes N` (10), every `--every N` seconds (15): the page's JavaScript heap and
 * array buffers after a collection, its DOM nodes, and the resident memory of the shell's process, in which the
 * training worker runs. Growth is the slope of a line through the samples (least squares). `--speed N` steps a second
 * (25,000: a run of the most epochs then lasts longer than the measurement), `--json` for one line of JSON.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureChromium } from './ensure-chromium.mjs'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { say } from './tools.mjs'

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    'warm-up': { type: 'string', default: '2' },
    every: { type: 'string', default: '15' },
    speed: { type: 'string', default: '25000' },
    json: { type: 'boolean', default: false },
  },
})
const minuteMs = 60_000
const warmUpMs = Number(options['warm-up']) * minuteMs
const forMs = Number(options.minutes) * minuteMs
const everyMs = Number(options.every) * 1000
const mebi = 2 ** 20

await ensureInstalled()
await ensureBuilt()
process.env.CHROME_PATH = await ensureChromium()
const { launchBrowser } = await import('../test/support/pages.ts')
const { startWebShell } = await import('../test/support/shells.ts')
const watching = await import('../test/support/watching.ts')
const { words } = await import('../test/support/words.ts')

/** Resident memory of a process in MiB; NaN where the system is not Linux. */
function residentMiB(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}

/** Slope of a least-squares line, in what `of` gives a minute. */
function growth(samples, of) {
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length
  const [x, y] = [samples.map(({ minute }) => minute), samples.map(of)]
  const [middleX, middleY] = [mean(x), mean(y)]
  const along = x.reduce((sum, value, n) => sum + (value - middleX) * (y[n] - middleY), 0)
  return along / x.reduce((sum, value) => sum + (value - middleX) ** 2, 0)
}

async function sample(session, minute) {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage')
  const { nodes } = await session.send('Memory.getDOMCounters')
  return { minute, heap: usedSize / mebi, buffers: backingStorageSize / mebi, nodes, shell: residentMiB(shell.pid) }
}

async function measure(page, client, session) {
  await page.getByRole('link', { name: words.ko.app.lab, exact: true }).click()
  const run = await watching.shownRun(page, 'lab')
  await watching.unlimit(client, run)
  await client.call('run.speed', { run, stepsPerSecond: Number(options.speed) })
  await watching.trainFromStart(client, run)
  const tabs = ['loss', 'accuracy', 'report', 'heaps']
  const samples = []
  const start = performance.now()
  for (let n = 0; performance.now() - start < warmUpMs + forMs; n++) {
    const tab = words.ko.results[tabs[n % tabs.length]]
    await page.getByRole('radiogroup', { name: words.ko.results.title }).getByText(tab, { exact: true }).click()
    await wait(everyMs)
    const now = performance.now() - start
    if (now >= warmUpMs) samples.push(await sample(session, now / minuteMs))
    if (!options.json && samples.length > 0) {
      const { minute, heap, buffers, nodes, shell: resident } = samples.at(-1)
      const parts = [`heap ${heap.toFixed(2)}`, `buffers ${buffers.toFixed(2)}`, `shell ${resident.toFixed(1)} MiB`]
      console.log(`${minute.toFixed(2)} min: ${parts.join(', ')}, ${nodes} nodes`)
    }
  }
  const { step, status } = await client.head(run)
  return { samples, step, status }
}

say(`Watching for ${options['warm-up']} + ${options.minutes} minutes …`)
const shell = await startWebShell()
const browser = await launchBrowser()
try {
  const client = await watching.connectClient(shell.address)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' })
  const frameCount = await watching.countFrames(page)
  await page.goto(shell.address)
  const { samples, step, status } = await measure(page, client, await page.context().newCDPSession(page))
  const result = {
    heapPerMinute: growth(samples, ({ heap }) => heap),
    buffersPerMinute: growth(samples, ({ buffers }) => buffers),
    nodesPerMinute: growth(samples, ({ nodes }) => nodes),
    shellPerMinute: growth(samples, ({ shell: resident }) => resident),
    first: samples[0],
    last: samples.at(-1),
    frames: await frameCount(),
    step,
    status,
  }
  if (options.json) console.log(JSON.stringify(result))
  else {
    console.log(`${result.frames} frames, ${status} at step ${step}; growth a minute:`)
    for (const key of ['heap', 'buffers', 'shell']) console.log(`  ${key} ${result[`${key}PerMinute`].toFixed(3)} MiB`)
    console.log(`  nodes ${result.nodesPerMinute.toFixed(1)}`)
  }
  client.close()
} finally {
  await browser.close()
  await shell.stop()
}
