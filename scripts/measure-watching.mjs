/**
 * `npm run measure:watching`: how evenly the page draws while its network trains at full speed, and what that costs
 * the training. The built web shell and a real Chromium at 1440 x 900, story and laboratory one after the other.
 *
 * `--seconds N` for the frames (10), `--rounds N` with and without a watcher (6), `--view lab` for one view (`hundred`
 * is the laboratory with the hundred layers that learn; `8x64` and `100x64` are layers times nodes), `--json` for one line of JSON a view.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureChromium } from './ensure-chromium.mjs'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { say } from './tools.mjs'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '6' },
    view: { type: 'string', multiple: true, default: ['story', 'lab'] },
    json: { type: 'boolean', default: false },
  },
})
const framesMs = Number(options.seconds) * 1000
const rounds = Number(options.rounds)
const warmUpMs = 3000
const settleMs = 400
/** A round of the rates takes at most this long. */
const longestStretchMs = 2000
/** Part of a whole run that is measured, so that one which goes faster than it did before does not end meanwhile. */
const stretchShare = 0.6

await ensureInstalled()
await ensureBuilt()
process.env.CHROME_PATH = await ensureChromium()
const { launchBrowser } = await import('../test/support/pages.ts')
const { startWebShell } = await import('../test/support/shells.ts')
const watching = await import('../test/support/watching.ts')
const { words } = await import('../test/support/words.ts')
const { quantile } = watching

const median = (times) => quantile(times, 0.5)

/** How long a run may train before it begins anew: the story is over in seconds, however many epochs it has. */
async function stretchOf(client, run) {
  await watching.trainFromStart(client, run)
  await wait(2 * settleMs)
  const { secondsLeft } = await client.head(run)
  return stretchShare * 1000 * (secondsLeft ?? 0)
}

/** Trains in stretches from the start until so much time is over. */
async function trainFor(client, run, forMs, stretchMs) {
  for (const end = performance.now() + forMs; performance.now() < end; ) {
    await watching.trainFromStart(client, run)
    await wait(Math.min(stretchMs, Math.max(0, end - performance.now())))
  }
}

/** Processor time of the shell's training thread so far, in ms; NaN where the system is not Linux. */
function trainingCpuMs() {
  const folder = `/proc/${shell.pid}/task`
  try {
    const thread = readdirSync(folder).find((id) => readFileSync(`${folder}/${id}/comm`, 'utf8') === 'training\n')
    return Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return Number.NaN
  }
}

/** Steps over one stretch: by the clock, and by the time that the training thread had a processor. */
async function stepRate(client, run, stretchMs) {
  await watching.trainFromStart(client, run)
  await wait(settleMs)
  const { step: first } = await client.head(run)
  const [from, cpuFrom] = [performance.now(), trainingCpuMs()]
  await wait(stretchMs)
  const { step: last, status } = await client.head(run)
  const [forMs, cpuMs] = [performance.now() - from, trainingCpuMs() - cpuFrom]
  if (status !== 'running') throw new Error(`the run was ${status} before it was measured`)
  return { perSecond: ((last - first) * 1000) / forMs, perCpuSecond: ((last - first) * 1000) / cpuMs }
}

async function compareRates(page, client, run, stretchMs) {
  const rates = { watched: [], alone: [] }
  for (let round = 0; round < rounds; round++) {
    for (const kind of round % 2 === 0 ? ['watched', 'alone'] : ['alone', 'watched']) {
      await watching.setHidden(page, kind === 'alone')
      rates[kind].push(await stepRate(client, run, stretchMs))
    }
  }
  await watching.setHidden(page, false)
  return rates
}

async function open(page, view) {
  await page.getByRole('link', { name: words.ko.app[view], exact: true }).click()
  return watching.shownRun(page, view)
}

/** A network of so many layers of so many nodes each, put into the laboratory as its run. */
async function openLarge(page, client, layers, units) {
  await open(page, 'lab')
  return watching.showLarge(page, client, { layers, units, learningRate: 0.0001 })
}

/** The run of what is measured. */
function openView(page, client, view) {
  const [, layers, units] = /^(\d+)x(\d+)$/.exec(view) ?? []
  if (layers !== undefined) return openLarge(page, client, Number(layers), Number(units))
  return view === 'hundred' ? openHundred(page) : open(page, view)
}

/** The example of a hundred layers in the laboratory. */
async function openHundred(page) {
  const before = await open(page, 'lab')
  await page.getByRole('link', { name: words.ko.app.library, exact: true }).click()
  await page.getByRole('button', { name: words.ko.examples.hundredRepaired, exact: true }).click()
  const next = await page.waitForFunction((run) => {
    const shown = sessionStorage.getItem('paramap.run.lab')
    return shown === run ? null : shown
  }, before)
  return String(await next.jsonValue())
}

/** What the page's main thread has worked so far, in ms. */
async function mainThreadMs(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value
}

async function measure(browser, page, client, view, frameCount) {
  const run = await openView(page, client, view)
  await watching.unlimit(client, run)
  const stretchMs = await stretchOf(client, run)
  await trainFor(client, run, warmUpMs, stretchMs)
  const before = await frameCount()
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busyBefore = await mainThreadMs(session)
  const { drawn, result } = await watching.traceDrawing(browser, page, () =>
    Promise.all([watching.animationTimes(page, framesMs), trainFor(client, run, framesMs, stretchMs)]),
  )
  const frames = (await frameCount()) - before
  const framesPerSecond = (frames * 1000) / framesMs
  const [animation] = result
  const busyMs = ((await mainThreadMs(session)) - busyBefore) / frames
  await session.detach()
  const rates = await compareRates(page, client, run, Math.min(longestStretchMs, stretchMs))
  await client.call('run.pause', { run })
  return { view, load: loadavg()[0], drawn, animation, framesPerSecond, busyMs, rates }
}

function report({ view, load, drawn, animation, framesPerSecond, busyMs, rates }) {
  const summary = (times) => ({ count: times.length, medianMs: median(times), p99Ms: quantile(times, 0.99) })
  const ratios = (unit) => rates.watched.map((rate, round) => rate[unit] / rates.alone[round][unit])
  const typical = (kind) => median(rates[kind].map(({ perSecond }) => perSecond))
  const result = {
    view,
    load,
    drawn: summary(drawn),
    animation: summary(animation),
    framesPerSecond,
    busyMs,
    watchedStepsPerSecond: typical('watched'),
    aloneStepsPerSecond: typical('alone'),
    ratio: median(ratios('perSecond')),
    ratios: ratios('perSecond'),
    cpuRatio: median(ratios('perCpuSecond')),
    cpuRatios: ratios('perCpuSecond'),
  }
  if (options.json) return console.log(JSON.stringify(result))
  const line = ({ count, medianMs, p99Ms }) =>
    `median ${medianMs.toFixed(2)} ms, 99th percentile ${p99Ms.toFixed(2)} ms, ${count} frames`
  console.log(`${view} (load average ${load.toFixed(2)})`)
  console.log(`  drawn (trace)     ${line(result.drawn)}`)
  console.log(`  animation frames  ${line(result.animation)}`)
  console.log(
    `  from the services ${framesPerSecond.toFixed(1)} a second, ${busyMs.toFixed(2)} ms of the page's main thread each`,
  )
  const rounds = (list) => list.map((ratio) => ratio.toFixed(2)).join(' ')
  const [watched, alone] = [result.watchedStepsPerSecond, result.aloneStepsPerSecond].map(Math.round)
  console.log(`  steps a second    watched ${watched}, alone ${alone}`)
  console.log(`  ratio by clock    ${result.ratio.toFixed(3)} (${rounds(result.ratios)})`)
  console.log(`  ratio by CPU time ${result.cpuRatio.toFixed(3)} (${rounds(result.cpuRatios)})`)
}

say(`Measuring; ${rounds} rounds with and without a watcher a view …`)
const shell = await startWebShell()
const browser = await launchBrowser()
try {
  const client = await watching.connectClient(shell.address)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' })
  const frameCount = await watching.countFrames(page)
  await page.goto(shell.address)
  for (const view of options.view) report(await measure(browser, page, client, view, frameCount))
  client.close()
} finally {
  await browser.close()
  await shell.stop()
}
